import type { EpochMs } from '../roaming/common.js';
import type { TimedPeriod } from '../session/charging-periods.js';
import type { Rate } from './rates.js';

/** How a reservation ended: by charging, at its expiry, or because somebody took it back before. */
export const RESERVATION_OUTCOMES = ['USED', 'EXPIRED', 'CANCELLED'] as const;
export type ReservationOutcome = (typeof RESERVATION_OUTCOMES)[number];

/** A reservation as it is priced. It runs from its making to the start of charging or its end (OCPI TA-30). */
export interface ReservationFact {
  from: EpochMs;
  to: EpochMs;
  outcome: ReservationOutcome;
}

const MS_PER_SECOND = 1000;

/** The period of a reservation, which goes before those of the session (OCPI CD-31). Whole seconds. */
export function reservationPeriod(
  { from, to }: Pick<ReservationFact, 'from' | 'to'>,
  tariffId?: string,
): TimedPeriod {
  const start = Math.floor(from / MS_PER_SECOND) * MS_PER_SECOND;
  const end = Math.floor(to / MS_PER_SECOND) * MS_PER_SECOND;
  return {
    from: Math.min(start, end),
    to: end,
    phase: 'RESERVE',
    energyWh: 0,
    ...(tariffId !== undefined && { tariffId }),
  };
}

/** The components that compete for the time of a reservation and for each of its fees. */
export interface ReservationRates {
  time: Rate[];
  fees: { name: string; rates: Rate[] }[];
}

/**
 * OCPI TA-31: an expired reservation pays the fee of RESERVATION_EXPIRES besides that of RESERVATION, and its whole
 * time by the former where the tariff has such a price. One that was used or cancelled pays RESERVATION only.
 */
export function reservationRates(
  rates: readonly Rate[],
  outcome: ReservationOutcome | undefined,
): ReservationRates {
  const of = (dimension: Rate['dimension'], kind: Rate['restrictions']['reservation']): Rate[] =>
    rates.filter((rate) => rate.dimension === dimension && rate.restrictions.reservation === kind);
  const reserved = {
    time: of('RESERVATION_TIME', 'RESERVATION'),
    fee: { name: 'RESERVATION', rates: of('RESERVATION_FLAT', 'RESERVATION') },
  };
  if (outcome !== 'EXPIRED') return { time: reserved.time, fees: [reserved.fee] };
  const expiredTime = of('RESERVATION_TIME', 'RESERVATION_EXPIRES');
  return {
    time: expiredTime.length > 0 ? expiredTime : reserved.time,
    fees: [
      reserved.fee,
      { name: 'RESERVATION_EXPIRES', rates: of('RESERVATION_FLAT', 'RESERVATION_EXPIRES') },
    ],
  };
}
