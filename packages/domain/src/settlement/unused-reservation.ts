import { rateSession } from '../pricing/price-session.js';
import { type ReservationFact, reservationPeriod } from '../pricing/reservation.js';
import type { EpochMs } from '../roaming/common.js';
import type { Session } from '../roaming/session.js';
import type { Tariff } from '../roaming/tariff.js';
import { toChargingPeriods } from '../session/charging-periods.js';
import { ocpiTime } from '../session/ocpi-time.js';
import type { SessionFacts } from './session-facts.js';
import type { SessionTerms } from './session-terms.js';

/** A reservation that nobody charged on. */
export type UnusedReservation = ReservationFact & { outcome: 'EXPIRED' | 'CANCELLED' };

/**
 * What a reservation that was not used comes to, as the facts of a session that took nothing; undefined where its tariff
 * asks no price for it, so that there is nothing to bill (D2 table, TA-31). One that cannot be priced has facts: its CDR
 * is held.
 */
export function unusedReservationFacts(
  reservation: UnusedReservation,
  tariff: Tariff | undefined,
  timeZone: string,
  { rounding }: Pick<SessionTerms, 'rounding'> = {},
): SessionFacts | undefined {
  if (tariff === undefined) return undefined;
  const { from, outcome } = reservation;
  const to = Math.max(from, reservation.to);
  const { periods, pricing } = rateSession({
    tariff,
    timeZone,
    startedAt: from,
    endedAt: to,
    periods: [reservationPeriod({ from, to }, tariff.id)],
    reservation: outcome,
    ...(rounding && { rounding }),
  });
  const isBilled =
    pricing.kind === 'priced' ? pricing.total_reservation_cost !== undefined : pricesReservations(tariff);
  if (!isBilled) return undefined;
  return {
    from,
    to,
    energyWh: 0,
    curve: [],
    energyFlags: [],
    periods: [],
    closedPeriods: [],
    reservationPeriods: periods,
    tariffs: [tariff],
    pricing,
  };
}

function pricesReservations({ elements }: Tariff): boolean {
  return elements.some(({ restrictions }) => restrictions?.reservation !== undefined);
}

/** The session of a reservation that is billed although nobody charged: over, and with its cost (SE-08). */
export function billedReservation(session: Session, facts: SessionFacts, lastUpdated: EpochMs): Session {
  const { pricing } = facts;
  return {
    ...session,
    status: 'COMPLETED',
    end_date_time: ocpiTime(facts.to),
    charging_periods: toChargingPeriods(facts.reservationPeriods),
    last_updated: new Date(lastUpdated).toISOString(),
    ...(pricing?.kind === 'priced' ? { total_cost: pricing.total_cost } : {}),
  };
}
