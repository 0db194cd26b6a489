import type { EpochMs } from '../roaming/common.js';

/** How long a charger has to report a reserved connector itself, ms (D1-050). */
export const RESERVATION_OWN_WORD_MS = 10_000;

/** An active reservation of one EVSE. */
export interface ReservationHold {
  /** When the charger accepted it. */
  since: EpochMs;
  until: EpochMs;
}

/**
 * D1-050: whether a reservation makes a free EVSE RESERVED although its charger does not say so. A report that came
 * after the reservation counts more than the reservation.
 */
export function isHeld(hold: ReservationHold, lastReportAt: EpochMs | undefined, now: EpochMs): boolean {
  return (
    now >= hold.since + RESERVATION_OWN_WORD_MS &&
    now < hold.until &&
    (lastReportAt === undefined || lastReportAt <= hold.since)
  );
}
