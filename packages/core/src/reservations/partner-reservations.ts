import { projectSession } from '@roambridge/domain';
import { cdrToken } from '../authorization/decision.js';
import { randomUUID } from '../ids.js';
import type { Command, CommandResultType, DriverCommand } from '../model/command.js';
import type { Reservation } from '../model/reservation.js';
import type { SessionRecord } from '../model/session.js';
import type { CallOutcome } from '../ports/station-link.js';
import type { StationAggregate } from '../stations/aggregate.js';
import type { Plan } from '../stations/plan.js';
import { publishStatus, statusFacts } from '../stations/publish-status.js';
import { type SessionPorts, takeSnapshot } from '../transactions/plan-session.js';
import { type MovePorts, planMove } from './moved-reservation.js';
import { planReservation, planReservationEnd } from './plan-reservation.js';
import { beginningOf } from './reservation-bill.js';

type ReserveNow = Extract<DriverCommand, { kind: 'RESERVE_NOW' }>;

export type PartnerReservationPorts = SessionPorts & MovePorts;

/** Outcomes by which a charger said no; after the others nobody knows. */
const REFUSALS: ReadonlySet<CallOutcome['kind']> = new Set(['result', 'error', 'not-supported']);

/** D5-043: a reservation that a charger took or refused, with the session that partners see of it (CO-18). */
export async function planPartnerReservation(
  ports: PartnerReservationPorts,
  plan: Plan,
  station: StationAggregate,
  command: ReserveNow,
  outcome: CallOutcome,
): Promise<void> {
  const known = byNumber(station, command);
  const { evseId, request } = command;
  // One that moves to another EVSE is another one; one that is prolonged holds its EVSE all along.
  const before = known?.evseId === evseId ? known : undefined;
  const now = ports.clock.now();
  const reservation: Omit<Reservation, 'status'> = {
    id: before?.id ?? randomUUID(),
    reservationId: command.reservationId,
    stationId: station.station.id,
    idToken: command.idToken,
    partnerId: command.partnerId,
    expiresAt: Date.parse(request.expiry_date),
    madeAt: before?.madeAt ?? now,
    ...(evseId === undefined ? {} : { evseId }),
    ...(request.token.group_id === undefined ? {} : { groupId: request.token.group_id }),
  };
  const partner = { reservationId: request.reservation_id, command };
  if (command.result !== 'ACCEPTED') {
    // A refused change leaves the reservation as it was.
    if (!known && REFUSALS.has(outcome.kind)) {
      plan.reservations.push({ ...reservation, status: 'rejected', partner });
    }
    return;
  }
  if (!known) await planMove(ports, plan, reservation, request.reservation_id);
  if (known && !before) {
    planReservationEnd(ports, plan, station, known, { status: 'cancelled', at: now, asked: true });
  }
  const session = before?.partner?.session ?? (await newSession(ports, plan, station, reservation, command));
  planReservation(plan, station, {
    ...reservation,
    status: 'active',
    partner: { ...partner, ...(session ? { session } : {}) },
  });
  finish(ports, plan, station, [known?.evseId, evseId]);
}

/** D5-046: whatever the charger said, the reservation is over; only an answer that never came leaves it. */
export function planPartnerCancelled(
  ports: PartnerReservationPorts,
  plan: Plan,
  station: StationAggregate,
  command: Command,
  result: CommandResultType,
): void {
  const reservation = byNumber(station, command);
  if (!reservation || (result !== 'ACCEPTED' && result !== 'UNKNOWN_RESERVATION')) return;
  const at = ports.clock.now();
  const lost = result === 'UNKNOWN_RESERVATION';
  planReservationEnd(ports, plan, station, reservation, { status: 'cancelled', at, asked: true, lost });
  finish(ports, plan, station, [reservation.evseId]);
}

function byNumber(station: StationAggregate, { reservationId }: Command): Reservation | undefined {
  return station.reservations.find((reservation) => reservation.reservationId === reservationId);
}

function finish(
  ports: PartnerReservationPorts,
  plan: Plan,
  station: StationAggregate,
  evseIds: readonly (number | undefined)[],
): void {
  const touched = new Set(evseIds.flatMap((evseId) => evseId ?? []));
  publishStatus(plan, station, touched, statusFacts(station), ports);
  plan.afterCommit.push(() => ports.watchReservations(station));
}

/** The session that the partner sees of a reservation. */
async function newSession(
  ports: PartnerReservationPorts,
  plan: Plan,
  station: StationAggregate,
  reservation: Omit<Reservation, 'status'>,
  command: ReserveNow,
): Promise<SessionRecord | undefined> {
  const { partnerId, request } = command;
  const beginning = {
    ...beginningOf(reservation),
    grant: {
      partnerId,
      cdrToken: cdrToken(request.token),
      authMethod: 'COMMAND' as const,
      ...(request.authorization_reference === undefined
        ? {}
        : { authorizationReference: request.authorization_reference }),
    },
  };
  const snapshot = await takeSnapshot(plan, station, beginning, ports);
  if (!snapshot) return undefined;
  const { location, tariffs } = snapshot;
  const [tariff] = tariffs;
  const { session } = projectSession(
    beginning,
    {
      id: randomUUID(),
      owner: { country_code: location.country_code, party_id: location.party_id },
      location,
      currency: ports.settings.currency,
      ...(tariff ? { tariff } : {}),
    },
    'RESERVATION',
    reservation.madeAt,
  );
  const record: SessionRecord = {
    partnerId,
    stationId: reservation.stationId,
    transactionId: reservation.id,
    session,
    snapshot,
  };
  plan.sessions.push(record);
  plan.dirty.push({
    partnerId,
    kind: 'session',
    key: session.id,
    dueAt: reservation.madeAt + ports.settings.pushLingerMs,
  });
  return record;
}
