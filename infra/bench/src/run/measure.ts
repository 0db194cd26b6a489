import type { LoadOrder, LoadReport, LoadStation, Mix } from '../load/messages.js';
import { PROTOCOL_OF } from '../load/messages.js';
import type { Child } from '../processes/child.js';
import { type Cost, costOf, takeReadings } from './readings.js';
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
export interface Measurement extends Cost {
  subject: SubjectName;
  mix: Mix;
  stations: number;
  messagesPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  drain?: Drain;
}

/** Connects the stations, runs the mix and disconnects them again. Rejects when the server refuses a message. */
export async function measure(options: MeasureOptions): Promise<Measurement> {
  const { load, subject, mix, stations, warmUpMs, measureMs } = options;
  load.tell({ do: 'connect', url: subject.ocppUrl, protocol: PROTOCOL_OF[mix], stations, boot: true });
  await load.next('connected', PATIENCE_MS);
  load.tell({ do: 'run', mix, warmUpMs, measureMs });
  await load.next('measuring', warmUpMs + PATIENCE_MS);
  const before = await takeReadings(subject, load.pid);
  const result = await load.next('measured', measureMs + PATIENCE_MS);
  const after = await takeReadings(subject, load.pid);
  const rested = await load.next('rested', PATIENCE_MS);
  subject.ended?.(rested.sessions);
  const drain = await subject.drained?.();
  load.tell({ do: 'disconnect' });
  await load.next('disconnected', PATIENCE_MS);
  return {
    subject: subject.name,
    mix,
    stations: stations.length,
    messagesPerSecond: result.messages / result.seconds,
    p50Ms: result.p50Ms,
    p99Ms: result.p99Ms,
    ...costOf(before, after, result.messages),
    ...(drain ? { drain } : {}),
  };
}
