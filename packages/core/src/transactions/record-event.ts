import {
  type EventContext,
  newTransaction,
  repairTimes,
  type Transaction,
  type TransactionEvent,
  withFlag,
} from '@roambridge/domain';
import type { Authorizer } from '../authorization/authorizer.js';
import type { TokenDecision } from '../authorization/decision.js';
import { questionOf } from '../authorization/event-question.js';
import type { Committer } from '../committer.js';
import type { ReportedEvent, StationTraits, TransactionAnswer } from '../edges/charger-edge.js';
import type { Feed } from '../feed.js';
import { randomUUID, stableId } from '../ids.js';
import type { FrameRecord } from '../model/journal.js';
import type { TransactionRecord } from '../model/transaction.js';
import type { PartnerDirectory } from '../partners/directory.js';
import type { Clock } from '../ports/clock.js';
import type { Store } from '../ports/store.js';
import { planReservationUse, reservationFor } from '../reservations/plan-reservation.js';
import { isProvisional, type LateFactPorts, planAttention, planLateFact } from '../settlement/late-facts.js';
import { type OpenTransaction, type StationAggregate, UNKNOWN_TRAITS } from '../stations/aggregate.js';
import { newPlan, type Plan, planHeard } from '../stations/plan.js';
import { publishStatus, type StatusPorts, statusFacts } from '../stations/publish-status.js';
import { correctEvent } from '../stations/station-quirks.js';
import type { StatusWatch } from '../stations/status-watch.js';
import type { TransactionFollowUp } from './follow-up.js';
import { type Identified, identify } from './identify.js';
import type { OrphanWatch } from './orphan-watch.js';
import { type PlannedEvent, planEvent, planTransaction } from './plan-event.js';
import type { SessionPorts } from './plan-session.js';
import { syntheticEnd } from './synthetic-end.js';

/** By how much a charger's clock may be behind ours before its events count as old. */
const CLOCK_TOLERANCE_MS = 60_000;

export interface EventPorts extends SessionPorts, LateFactPorts, Omit<StatusPorts, 'settings'> {
  statusWatch: StatusWatch;
  store: Store;
  feed: Feed;
  settings: SessionPorts['settings'];
  committer: Committer;
  authorizer: Authorizer;
  partners: PartnerDirectory;
  clock: Clock;
  nextTransactionId: () => Promise<number>;
  followUp: TransactionFollowUp;
  orphans: OrphanWatch;
}

/**
 * Records what a charger reports about a transaction. Resolves after the commit; runs inside the station's queue.
 * Nothing that a charger sends about a transaction is lost: what cannot be told apart is kept and shown (C3).
 */
export async function recordEvent(
  ports: EventPorts,
  station: StationAggregate,
  asReported: ReportedEvent,
  frame: FrameRecord,
): Promise<TransactionAnswer> {
  const reported = correctEvent(station.station, asReported);
  const traits = station.connection?.traits ?? UNKNOWN_TRAITS;
  // A time that had to be repaired is ours, and tells nothing about when the charger first reported.
  const trustedTime = !frame.anomalies.some((anomaly) => anomaly.startsWith('TIME_'));
  const found = await identify(ports.store, station, reported, traits, trustedTime);
  switch (found.kind) {
    case 'repeated':
      frame.correlationId = found.transactionId;
      return answerOnly(
        ports,
        station,
        reported,
        newPlan(station.station.id, frame),
        found.ocppTransactionId,
      );
    case 'late':
      return recordLate(ports, station, reported, frame, found.record);
    case 'unassignable':
      return quarantine(ports, station, reported, frame, found.reason);
    case 'open':
    case 'new':
      return apply(ports, station, reported, frame, traits, found);
  }
}

async function apply(
  ports: EventPorts,
  station: StationAggregate,
  reported: ReportedEvent,
  frame: FrameRecord,
  traits: StationTraits,
  found: Extract<Identified, { kind: 'open' | 'new' }>,
): Promise<TransactionAnswer> {
  const plan = newPlan(station.station.id, frame);
  const ocppTransactionId =
    found.kind === 'open'
      ? found.open.transaction.ocppTransactionId
      : (reported.ocppTransactionId ?? String(await ports.nextTransactionId()));
  const known = found.kind === 'open' ? found.open : undefined;
  const { event, repair } = repairTimes(
    asEvent(reported, ocppTransactionId, traits),
    known?.transaction,
    isQueued(station, reported),
  );
  const reservation = reservationFor(station, event, known?.transaction);
  const decision = await decide(ports, station, event, known);
  const open = known ?? newOpenTransaction(station, event, reported.naturalKey);
  if (reservation?.partner?.session && reservation.partnerId === decision?.grant?.partnerId) {
    // D5-044: the session that the partner knows from the reservation goes on.
    open.session ??= reservation.partner.session;
  }
  frame.correlationId = open.transaction.id;

  const affected = new Set<number>();
  if (found.kind === 'new') await endOrphans(ports, plan, station, event, affected);
  const planned = await planEvent(plan, station, open, event, ports, {
    context: {
      // A token that stops a transaction pays for nothing (D2-009).
      ...(decision?.grant && event.eventType !== 'Ended' ? { grant: decision.grant } : {}),
      ...(decision && decision.answer.status !== 'Accepted' ? { refused: true } : {}),
      ...(found.kind === 'open' && found.flags.length > 0 ? { flags: found.flags } : {}),
      ...(repair ? { repair } : {}),
    },
  });
  if (decision?.command && planned.transaction.grant?.commandId === decision.command.id) {
    linkCommand(plan, station, decision.command.id, planned.transaction.id);
  }
  planReservationUse(plan, station, event, planned.transaction, ports.clock.now());
  if (planned.transaction.evseId !== undefined) {
    affected.add(planned.transaction.evseId);
    if (isNewsOfNow(station, event)) planHeard(plan, station, planned.transaction.evseId);
  }
  planStatus(ports, plan, station, planned, affected);
  await ports.committer.commit(plan);
  ports.followUp.after(station, open, planned);
  if (found.kind === 'new') ports.orphans.look(station);
  return { ocppTransactionId, ...(decision && event.idToken ? { authorization: decision.answer } : {}) };
}

/** What a charger kept while it was away tells nothing about now. */
function isNewsOfNow(station: StationAggregate, event: TransactionEvent): boolean {
  return !event.offline && event.at >= (station.connection?.since ?? 0) - CLOCK_TOLERANCE_MS;
}

/** Messages of a charger that was away come in the first minute after its return, and need not say so. */
const QUEUE_UPLOAD_MS = 60_000;

function isQueued({ connection }: StationAggregate, { offline, receivedAt }: ReportedEvent): boolean {
  return offline || (connection !== undefined && receivedAt - connection.since < QUEUE_UPLOAD_MS);
}

function asEvent(
  reported: ReportedEvent,
  ocppTransactionId: string,
  traits: StationTraits,
): TransactionEvent {
  const { naturalKey: _, ...event } = reported;
  // D2 table: where the charger asks us for the id, the vehicle is there when the transaction starts.
  const plugged =
    traits.csmsGivesTransactionIds && event.eventType === 'Started' && event.chargingState === undefined;
  return { ...event, ocppTransactionId, ...(plugged ? { chargingState: 'EVConnected' } : {}) };
}

async function decide(
  ports: EventPorts,
  station: StationAggregate,
  event: TransactionEvent,
  open?: OpenTransaction,
): Promise<TokenDecision | undefined> {
  if (!event.idToken) {
    // D5-015: the charger names the command and no token; the command's token pays.
    return event.remoteStartId === undefined
      ? undefined
      : ports.authorizer.byCommand(station, event.remoteStartId);
  }
  return ports.authorizer.decide(
    station,
    questionOf({ ...event, idToken: event.idToken }, open?.transaction, ports.clock.now()),
  );
}

function newOpenTransaction(
  station: StationAggregate,
  event: TransactionEvent,
  naturalKey: string | undefined,
): OpenTransaction {
  const identity = {
    // C4: the same charge has the same ids when it is recorded again, after a restore for example.
    id: stableId(`${station.station.id}\0${naturalKey ?? `${event.ocppTransactionId}\0${event.at}`}`),
    stationId: station.station.id,
    ocppTransactionId: event.ocppTransactionId,
    ...(naturalKey === undefined ? {} : { naturalKey }),
  };
  return { transaction: newTransaction(identity, event), seen: new Set(), projectedAt: 0 };
}

/**
 * D2-052: a new start on a connector, or with the same id, ends the transaction that never stopped there. Its end is
 * its last evidence (D3-042): what nobody saw is not billed.
 */
async function endOrphans(
  ports: EventPorts,
  plan: Plan,
  station: StationAggregate,
  start: TransactionEvent,
  affected: Set<number>,
): Promise<void> {
  if (start.eventType !== 'Started') return;
  for (const open of [...station.open.values()]) {
    const { transaction } = open;
    const sameId = transaction.ocppTransactionId === start.ocppTransactionId;
    if (!sameId && (transaction.endedAt !== undefined || !isReplaced(transaction, start))) continue;
    if (transaction.endedAt === undefined) {
      const context: EventContext = { flags: ['SYNTHETIC_END'] };
      const end = syntheticEnd(transaction, ports.clock.now());
      await planEvent(plan, station, open, end, ports, { context, acceptGaps: true });
    } else {
      const incomplete: Transaction = { ...transaction, flags: withFlag(transaction.flags, 'GAPS') };
      await planTransaction(plan, station, open, incomplete, ports, true);
    }
    open.cancelProgress?.();
    open.cancelGapWait?.();
    open.cancelOrphan?.();
    if (transaction.evseId !== undefined) affected.add(transaction.evseId);
  }
}

function isReplaced(transaction: Transaction, start: TransactionEvent): boolean {
  if (start.evseId === undefined || transaction.evseId !== start.evseId) return false;
  const { connectorId } = transaction;
  return connectorId === undefined || start.connectorId === undefined || connectorId === start.connectorId;
}

function linkCommand(plan: Plan, station: StationAggregate, commandId: string, transactionId: string): void {
  const command = station.commands.find((candidate) => candidate.id === commandId);
  if (!command || command.transactionId !== undefined) return;
  const linked = { ...command, transactionId };
  plan.commands.push(linked);
  plan.afterCommit.push(() => {
    command.transactionId = transactionId;
  });
}

function planStatus(
  ports: EventPorts,
  plan: Plan,
  station: StationAggregate,
  planned: PlannedEvent,
  affected: Set<number>,
): void {
  const facts = statusFacts(station, {
    transactionOn(evseId) {
      const { transaction: own } = planned;
      if (own.endedAt === undefined && own.evseId === evseId) return own;
      for (const { transaction } of station.open.values()) {
        if (transaction.endedAt === undefined && transaction.evseId === evseId && transaction.id !== own.id) {
          // The orphan that this start ended is still in memory; it is over.
          return own.startSeen && own.evseId === evseId ? undefined : transaction;
        }
      }
      return undefined;
    },
  });
  publishStatus(plan, station, affected, facts, ports);
}

/** A message that changes nothing: journaled, and answered as the first time. */
async function answerOnly(
  ports: EventPorts,
  station: StationAggregate,
  reported: ReportedEvent,
  plan: Plan,
  ocppTransactionId: string,
): Promise<TransactionAnswer> {
  const decision = await decide(ports, station, { ...reported, eventType: 'Ended', ocppTransactionId });
  await ports.committer.commit(plan);
  return { ocppTransactionId, ...(decision && reported.idToken ? { authorization: decision.answer } : {}) };
}

/** What comes after the end changes no bill, unless that end was made up; another end is shown (D2-053). */
async function recordLate(
  ports: EventPorts,
  station: StationAggregate,
  reported: ReportedEvent,
  frame: FrameRecord,
  record: TransactionRecord,
): Promise<TransactionAnswer> {
  frame.correlationId = record.id;
  const plan = newPlan(station.station.id, frame);
  if (isProvisional(record)) {
    const event: TransactionEvent = { ...reported, ocppTransactionId: record.ocppTransactionId };
    await planLateFact(ports, plan, station, record, event);
  } else if (reported.eventType === 'Ended' && record.stoppedAt !== reported.at) {
    planAttention(plan, station, record, reported.at, ports.clock.now());
  }
  const answer = await answerOnly(ports, station, reported, plan, record.ocppTransactionId);
  for (const cdr of plan.cdrs) ports.feed.publish('cdr', cdr, station.station.id);
  return answer;
}

async function quarantine(
  ports: EventPorts,
  station: StationAggregate,
  reported: ReportedEvent,
  frame: FrameRecord,
  reason: string,
): Promise<TransactionAnswer> {
  const plan = newPlan(station.station.id, {
    ...frame,
    verdict: reported.eventType === 'Ended' ? 'quarantined' : frame.verdict,
    anomalies: [...frame.anomalies, `UNASSIGNABLE: ${reason}`],
  });
  if (reported.eventType === 'Ended') {
    plan.attention.push({
      id: randomUUID(),
      kind: 'transaction-end-unassignable',
      subject: station.station.id,
      stationId: station.station.id,
      message: `${station.station.id} ended a transaction that nobody knows: ${reason}`,
      createdAt: ports.clock.now(),
    });
  }
  return answerOnly(ports, station, reported, plan, reported.ocppTransactionId ?? '');
}
