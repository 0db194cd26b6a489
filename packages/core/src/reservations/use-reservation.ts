import type { EpochMs, Grant, IdToken, Transaction, TransactionEvent } from '@roambridge/domain';
import { normalizeIdToken } from '@roambridge/domain';
import type { Reservation } from '../model/reservation.js';
import type { StationAggregate } from '../stations/aggregate.js';
import type { Plan } from '../stations/plan.js';
import { planReservationEnd } from './plan-reservation.js';
import { paysForReservations, type ReservationBillPorts } from './reservation-bill.js';

/** D5-044: the reservation that an event of a transaction uses: by its number, else by its token on the EVSE. */
export function reservationFor(
  station: StationAggregate,
  event: TransactionEvent,
  transaction?: Transaction,
): Reservation | undefined {
  if (station.reservations.length === 0 || event.eventType === 'Ended') return undefined;
  return claimedReservation(station, {
    at: event.at,
    idToken: event.idToken,
    reservationId: event.reservationId ?? transaction?.reservationId,
    evseId: event.evseId ?? transaction?.evseId,
  });
}

/** `sessionId` is that of the transaction's session, where there is one already. */
export function planReservationUse(
  ports: ReservationBillPorts,
  plan: Plan,
  station: StationAggregate,
  event: TransactionEvent,
  { transaction, sessionId }: { transaction: Transaction; sessionId: string | undefined },
  at: EpochMs,
): void {
  const used = reservationFor(station, event, transaction);
  if (!used) return;
  // Nobody was accepted yet: the token that decides may follow.
  if (used.partner && !transaction.grant) return;
  planReservationEnd(ports, plan, station, used, {
    status: 'used',
    at,
    transactionId: transaction.id,
    sessionGoesOn: sessionId !== undefined && sessionId === used.partner?.session?.session.id,
  });
}

/** D5-044, TA-30: since when the EVSE was kept for the transaction, where its partner pays for that. */
export function reservedFor(
  ports: ReservationBillPorts,
  reservation: Reservation | undefined,
  grant: Grant | undefined,
): Transaction['reservation'] {
  const isPayers = reservation?.partner !== undefined && reservation.partnerId === grant?.partnerId;
  return isPayers && paysForReservations(ports, reservation.partnerId)
    ? { from: reservation.madeAt }
    : undefined;
}

/** What a charger tells of a transaction that may use a reservation. */
export interface ReservationClaim {
  at: EpochMs;
  reservationId: number | undefined;
  idToken: IdToken | undefined;
  evseId: number | undefined;
}

/** By its number, else by its token on the reserved EVSE before it is over. */
export function claimedReservation(
  station: StationAggregate,
  claim: ReservationClaim,
): Reservation | undefined {
  return station.reservations.find((reservation) => isClaimed(reservation, claim));
}

function isClaimed(reservation: Reservation, claim: ReservationClaim): boolean {
  if (claim.reservationId !== undefined) return claim.reservationId === reservation.reservationId;
  if (!claim.idToken || claim.at >= reservation.expiresAt) return false;
  if (reservation.evseId !== undefined && reservation.evseId !== claim.evseId) return false;
  const uid = (text: string) => normalizeIdToken(text).toLowerCase();
  return uid(claim.idToken.idToken) === uid(reservation.idToken.idToken);
}
