import { newTransaction, projectSession } from '@roambridge/domain';
import { cdrToken } from '../authorization/decision.js';
import type { StatusGate } from '../delivery/status-gate.js';
import { randomUUID } from '../ids.js';
import type { Command, CommandResultType, DriverCommand } from '../model/command.js';
import type { Reservation } from '../model/reservation.js';
import type { SessionRecord } from '../model/session.js';
import type { PartnerDirectory } from '../partners/directory.js';
import type { CallOutcome } from '../ports/station-link.js';
import type { StationAggregate } from '../stations/aggregate.js';
import type { Plan } from '../stations/plan.js';
import { publishStatus, statusFacts } from '../stations/publish-status.js';
import { type SessionPorts, takeSnapshot } from '../transactions/plan-session.js';
import { planReservation, planReservationEnd, voidSession } from './plan-reservation.js';

type ReserveNow = Extract<DriverCommand, { kind: 'RESERVE_NOW' }>;

export interface PartnerReservationPorts extends SessionPorts {
  partners: PartnerDirectory;
  gate: StatusGate;
  /** Waits for what the reservations of the station bring next; after the commit. */
  watchReservations(station: StationAggregate): void;
}

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
  const before = byNumber(station, command);
  const { evseId, request } = command;
  const reservation: Omit<Reservation, 'status'> = {
    id: before?.id ?? randomUUID(),
    reservationId: command.reservationId,
    stationId: station.station.id,
    idToken: command.idToken,
    partnerId: command.partnerId,
    expiresAt: Date.parse(request.expiry_date),
    // One that is prolonged holds its EVSE all along.
    madeAt: before && before.evseId === evseId ? before.madeAt : ports.clock.now(),
    ...(evseId === undefined ? {} : { evseId }),
    ...(request.token.group_id === undefined ? {} : { groupId: request.token.group_id }),
  };
  const partner = { reservationId: request.reservation_id, command };
  if (command.result !== 'ACCEPTED') {
    // A refused change leaves the reservation as it was.
    if (!before && REFUSALS.has(outcome.kind)) {
      plan.reservations.push({ ...reservation, status: 'rejected', partner });
    }
    return;
  }
  const session = await sessionOf(ports, plan, station, reservation, command, before);
  planReservation(plan, station, {
    ...reservation,
    status: 'active',
    partner: { ...partner, ...(session ? { session } : {}) },
  });
  finish(ports, plan, station, [before?.evseId, evseId]);
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
  planReservationEnd(plan, station, reservation, { status: 'cancelled', at, asked: true });
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

/** The session of the reservation: the one that it already has, unless it moved to another EVSE. */
async function sessionOf(
  ports: PartnerReservationPorts,
  plan: Plan,
  station: StationAggregate,
  reservation: Omit<Reservation, 'status'>,
  command: ReserveNow,
  before: Reservation | undefined,
): Promise<SessionRecord | undefined> {
  const known = before?.partner?.session;
  if (known && before?.evseId === reservation.evseId) return known;
  if (known) voidSession(plan, known, reservation.madeAt);
  const { partnerId, request } = command;
  // What a reservation has of a transaction: who, where, and when it began.
  const beginning = {
    ...newTransaction(
      { id: reservation.id, stationId: reservation.stationId, ocppTransactionId: '' },
      {
        eventType: 'Started',
        ocppTransactionId: '',
        at: reservation.madeAt,
        receivedAt: reservation.madeAt,
        offline: false,
        meterValues: [],
      },
    ),
    ...(reservation.evseId === undefined ? {} : { evseId: reservation.evseId }),
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
