import type { EpochMs } from '@roambridge/domain';
import { ocpiTime, RESERVATION_OWN_WORD_MS } from '@roambridge/domain';
import type { StatusReport } from '../edges/charger-edge.js';
import type { Reservation, ReservationStatus } from '../model/reservation.js';
import type { SessionRecord } from '../model/session.js';
import type { StationAggregate } from '../stations/aggregate.js';
import { UNKNOWN_TRAITS } from '../stations/aggregate.js';
import type { Plan } from '../stations/plan.js';
import { planReservationBill, type ReservationBillPorts } from './reservation-bill.js';

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
  /** The charger did not keep it: it costs nothing. */
  lost?: boolean;
  /** The session of the reservation goes on with the transaction. */
  sessionGoesOn?: boolean;
}

/**
 * Every end of an active reservation comes through here. One that ran out or that its partner cancelled may cost
 * something; one that the charger or the operator ended does not.
 */
export function planReservationEnd(
  ports: ReservationBillPorts,
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
  if (partner.session && !end.sessionGoesOn && !isBilled(ports, plan, reservation, end)) {
    voidSession(plan, partner.session, end.at);
  }
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

function isBilled(
  ports: ReservationBillPorts,
  plan: Plan,
  reservation: Reservation,
  { status, at, asked, lost }: ReservationEnd,
): boolean {
  if (lost) return false;
  const from = reservation.madeAt;
  // It is not reserved any longer than was agreed, whenever the charger says so.
  const to = Math.min(at, reservation.expiresAt);
  if (status === 'expired') {
    return planReservationBill(ports, plan, reservation, { from, to, outcome: 'EXPIRED' }, at);
  }
  if (status !== 'cancelled' || !asked) return false;
  return planReservationBill(ports, plan, reservation, { from, to, outcome: 'CANCELLED' }, at);
}

/** G29: the session of a reservation that was not used, and that costs nothing. */
function voidSession(plan: Plan, record: SessionRecord, at: EpochMs): void {
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
export function planExpiry(
  ports: ReservationBillPorts,
  plan: Plan,
  station: StationAggregate,
  now: EpochMs,
): void {
  for (const reservation of station.reservations) {
    if (reservation.expiresAt + EXPIRY_GRACE_MS > now) continue;
    planReservationEnd(ports, plan, station, reservation, { status: 'expired', at: now });
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
  ports: ReservationBillPorts,
  plan: Plan,
  station: StationAggregate,
  report: StatusReport,
  at: EpochMs,
): void {
  if ((station.connection?.traits ?? UNKNOWN_TRAITS).reservationUpdates) return;
  if (report.status !== 'Faulted' && report.status !== 'Unavailable') return;
  for (const reservation of station.reservations) {
    if (reservation.evseId === undefined || reservation.evseId !== report.evseId) continue;
    planReservationEnd(ports, plan, station, reservation, { status: 'cancelled', at });
  }
}
