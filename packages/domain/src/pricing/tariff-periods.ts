import { roundMilli } from '../metering/reading.js';
import type { TimedPeriod } from '../session/charging-periods.js';
import { hull, restrictedQuantities } from './load.js';
import { type Cell, type Slice, type Sliceable, sliceSession } from './slices.js';

const MILLI_WH_PER_WH = 1000;

/**
 * The periods of a session joined where the tariff cannot tell them apart and cut at every moment and threshold of
 * one of its restrictions, the energy split there (OCPI CD-37, D2-040). The finer `periods` are, the nearer the
 * split is to the meter; what comes out has few periods, follows one another, and is priced the same whatever they
 * were cut by before.
 */
export function tariffPeriods(input: Sliceable): TimedPeriod[] {
  const joined: { period: TimedPeriod; cell: Cell; milliWh: number }[] = [];
  for (const slice of sliceSession(input)) {
    const last = joined.at(-1);
    if (
      last &&
      last.period.phase === slice.phase &&
      (isSameCell(last.cell, slice.cell) || isInstant(last.period))
    ) {
      last.period.to = slice.to;
      last.milliWh += slice.energyMilliWh;
      last.cell = slice.cell;
    } else {
      joined.push({ period: periodOf(slice, input.periods), cell: slice.cell, milliWh: slice.energyMilliWh });
    }
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

/** What was metered of the power and the current in a period, each only where the tariff depends on it. */
function restrictedLoad(
  { tariff, load = [] }: Sliceable,
  { from, to }: TimedPeriod,
): Pick<TimedPeriod, 'powerW' | 'currentA'> {
  const asked = restrictedQuantities(tariff.elements);
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
