import type { LoadOrder, LoadReport, LoadStation, Mix } from '../load/messages.js';
import { PROTOCOL_OF } from '../load/messages.js';
import type { Child } from '../processes/child.js';
import { cpuSeconds } from '../processes/cpu.js';
import type { Drain, Subject, SubjectName } from './subject.js';

export type LoadGenerator = Child<LoadOrder, LoadReport>;

/** Time that the generator may take for one step beyond what it was told, ms. */
const PATIENCE_MS = 60_000;

export interface MeasureOptions {
  load: LoadGenerator;
  subject: Subject;
  mix: Mix;
  stations: LoadStation[];
  warmUpMs: number;
  measureMs: number;
}

/** One mix on one server. */
export interface Measurement {
  subject: SubjectName;
  mix: Mix;
  stations: number;
  messagesPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** CPU per message, microseconds; absent where the system does not tell. */
  serverCpuUs?: number;
  databaseCpuUs?: number;
  /** CPU of the load generator, us per message: with all others' it tells whether the machine was full. */
  generatorCpuUs?: number;
  /** Per message. */
  commits?: number;
  databaseTransactions?: number;
  /** Write sets of one commit. */
  commitGroup?: number;
  drain?: Drain;
}

/** Connects the stations, runs the mix and disconnects them again. Rejects when the server refuses a message. */
export async function measure(options: MeasureOptions): Promise<Measurement> {
  const { load, subject, mix, stations, warmUpMs, measureMs } = options;
  load.tell({ do: 'connect', url: subject.ocppUrl, protocol: PROTOCOL_OF[mix], stations, boot: true });
  await load.next('connected', PATIENCE_MS);
  load.tell({ do: 'run', mix, warmUpMs, measureMs });
  await load.next('measuring', warmUpMs + PATIENCE_MS);
  const cpuBefore = subject.cpu();
  const generatorBefore = cpuSeconds(load.pid);
  const workBefore = await subject.work?.();
  const result = await load.next('measured', measureMs + PATIENCE_MS);
  const cpuAfter = subject.cpu();
  const generatorAfter = cpuSeconds(load.pid);
  const workAfter = await subject.work?.();
  const rested = await load.next('rested', PATIENCE_MS);
  subject.ended?.(rested.sessions);
  const drain = await subject.drained?.();
  load.tell({ do: 'disconnect' });
  await load.next('disconnected', PATIENCE_MS);

  const perMessage = (before: number | undefined, after: number | undefined) =>
    before === undefined || after === undefined ? undefined : (after - before) / result.messages;
  const serverCpu = perMessage(cpuBefore.server, cpuAfter.server);
  const databaseCpu = perMessage(cpuBefore.database, cpuAfter.database);
  const generatorCpu = perMessage(generatorBefore, generatorAfter);
  const commits = perMessage(workBefore?.commits, workAfter?.commits);
  const writeSets = perMessage(workBefore?.writeSets, workAfter?.writeSets);
  const transactions = perMessage(workBefore?.databaseTransactions, workAfter?.databaseTransactions);
  return {
    subject: subject.name,
    mix,
    stations: stations.length,
    messagesPerSecond: result.messages / result.seconds,
    p50Ms: result.p50Ms,
    p99Ms: result.p99Ms,
    ...(serverCpu === undefined ? {} : { serverCpuUs: serverCpu * 1e6 }),
    ...(databaseCpu === undefined ? {} : { databaseCpuUs: databaseCpu * 1e6 }),
    ...(generatorCpu === undefined ? {} : { generatorCpuUs: generatorCpu * 1e6 }),
    ...(commits === undefined ? {} : { commits }),
    ...(commits && writeSets ? { commitGroup: writeSets / commits } : {}),
    ...(transactions === undefined ? {} : { databaseTransactions: transactions }),
    ...(drain ? { drain } : {}),
  };
}
