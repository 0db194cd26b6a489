import type { EpochMs } from '../roaming/common.js';
import type { Tariff, TariffElement } from '../roaming/tariff.js';
import type { PeriodPhase, TimedPeriod } from '../session/charging-periods.js';
import { type Corner, cornersWithin, milliWh } from './corners.js';
import { dependsOnLoad, distinctLoad, type LoadSpan } from './load.js';
import { dependsOnClock, type LocalClock, type LocalMoment, localClock } from './local-clock.js';
import { type TariffMoment, thresholdMilliWh } from './restriction-match.js';

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

const MS_PER_SECOND = 1000;
/** Nothing flows during a reservation. */
const NO_LOAD = { powerW: { min: 0, max: 0 }, currentA: { min: 0, max: 0 } };

/**
 * Cuts the periods of a session at every moment at which another price may apply (OCPI TA-23, CD-37). Energy flows
 * evenly within a period. A reservation has its own elements, and its own start (TA-32). Throws RangeError for an
 * unknown time zone.
 */
export function sliceSession({ tariff, timeZone, periods, load = [] }: Sliceable): Slice[] {
  const begin = periods.findIndex(({ phase }) => phase !== 'RESERVE');
  const session = begin === -1 ? periods.length : begin;
  const ofReservation = ({ restrictions }: TariffElement): boolean => restrictions?.reservation !== undefined;
  return [
    ...slicePart(periods.slice(0, session), {
      first: 0,
      elements: tariff.elements.filter(ofReservation),
      timeZone,
      loadAt: () => NO_LOAD,
      loadCuts: [],
    }),
    ...slicePart(periods.slice(session), {
      first: session,
      elements: tariff.elements.filter((element) => !ofReservation(element)),
      timeZone,
      ...loadOf(tariff, load),
    }),
  ];
}

interface Cutting {
  /** Position of the first period. */
  first: number;
  elements: readonly TariffElement[];
  timeZone: string;
  /** Asked in ascending order. */
  loadAt: (at: EpochMs) => Pick<TariffMoment, 'powerW' | 'currentA'>;
  loadCuts: readonly EpochMs[];
}

function slicePart(periods: readonly TimedPeriod[], cutting: Cutting): Slice[] {
  const start = periods[0]?.from;
  if (start === undefined) return [];
  const { elements, timeZone, first, loadAt, loadCuts } = cutting;
  const end = periods.at(-1)?.to ?? start;
  const clock = dependsOnClock(elements) ? localClock(timeZone, start, end) : undefined;
  const moments = ascending([
    ...durationCuts(elements, start),
    ...(clock?.cuts(clockTimes(elements)) ?? []),
    ...loadCuts,
  ]);
  const thresholds = ascending(energyCuts(elements));
  const cellAt = cellCounter(moments, thresholds);
  const momentAt = momentReader(start, clock, loadAt);

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
  loadAt: Cutting['loadAt'],
): (corner: Corner, cell: Cell) => TariffMoment {
  let passed = -1;
  let local: LocalMoment | undefined;
  return ({ at, milliWh }, cell) => {
    // Between two moments of the tariff no restriction can tell what else the clock shows.
    if (clock && cell.passed !== passed) {
      local = clock.at(at);
      passed = cell.passed;
    }
    return { ...(local && { local }), elapsedMs: at - start, consumedMilliWh: milliWh, ...loadAt(at) };
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

function loadOf({ elements }: Tariff, load: readonly LoadSpan[]): Pick<Cutting, 'loadAt' | 'loadCuts'> {
  if (!dependsOnLoad(elements)) return { loadAt: () => ({}), loadCuts: [] };
  const spans = distinctLoad(elements, load);
  let index = 0;
  const loadAt: Cutting['loadAt'] = (at) => {
    while ((spans[index]?.to ?? Number.POSITIVE_INFINITY) <= at) index += 1;
    const span = spans[index];
    if (span === undefined || span.from > at) return {};
    const { powerW, currentA } = span;
    return { ...(powerW && { powerW }), ...(currentA && { currentA }) };
  };
  return { loadAt, loadCuts: spans.flatMap(({ from, to }) => [from, to]) };
}

function durationCuts(elements: readonly TariffElement[], from: EpochMs): EpochMs[] {
  return elements
    .flatMap(({ restrictions }) => [restrictions?.min_duration, restrictions?.max_duration])
    .filter((seconds) => seconds !== undefined)
    .map((seconds) => from + seconds * MS_PER_SECOND);
}

/** Local times at which a restriction may change; days and dates change at midnight. */
function clockTimes(elements: readonly TariffElement[]): string[] {
  const times = elements.flatMap(({ restrictions }) => [restrictions?.start_time, restrictions?.end_time]);
  return ['00:00', ...times.filter((time) => time !== undefined)];
}

function energyCuts(elements: readonly TariffElement[]): number[] {
  return elements
    .flatMap(({ restrictions }) => [restrictions?.min_kwh, restrictions?.max_kwh])
    .filter((kwh) => kwh !== undefined)
    .map(thresholdMilliWh);
}

function ascending(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}
