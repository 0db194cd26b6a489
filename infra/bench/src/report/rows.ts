import type { Mix } from '../load/messages.js';
import type { BenchResults } from '../run/bench.js';
import { type Compared, compared } from '../run/compared.js';
import type { ConnectionCost } from '../run/connections.js';
import type { Measurement } from '../run/measure.js';
import type { SubjectName } from '../run/subject.js';
import { type Bar, barOf, MEMORY_BAR, RECONNECT_BAR } from './bars.js';
import { median } from './median.js';

/** What is measured once a round, by its name in {@link Measurement}. */
const FIGURES = [
  'messagesPerSecond',
  'p50Ms',
  'p99Ms',
  'serverCpuUs',
  'databaseCpuUs',
  'generatorCpuUs',
  'partnerCpuUs',
  'othersShare',
  'commits',
  'commitGroup',
  'databaseTransactions',
] as const satisfies (keyof Measurement)[];

/** One mix on one server: medians of the rounds, beside raw `ws` in the same run. */
export interface Row {
  server: SubjectName;
  mix: Mix;
  stations: number;
  figures: Partial<Record<(typeof FIGURES)[number], number>>;
  /** Share of raw `ws`; absent for raw `ws` itself. */
  ratio?: number;
  bar?: Bar;
  reached?: boolean;
}

/** Something of which less is better: multiples instead of shares. */
export interface MultipleRow extends Compared {
  reached: boolean;
}

export function rowsOf(measurements: readonly Measurement[]): Row[] {
  const rounds = new Map<string, Measurement[]>();
  for (const found of measurements) {
    const key = `${found.mix} ${found.stations} ${found.subject}`;
    rounds.set(key, [...(rounds.get(key) ?? []), found]);
  }
  return [...rounds.values()].flatMap((same) => {
    const [first] = same;
    return first ? [rowOf(first, same, rounds.get(`${first.mix} ${first.stations} raw ws`) ?? [])] : [];
  });
}

function rowOf(
  { subject: server, mix, stations }: Measurement,
  same: Measurement[],
  raw: Measurement[],
): Row {
  const row: Row = { server, mix, stations, figures: {} };
  for (const name of FIGURES) {
    const values = same.flatMap((found) => found[name] ?? []);
    if (values.length > 0) row.figures[name] = median(values);
  }
  if (server === 'raw ws') return row;
  // Each round is compared with the raw server of its own round: they ran one after the other.
  const ratios = same.flatMap((found, round) => {
    const limit = raw[round]?.messagesPerSecond;
    return limit ? [found.messagesPerSecond / limit] : [];
  });
  if (ratios.length === 0) return row;
  row.ratio = median(ratios);
  const bar = barOf(server, mix);
  return bar ? Object.assign(row, { bar, reached: row.ratio >= bar.first }) : row;
}

export function multipleRowsOf({ memory, reconnect, compared: found }: BenchResults): MultipleRow[] {
  return [
    ...besideRaw('KiB of an idle station', memory, ({ kiBPerStation }) => kiBPerStation, MEMORY_BAR),
    ...besideRaw('s until all have booted', reconnect, ({ seconds }) => seconds, RECONNECT_BAR),
    ...found,
  ].map((row) => ({ ...row, reached: row.multiple <= row.bar.first }));
}

function besideRaw(
  what: string,
  found: BenchResults['memory'],
  value: (cost: ConnectionCost) => number | undefined,
  bar: Bar,
): Compared[] {
  const of = (name: SubjectName) => found.find(({ server }) => server === name)?.cost;
  const [rawCost, gatewayCost] = [of('raw ws'), of('PostgreSQL')];
  const raw = rawCost && value(rawCost);
  const gateway = gatewayCost && value(gatewayCost);
  if (!raw || gateway === undefined) return [];
  return [compared(`${what} (${rawCost.stations}) / raw ws`, raw, gateway, bar)];
}
