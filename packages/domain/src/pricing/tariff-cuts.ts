import type { TariffElement, TariffRestrictions } from '../roaming/tariff.js';
import { dependsOnClock } from './local-clock.js';
import { perTariff } from './per-tariff.js';
import { thresholdMilliWh } from './restriction-match.js';

/** Where restrictions begin or end to hold, but for those on the load (OCPI TA-23). */
export interface TariffCuts {
  /** Since the start of the session, or of the reservation. */
  durationsMs: readonly number[];
  /** Energies since the start in thousandths of a Wh, ascending. */
  thresholds: readonly number[];
  /** Local times, `HH:MM`; undefined where nothing depends on the calendar or the clock. */
  clockTimes: readonly string[] | undefined;
}

const MS_PER_SECOND = 1000;

/** The cuts of a tariff; a reservation has its own elements (OCPI TA-32). */
export const cutsOf = perTariff(({ elements }): { reservation: TariffCuts; session: TariffCuts } => ({
  reservation: cutsOfElements(elements.filter(isOfReservation)),
  session: cutsOfElements(elements.filter((element) => !isOfReservation(element))),
}));

function isOfReservation({ restrictions }: TariffElement): boolean {
  return restrictions?.reservation !== undefined;
}

function cutsOfElements(elements: readonly TariffElement[]): TariffCuts {
  const stated = <Value>(of: (restrictions: TariffRestrictions) => (Value | undefined)[]): Value[] =>
    elements
      .flatMap(({ restrictions }) => (restrictions ? of(restrictions) : []))
      .filter((value) => value !== undefined);
  const durations = stated(({ min_duration, max_duration }) => [min_duration, max_duration]);
  const energies = stated(({ min_kwh, max_kwh }) => [min_kwh, max_kwh]);
  const times = stated(({ start_time, end_time }) => [start_time, end_time]);
  return {
    durationsMs: durations.map((seconds) => seconds * MS_PER_SECOND),
    thresholds: ascending(energies.map(thresholdMilliWh)),
    // Days and dates change at midnight.
    clockTimes: dependsOnClock(elements) ? ['00:00', ...times] : undefined,
  };
}

/** The values in order, each once. */
export function ascending(values: readonly number[]): number[] {
  return values.length === 0 ? [] : [...new Set(values)].sort((a, b) => a - b);
}
