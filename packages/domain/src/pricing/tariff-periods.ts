import { roundMilli } from '../metering/reading.js';
import type { TimedPeriod } from '../session/charging-periods.js';
import { hull, restrictedQuantities } from './load.js';
import { type Cell, type Slice, type Sliceable, sliceSession } from './slices.js';

const MILLI_WH_PER_WH = 1000;
const MS_PER_SECOND = 1000;

/**
 * The periods of a session joined where the tariff cannot tell them apart and cut at every moment and threshold of
 * one of its restrictions, the energy split there (OCPI CD-37, D2-040). The finer `periods` are, the nearer the
 * split is to the meter; what comes out has few periods, follows one another, and is priced the same whatever they
 * were cut by before.
 */
export function tariffPeriods(input: Sliceable): TimedPeriod[] {
  const joined: Joined[] = [];
  for (const slice of sliceSession(input)) {
    const last = joined.at(-1);
    if (!last || last.period.phase !== slice.phase) joined.push(joinedOf(slice, input.periods));
    else if (isInstant(last.period)) joined.push(...secondOfThreshold(last, slice, input.periods));
    else if (isSameCell(last.cell, slice.cell) && !last.closed) extend(last, slice);
    else joined.push(joinedOf(slice, input.periods));
  }
  const [before, last] = joined.slice(-2);
  if (before && last && isInstant(last.period) && before.period.phase === last.period.phase) {
    before.milliWh += last.milliWh;
    joined.pop();
  }
  return joined.map(({ period, milliWh }) => ({
    ...period,
    energyWh: roundMilli(milliWh / MILLI_WH_PER_WH),
    ...(period.phase !== 'RESERVE' && restrictedLoad(input, period)),
  }));
}

/** Slices that follow one another and are told as one period. */
interface Joined {
  period: TimedPeriod;
  cell: Cell;
  milliWh: number;
  /** Nothing more belongs to it. */
  closed: boolean;
}

function joinedOf(slice: Slice, periods: readonly TimedPeriod[]): Joined {
  const { cell, energyMilliWh } = slice;
  return { period: periodOf(slice, periods), cell, milliWh: energyMilliWh, closed: false };
}

function extend(last: Joined, { to, cell, energyMilliWh }: Slice): void {
  last.period.to = to;
  last.milliWh += energyMilliWh;
  last.cell = cell;
}

/**
 * What led to a threshold within a second has no length of its own: the rest of that second goes with it, and nothing
 * else. Spread over a longer period the energy would reach the threshold later than it did.
 */
function secondOfThreshold(instant: Joined, slice: Slice, periods: readonly TimedPeriod[]): Joined[] {
  const { from, to, energyMilliWh } = slice;
  const end = from + MS_PER_SECOND;
  if (to <= end) {
    extend(instant, slice);
    instant.closed = to === end;
    return [];
  }
  const within = Math.round((energyMilliWh * MS_PER_SECOND) / (to - from));
  extend(instant, { ...slice, to: end, energyMilliWh: within });
  instant.closed = true;
  return [joinedOf({ ...slice, from: end, energyMilliWh: energyMilliWh - within }, periods)];
}

/** What was metered of the power and the current in a period, each only where the tariff depends on it. */
export function restrictedLoad(
  { tariff, load = [] }: Pick<Sliceable, 'tariff' | 'load'>,
  { from, to }: TimedPeriod,
): Pick<TimedPeriod, 'powerW' | 'currentA'> {
  const asked = restrictedQuantities(tariff);
  if (asked.size === 0) return {};
  const within = load.filter((span) => span.from < to && span.to > from);
  const powerW = asked.has('powerW') ? hull(within.map((span) => span.powerW)) : undefined;
  const currentA = asked.has('currentA') ? hull(within.map((span) => span.currentA)) : undefined;
  return { ...(powerW && { powerW }), ...(currentA && { currentA }) };
}

/** The periods joined where the phase stays the same, for a session that has no tariff to cut it. */
export function joinedPeriods(periods: readonly TimedPeriod[]): TimedPeriod[] {
  const joined: TimedPeriod[] = [];
  for (const period of periods) {
    const last = joined.at(-1);
    if (last?.phase === period.phase) {
      last.to = period.to;
      last.energyWh = roundMilli(last.energyWh + period.energyWh);
    } else {
      joined.push({ ...period });
    }
  }
  return joined;
}

function isSameCell(a: Cell, b: Cell): boolean {
  return a.passed === b.passed && a.reached === b.reached;
}

/** Two thresholds within one second: a period of no length is none (D2-048). */
function isInstant({ from, to }: TimedPeriod): boolean {
  return from === to;
}

function periodOf({ from, to, phase, period }: Slice, periods: readonly TimedPeriod[]): TimedPeriod {
  const tariffId = periods[period]?.tariffId;
  return { from, to, phase, energyWh: 0, ...(tariffId !== undefined && { tariffId }) };
}
