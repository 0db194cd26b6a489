import { cpuSeconds, machineSeconds } from '../processes/cpu.js';
import type { CpuReading, Subject, WorkReading } from './subject.js';

/** Every counter at one moment. */
export interface Readings {
  cpu: CpuReading;
  generator: number | undefined;
  machine: { busy: number; available: number } | undefined;
  work: WorkReading | undefined;
}

export async function takeReadings(subject: Subject, generatorPid: number): Promise<Readings> {
  const cpu = subject.cpu();
  return {
    cpu,
    generator: cpuSeconds(generatorPid),
    machine: machineSeconds(),
    work: await subject.work?.(),
  };
}

/** What one message cost; a member is absent where it cannot be told. */
export interface Cost {
  /** CPU, microseconds. */
  serverCpuUs?: number;
  databaseCpuUs?: number;
  /** Of the generator and the partner: with the others it tells whether the machine was full. */
  generatorCpuUs?: number;
  partnerCpuUs?: number;
  commits?: number;
  databaseTransactions?: number;
  /** In all, not per message. */
  deadlocks?: number;
  /** Write sets of one commit. */
  commitGroup?: number;
  /** Share of the machine, 0..1, that other programs used: what is measured beside them is noise. */
  othersShare?: number;
}

export function costOf(before: Readings, after: Readings, messages: number): Cost {
  const used = (value: (readings: Readings) => number | undefined) => {
    const [from, to] = [value(before), value(after)];
    return from === undefined || to === undefined ? undefined : to - from;
  };
  const cpu = {
    serverCpuUs: used(({ cpu }) => cpu.server),
    databaseCpuUs: used(({ cpu }) => cpu.database),
    generatorCpuUs: used(({ generator }) => generator),
    partnerCpuUs: used(({ cpu }) => cpu.partner),
  };
  const commits = used(({ work }) => work?.commits);
  const writeSets = used(({ work }) => work?.writeSets);
  const transactions = used(({ work }) => work?.databaseTransactions);
  const deadlocks = used(({ work }) => work?.deadlocks);
  const busy = used(({ machine }) => machine?.busy);
  const available = used(({ machine }) => machine?.available);
  const ours = Object.values(cpu).reduce<number>((sum, seconds) => sum + (seconds ?? 0), 0);
  const cost: Cost = {};
  if (commits !== undefined) cost.commits = commits / messages;
  if (commits && writeSets !== undefined) cost.commitGroup = writeSets / commits;
  if (transactions !== undefined) cost.databaseTransactions = transactions / messages;
  if (deadlocks !== undefined) cost.deadlocks = deadlocks;
  if (busy !== undefined && available) cost.othersShare = Math.max(0, (busy - ours) / available);
  for (const [name, seconds] of Object.entries(cpu)) {
    if (seconds !== undefined) Object.assign(cost, { [name]: (seconds / messages) * 1e6 });
  }
  return cost;
}
