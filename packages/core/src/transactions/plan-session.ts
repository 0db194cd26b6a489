import {
  projectSession,
  type Session,
  type SessionStatus,
  type SessionSubject,
  sessionOutcome,
  type Transaction,
} from '@roambridge/domain';

import type { TariffBook } from '../catalog/tariff-book.js';
import { stableId } from '../ids.js';
import type { CdrRecord, SessionRecord, SessionSnapshot } from '../model/session.js';
import type { Clock } from '../ports/clock.js';
import type { CoreSettings } from '../settings.js';
import { cdrIdOf, planCdr } from '../settlement/plan-cdr.js';
import { meterOf } from '../signed-data/check-readings.js';
import type { OpenTransaction, StationAggregate } from '../stations/aggregate.js';
import type { Plan } from '../stations/plan.js';
import { namedFirst, narrowLocation, snapshotOf } from './narrow-location.js';
import { noteOddity } from './note-oddities.js';

export interface SessionPorts {
  clock: Clock;
  tariffs: TariffBook;
  settings: CoreSettings & { currency: string };
}

/** What an event did to the session. */
export interface SessionChange {
  session: SessionRecord;
  /** Partners hear of it at once; otherwise it is progress and may wait (D2-081). */
  urgent: boolean;
  /** Absent before the session took anything. */
  energyWh?: number;
  cdr?: CdrRecord;
}

/** How the session stands after an event; undefined = there is none and there will be none yet. */
function statusOf(transaction: Transaction, settled: boolean, known: boolean): SessionStatus | undefined {
  // A start that never comes must not cost the session (D2-072).
  if (!transaction.startSeen && !settled) return undefined;
  if (settled) {
    if (transaction.activeAt !== undefined) return 'COMPLETED';
    return known ? 'INVALID' : undefined;
  }
  return transaction.activeAt === undefined ? 'PENDING' : 'ACTIVE';
}

/**
 * Brings the session of a transaction up to date in the plan (D2). `settled` = the transaction is over and complete:
 * the session reaches its final state and its CDR is made in the same commit (C4).
 */
export async function planSession(
  plan: Plan,
  station: StationAggregate,
  open: OpenTransaction,
  transaction: Transaction,
  settled: boolean,
  ports: SessionPorts,
): Promise<SessionChange | undefined> {
  const { clock, settings } = ports;
  const partnerId = transaction.grant?.partnerId;
  if (partnerId === undefined || transaction.grant?.cdrToken === undefined) return undefined;
  const status = statusOf(transaction, settled, open.session !== undefined);
  if (status === undefined) return undefined;
  const snapshot = open.session?.snapshot ?? (await takeSnapshot(plan, station, transaction, ports));
  if (!snapshot) return undefined;

  const now = clock.now();
  const before = open.session?.session;
  const lastUpdated = Math.max(now, before ? Date.parse(before.last_updated) + 1 : 0);
  const tariff = snapshot.tariffs[0];
  // D3-005
  const { meters, boot } = station.state;
  const meterId = meterOf(meters, transaction.evseId, 'serialNumber') ?? boot?.meterSerialNumber;
  const subject: SessionSubject = {
    // D2-001: recorded again, the session has the same id.
    id: before?.id ?? stableId(`${transaction.id}:session`),
    owner: { country_code: snapshot.location.country_code, party_id: snapshot.location.party_id },
    location: snapshot.location,
    currency: settings.currency,
    ...(tariff ? { tariff } : {}),
    ...(meterId === undefined ? {} : { meterId }),
    ...(snapshot.terms ? { terms: snapshot.terms } : {}),
  };
  const projected = projectSession(transaction, subject, status, lastUpdated);
  const { energyWh, facts } = projected;
  let { session } = projected;
  if (facts) noteOddity(plan.frames[0], ...facts.energyFlags);
  const outcome =
    status === 'COMPLETED' && facts
      ? sessionOutcome(transaction, facts, settings.zeroEnergyCdrAfterMs)
      : undefined;
  if (outcome === 'void') {
    // D3-010: a session nobody heard of stays unheard of.
    if (!before) return undefined;
    session = { ...session, status: 'INVALID' };
  }
  if (status === 'ACTIVE' && before) session = neverLess(session, before);
  const record: SessionRecord = {
    partnerId,
    stationId: station.station.id,
    transactionId: transaction.id,
    session,
    snapshot,
  };
  plan.sessions.push(record);
  const change: SessionChange = {
    session: record,
    urgent: isUrgent(before, session),
    ...(energyWh === undefined ? {} : { energyWh }),
  };
  plan.dirty.push({
    partnerId,
    kind: 'session',
    key: session.id,
    dueAt: now + settings.pushLingerMs,
    ...(change.urgent ? {} : { minIntervalMs: settings.sessionPushMinIntervalMs }),
  });
  if (outcome === 'billed' && facts) {
    const synthetic = transaction.flags.includes('SYNTHETIC_END');
    const releaseAt = now + (synthetic ? settings.orphanHoldMs : settings.cdrSettleMs);
    const completed = { partnerId, stationId: station.station.id, transaction, subject, session, facts };
    change.cdr = planCdr(plan, cdrIdOf(transaction.id, 0), completed, {
      now,
      releaseAt,
      doubtHoldMs: settings.doubtHoldMs,
    });
  }
  return change;
}

/** D2-038: what a running session took does not shrink; a register fault that is found later is left to its end. */
function neverLess(session: Session, before: Session): Session {
  if (Number(session.kwh) >= Number(before.kwh)) return session;
  const { total_cost: _, ...rest } = session;
  return { ...rest, kwh: before.kwh, ...(before.total_cost ? { total_cost: before.total_cost } : {}) };
}

/** D3-002: everything the price and the documents depend on, as it is when the session begins. */
export async function takeSnapshot(
  plan: Plan,
  station: StationAggregate,
  transaction: Transaction,
  { clock, tariffs, settings }: SessionPorts,
): Promise<SessionSnapshot | undefined> {
  const binding = transaction.evseId === undefined ? undefined : station.bindings.get(transaction.evseId);
  const location = binding && narrowLocation(binding.location, binding.evseUid, transaction.connectorId);
  if (!location) {
    if (transaction.evseId === undefined) return undefined;
    plan.attention.push({
      id: stableId(`${transaction.id}:unmapped`),
      kind: 'evse-not-mapped',
      subject: transaction.id,
      stationId: station.station.id,
      message: `EVSE ${transaction.evseId} of ${station.station.id} belongs to no location: its transactions reach no partner`,
      createdAt: clock.now(),
    });
    return undefined;
  }
  const tariffIds = location.evses[0]?.connectors[0]?.tariff_ids ?? [];
  const tariff = await tariffs.applicable(location, tariffIds, transaction.activeAt ?? transaction.startedAt);
  return snapshotOf(tariff ? namedFirst(location, tariff) : location, tariff, settings);
}

/** Only energy and cost moved: that is progress. Everything else a partner hears at once. */
function isUrgent(before: SessionRecord['session'] | undefined, after: SessionRecord['session']): boolean {
  if (!before) return true;
  return (
    before.status !== after.status ||
    before.charging_periods.length !== after.charging_periods.length ||
    before.auth_method !== after.auth_method ||
    before.authorization_reference !== after.authorization_reference ||
    before.start_date_time !== after.start_date_time
  );
}
