import type { EpochMs } from '../roaming/common.js';
import type { Tariff } from '../roaming/tariff.js';
import type { PeriodPhase, TimedPeriod } from '../session/charging-periods.js';
import { type Corner, cornersWithin, milliWh } from './corners.js';
import { dependsOnLoad, distinctLoad, type LoadSpan } from './load.js';
import { type LocalClock, type LocalMoment, localClock } from './local-clock.js';
import type { TariffMoment } from './restriction-match.js';
import { ascending, cutsOf, type TariffCuts } from './tariff-cuts.js';

/** A part of a session within which no restriction of the tariff begins or ends to hold. */
export interface Slice {
  from: EpochMs;
  to: EpochMs;
  phase: PeriodPhase;
  energyMilliWh: number;
  /** Position of the period that it is a part of. */
  period: number;
  /** State of the session at `from`, which holds for the whole slice. */
  moment: TariffMoment;
  cell: Cell;
}

/** How many moments and thresholds of the tariff lie behind; where both are the same no restriction can differ. */
export interface Cell {
  passed: number;
  reached: number;
}

/** What is cut, and by what. */
export interface Sliceable {
  tariff: Tariff;
  /** IANA name of the location's time zone (OCPI TA-24). */
  timeZone: string;
  /** One after another; those of a reservation first. */
  periods: readonly TimedPeriod[];
  load?: readonly LoadSpan[];
}

/** Where the load changes, and what it is at moments that are asked for in ascending order. */
interface Load {
  cuts: readonly EpochMs[];
  at: (moment: EpochMs) => MomentaryLoad;
}

type MomentaryLoad = Pick<LoadSpan, 'powerW' | 'currentA'>;

const NOTHING = { min: 0, max: 0 };
/** Nothing flows during a reservation. */
const RESERVED: Load = { cuts: [], at: () => ({ powerW: NOTHING, currentA: NOTHING }) };
const UNKNOWN: MomentaryLoad = {};
/** No restriction asks for it. */
const UNASKED: Load = { cuts: [], at: () => UNKNOWN };

/**
 * Cuts the periods of a session at every moment at which another price may apply (OCPI TA-23, CD-37). Energy flows
 * evenly within a period. A reservation has its own elements, and its own start (TA-32). Throws RangeError for an
 * unknown time zone.
 */
export function sliceSession({ tariff, timeZone, periods, load = [] }: Sliceable): Slice[] {
  const { reservation, session } = cutsOf(tariff);
  const loadOfSession = dependsOnLoad(tariff) ? loadOf(distinctLoad(tariff.elements, load)) : UNASKED;
  const begin = periods.findIndex(({ phase }) => phase !== 'RESERVE');
  if (begin === 0) return slicePart(periods, 0, timeZone, session, loadOfSession);
  const reserved = begin === -1 ? periods.length : begin;
  return [
    ...slicePart(periods.slice(0, reserved), 0, timeZone, reservation, RESERVED),
    ...slicePart(periods.slice(reserved), reserved, timeZone, session, loadOfSession),
  ];
}

/** The slices of periods of which the first one has position `first` in all. */
function slicePart(
  periods: readonly TimedPeriod[],
  first: number,
  timeZone: string,
  { durationsMs, thresholds, clockTimes }: TariffCuts,
  load: Load,
): Slice[] {
  const start = periods[0]?.from;
  if (start === undefined) return [];
  const end = periods.at(-1)?.to ?? start;
  const clock = clockTimes && localClock(timeZone, start, end);
  const moments = ascending([
    ...durationsMs.map((duration) => start + duration),
    ...(clock && clockTimes ? clock.cuts(clockTimes) : []),
    ...load.cuts,
  ]);
  const cellAt = cellCounter(moments, thresholds);
  const momentAt = momentReader(start, clock, load);

  const slices: Slice[] = [];
  let consumed = 0;
  for (const [index, { from, to, phase, energyWh }] of periods.entries()) {
    let at: Corner = { at: from, milliWh: consumed };
    const end: Corner = { at: to, milliWh: consumed + milliWh(energyWh) };
    for (const next of [...cornersWithin({ from: at, to: end }, moments, thresholds), end]) {
      const cell = cellAt(at);
      slices.push({
        from: at.at,
        to: next.at,
        phase,
        energyMilliWh: next.milliWh - at.milliWh,
        period: first + index,
        moment: momentAt(at, cell),
        cell,
      });
      at = next;
    }
    consumed = end.milliWh;
  }
  return slices;
}

/** States of a session at corners that come in order. */
function momentReader(
  start: EpochMs,
  clock: LocalClock | undefined,
  load: Load,
): (corner: Corner, cell: Cell) => TariffMoment {
  let passed = -1;
  let local: LocalMoment | undefined;
  return ({ at, milliWh }, cell) => {
    // Between two moments of the tariff no restriction can tell what else the clock shows.
    if (clock && cell.passed !== passed) {
      local = clock.at(at);
      passed = cell.passed;
    }
    const { powerW, currentA } = load.at(at);
    return { local, elapsedMs: at - start, consumedMilliWh: milliWh, powerW, currentA };
  };
}

/** Numbers the cells between moments and thresholds, both ascending, for corners that come in order. */
function cellCounter(moments: readonly EpochMs[], thresholds: readonly number[]): (corner: Corner) => Cell {
  let passed = 0;
  let reached = 0;
  return ({ at, milliWh }) => {
    while ((moments[passed] ?? Number.POSITIVE_INFINITY) <= at) passed += 1;
    while ((thresholds[reached] ?? Number.POSITIVE_INFINITY) <= milliWh) reached += 1;
    return { passed, reached };
  };
}

function loadOf(spans: readonly LoadSpan[]): Load {
  let index = 0;
  const at = (moment: EpochMs): MomentaryLoad => {
    while ((spans[index]?.to ?? Number.POSITIVE_INFINITY) <= moment) index += 1;
    const span = spans[index];
    return span === undefined || span.from > moment ? UNKNOWN : span;
  };
  return { cuts: spans.flatMap(({ from, to }) => [from, to]), at };
}
