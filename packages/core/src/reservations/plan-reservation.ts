import type { EpochMs, IdToken, Transaction, TransactionEvent } from '@roambridge/domain';
import { normalizeIdToken, ocpiTime, RESERVATION_OWN_WORD_MS } from '@roambridge/domain';
import type { StatusReport } from '../edges/charger-edge.js';
import type { Reservation, ReservationStatus } from '../model/reservation.js';
import type { SessionRecord } from '../model/session.js';
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

/** How an active reservation ends. */
export interface ReservationEnd {
  status: Exclude<ReservationStatus, 'active' | 'rejected'>;
  at: EpochMs;
  transactionId?: string;
  /** The partner asked for it, or replaced the reservation: it need not be told (CO-20). */
  asked?: boolean;
  /** The session of the reservation goes on with the transaction. */
  sessionGoesOn?: boolean;
}

/** Every end of an active reservation comes through here. */
export function planReservationEnd(
  plan: Plan,
  station: StationAggregate,
  reservation: Reservation,
  end: ReservationEnd,
): void {
  planReservation(plan, station, {
    ...reservation,
    status: end.status,
    endedAt: end.at,
    ...(end.transactionId === undefined ? {} : { transactionId: end.transactionId }),
  });
  const { partner } = reservation;
  if (!partner) return;
  if (partner.session && !end.sessionGoesOn) voidSession(plan, partner.session, end.at);
  // D5-045: told where the reservation was asked for; what ran out needs no word.
  if (end.status === 'cancelled' && !end.asked) {
    const { command } = partner;
    plan.commands.push({ ...command, result: 'CANCELED_RESERVATION' });
    plan.dirty.push({
      partnerId: command.partnerId,
      kind: 'command-result',
      key: command.id,
      dueAt: end.at,
    });
  }
}

/** G29: the session of a reservation that was not used. */
export function voidSession(plan: Plan, record: SessionRecord, at: EpochMs): void {
  const { session } = record;
  const lastUpdated = Math.max(at, Date.parse(session.last_updated) + 1);
  plan.sessions.push({
    ...record,
    session: {
      ...session,
      status: 'INVALID',
      end_date_time: ocpiTime(at),
      last_updated: new Date(lastUpdated).toISOString(),
    },
  });
  plan.dirty.push({ partnerId: record.partnerId, kind: 'session', key: session.id, dueAt: at });
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

export function planReservationUse(
  plan: Plan,
  station: StationAggregate,
  event: TransactionEvent,
  transaction: Transaction,
  at: EpochMs,
): void {
  const used = reservationFor(station, event, transaction);
  if (!used) return;
  const { grant } = transaction;
  // Nobody was accepted yet: the token that decides may follow.
  if (used.partner && !grant) return;
  const sessionGoesOn = grant?.partnerId !== undefined && grant.partnerId === used.partnerId;
  planReservationEnd(plan, station, used, {
    status: 'used',
    at,
    transactionId: transaction.id,
    sessionGoesOn,
  });
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
