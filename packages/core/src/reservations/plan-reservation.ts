import type { EpochMs, Transaction, TransactionEvent } from '@roambridge/domain';
import { normalizeIdToken } from '@roambridge/domain';
import type { Reservation, ReservationStatus } from '../model/reservation.js';
import type { StationAggregate } from '../stations/aggregate.js';
import type { Plan } from '../stations/plan.js';

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
