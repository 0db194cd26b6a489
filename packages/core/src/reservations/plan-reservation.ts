import type { EpochMs, Transaction, TransactionEvent } from '@roambridge/domain';
import { normalizeIdToken, RESERVATION_OWN_WORD_MS } from '@roambridge/domain';
import type { StatusReport } from '../edges/charger-edge.js';
import type { Reservation, ReservationStatus } from '../model/reservation.js';
import type { StationAggregate } from '../stations/aggregate.js';
import { UNKNOWN_TRAITS } from '../stations/aggregate.js';
import type { Plan } from '../stations/plan.js';

/** D5-045: a reservation whose charger does not say that it ran out counts as expired this long after its time. */
const EXPIRY_GRACE_MS = 60_000;

/** Plans that a reservation is from now on what `reservation` says. */
export function planReservation(plan: Plan, station: StationAggregate, reservation: Reservation): void {
  plan.reservations.push(reservation);
  plan.afterCommit.push(() => {
    station.reservations = activeAmong(station.reservations, [reservation]);
  });
}

/** Every end of an active reservation comes through here. */
export function planReservationEnd(
  plan: Plan,
  station: StationAggregate,
  reservation: Reservation,
  end: { status: Exclude<ReservationStatus, 'active' | 'rejected'>; at: EpochMs; transactionId?: string },
): void {
  planReservation(plan, station, {
    ...reservation,
    status: end.status,
    endedAt: end.at,
    ...(end.transactionId === undefined ? {} : { transactionId: end.transactionId }),
  });
}

/** The active reservations as they will be after the plan. */
export function reservationsAfter(plan: Plan, station: StationAggregate): readonly Reservation[] {
  return plan.reservations.length === 0
    ? station.reservations
    : activeAmong(station.reservations, plan.reservations);
}

function activeAmong(known: readonly Reservation[], changed: readonly Reservation[]): Reservation[] {
  const byId = new Map([...known, ...changed].map((reservation) => [reservation.id, reservation]));
  return [...byId.values()].filter(({ status }) => status === 'active');
}

/** Plans the end of those that ran out (D5-045). */
export function planExpiry(plan: Plan, station: StationAggregate, now: EpochMs): void {
  for (const reservation of station.reservations) {
    if (reservation.expiresAt + EXPIRY_GRACE_MS > now) continue;
    planReservationEnd(plan, station, reservation, { status: 'expired', at: now });
  }
}

/** When time alone changes something about them. */
export function reservationMoments(reservations: readonly Reservation[]): EpochMs[] {
  return reservations.flatMap(({ madeAt, expiresAt }) => [
    madeAt + RESERVATION_OWN_WORD_MS,
    expiresAt,
    expiresAt + EXPIRY_GRACE_MS,
  ]);
}

/** D5-045: where the charger has no word for it, a fault or an outage of the EVSE ends its reservation. */
export function planReservationFault(
  plan: Plan,
  station: StationAggregate,
  report: StatusReport,
  at: EpochMs,
): void {
  if ((station.connection?.traits ?? UNKNOWN_TRAITS).reservationUpdates) return;
  if (report.status !== 'Faulted' && report.status !== 'Unavailable') return;
  for (const reservation of station.reservations) {
    if (reservation.evseId === undefined || reservation.evseId !== report.evseId) continue;
    planReservationEnd(plan, station, reservation, { status: 'cancelled', at });
  }
}

/** D5-044: the reservation that a transaction uses, by its number, else by its token on the reserved EVSE. */
export function planReservationUse(
  plan: Plan,
  station: StationAggregate,
  event: TransactionEvent,
  transaction: Transaction,
  at: EpochMs,
): void {
  if (station.reservations.length === 0 || event.eventType === 'Ended') return;
  const used = station.reservations.find((reservation) => isUsedBy(reservation, event, transaction));
  if (used) planReservationEnd(plan, station, used, { status: 'used', at, transactionId: transaction.id });
}

function isUsedBy(reservation: Reservation, event: TransactionEvent, transaction: Transaction): boolean {
  if (event.reservationId !== undefined) return event.reservationId === reservation.reservationId;
  if (!event.idToken || event.at >= reservation.expiresAt) return false;
  if (reservation.evseId !== undefined && reservation.evseId !== transaction.evseId) return false;
  const uid = (text: string) => normalizeIdToken(text).toLowerCase();
  return uid(event.idToken.idToken) === uid(reservation.idToken.idToken);
}
