import {
  type EventContext,
  merged,
  newTransaction,
  repairTimes,
  type Transaction,
  type TransactionEvent,
} from '@roambridge/domain';
import type { ReportedEvent, StationTraits, TransactionAnswer } from '../edges/charger-edge.js';
import type { FrameRecord } from '../model/journal.js';
import { planReservationUse, reservationFor, reservedFor } from '../reservations/use-reservation.js';
import { type OpenTransaction, type StationAggregate, UNKNOWN_TRAITS } from '../stations/aggregate.js';
import { planClock, QUEUE_UPLOAD_MS } from '../stations/clock-watch.js';
import { newPlan, type Plan, planHeard } from '../stations/plan.js';
import { publishStatus, statusFacts } from '../stations/publish-status.js';
import { decideToken, namesPayer } from './decide-token.js';
import type { EventPorts } from './event-ports.js';
import { type Identified, transactionIdOf } from './identify.js';
import { type PlannedEvent, planEvent } from './plan-event.js';
import { endReplaced } from './replaced.js';
import { staysPlugged } from './unplug.js';

/** By how much a charger's clock may be behind ours before its events count as old. */
const CLOCK_TOLERANCE_MS = 60_000;

/** Where an event comes from, and what is committed with it. */
export interface EventOrigin {
  /** The message that brings it now; absent for one that waited for its start (D2-057). */
  frame?: FrameRecord;
  /** Of the message that brought it earlier. */
  messageId?: string;
  /** Our id of a transaction that was only known by its end (D2-056). */
  transactionId?: string;
  also?: (plan: Plan, transaction: Transaction) => void;
}

/** Folds an event into its transaction, with all that follows from it. Resolves after the commit. */
export async function applyEvent(
  ports: EventPorts,
  station: StationAggregate,
  reported: ReportedEvent,
  found: Extract<Identified, { kind: 'open' | 'new' }>,
  origin: EventOrigin,
): Promise<TransactionAnswer> {
  const { frame, messageId, transactionId } = origin;
  const traits = station.connection?.traits ?? UNKNOWN_TRAITS;
  const plan = newPlan(station.station.id, frame);
  const ocppTransactionId =
    found.kind === 'open'
      ? found.open.transaction.ocppTransactionId
      : (reported.ocppTransactionId ?? String(await ports.nextTransactionId()));
  const known = found.kind === 'open' ? found.open : undefined;
  const reusedId = found.kind === 'new' ? found.id : undefined;
  const queued = isQueued(station, reported);
  const { event: repaired, repair } = repairTimes(
    asEvent(reported, ocppTransactionId, traits),
    known?.transaction,
    queued,
  );
  const stays = !queued && staysPlugged(station, repaired, known, { settings: ports.settings, traits });
  // D2-041: what stands there after the stop is parked.
  const event: TransactionEvent = stays ? { chargingState: 'SuspendedEV', ...repaired } : repaired;
  // What waited for its start is no news of now.
  if (frame) planClock(plan, station, reported, reported.rawAt ?? reported.at);
  const reservation = reservationFor(station, event, known?.transaction);
  const decision = namesPayer(event) ? await decideToken(ports, station, event, known) : undefined;
  const open = known ?? newOpenTransaction(station, event, reported.naturalKey, transactionId ?? reusedId);
  if (reservation?.partner?.session && reservation.partnerId === decision?.grant?.partnerId) {
    // D5-044: the session that the partner knows from the reservation goes on.
    open.session ??= reservation.partner.session;
  }
  if (frame) frame.correlationId = open.transaction.id;
  const reserved = reservedFor(ports, reservation, decision?.grant ?? known?.transaction.grant);

  // What is known to have ended ends nothing that began after it, and occupies nothing.
  const endedBefore = transactionId !== undefined;
  const affected = new Set<number>();
  if (found.kind === 'new') {
    await endReplaced(ports, plan, station, event, { affected, endedBefore });
  }
  const context: EventContext = {};
  // A token that stops a transaction pays for nothing (D2-009).
  if (decision?.grant && event.eventType !== 'Ended') context.grant = decision.grant;
  if (decision && decision.answer.status !== 'Accepted') context.refused = true;
  if (found.kind === 'open' && found.flags.length > 0) context.flags = found.flags;
  if (repair) context.repair = repair;
  if (stays) context.awaitsUnplug = true;
  if (reserved) context.reservation = reserved;
  const options = messageId === undefined ? { context } : { context, messageId };
  const planning = planEvent(plan, station, open, event, ports, options);
  const planned = planning instanceof Promise ? await planning : planning;
  if (decision?.command && planned.transaction.grant?.commandId === decision.command.id) {
    linkCommand(plan, station, decision.command.id, planned.transaction.id);
  }
  const { transaction, session } = planned;
  const sessionId = (session?.session ?? open.session)?.session.id;
  planReservationUse(ports, plan, station, event, { transaction, sessionId }, ports.clock.now());
  if (planned.transaction.evseId !== undefined) {
    affected.add(planned.transaction.evseId);
    if (isNewsOfNow(station, event)) planHeard(plan, station, planned.transaction.evseId);
  }
  const tellsOfNow = !endedBefore && (frame !== undefined || event.eventType === 'Ended');
  const isNews = planned.milestone || plan.heard.size > 0 || plan.reservations.length > 0;
  if (tellsOfNow && isNews) planStatus(ports, plan, station, planned, affected);
  origin.also?.(plan, planned.transaction);
  await ports.committer.commit(plan);
  ports.followUp.after(station, open, planned);
  if (found.kind === 'new') ports.orphans.look(station);
  if (!planned.settled) ports.shownCost.running(station, open);
  const totalCost = planned.settled ? await ports.shownCost.final(station, transaction) : undefined;
  return {
    ocppTransactionId,
    ...(decision && event.idToken ? { authorization: decision.answer } : {}),
    ...(totalCost === undefined ? {} : { totalCost }),
  };
}

/** What a charger kept while it was away tells nothing about now. */
function isNewsOfNow(station: StationAggregate, event: TransactionEvent): boolean {
  return !event.offline && event.at >= (station.connection?.since ?? 0) - CLOCK_TOLERANCE_MS;
}

function isQueued({ connection }: StationAggregate, { offline, receivedAt }: ReportedEvent): boolean {
  return offline || (connection !== undefined && receivedAt - connection.since < QUEUE_UPLOAD_MS);
}

function asEvent(
  reported: ReportedEvent,
  ocppTransactionId: string,
  traits: StationTraits,
): TransactionEvent {
  // Most events name their transaction, and tell all that there is to tell.
  if (reported.naturalKey === undefined && namesIt(reported, ocppTransactionId, traits)) return reported;
  const { naturalKey: _, ...event } = reported;
  // D2 table: where the charger asks us for the id, the vehicle is there when the transaction starts.
  const plugged =
    traits.csmsGivesTransactionIds && event.eventType === 'Started' && event.chargingState === undefined;
  return merged(event, plugged ? { ocppTransactionId, chargingState: 'EVConnected' } : { ocppTransactionId });
}

function namesIt(
  reported: ReportedEvent,
  ocppTransactionId: string,
  { csmsGivesTransactionIds }: StationTraits,
): reported is ReportedEvent & { ocppTransactionId: string } {
  return (
    reported.ocppTransactionId === ocppTransactionId &&
    (reported.eventType !== 'Started' || !csmsGivesTransactionIds)
  );
}

function newOpenTransaction(
  station: StationAggregate,
  event: TransactionEvent,
  naturalKey: string | undefined,
  transactionId: string | undefined,
): OpenTransaction {
  const key = naturalKey === undefined ? {} : { naturalKey };
  const identity = {
    id: transactionId ?? transactionIdOf(station.station.id, merged(event, key)),
    stationId: station.station.id,
    ocppTransactionId: event.ocppTransactionId,
    ...key,
  };
  return { transaction: newTransaction(identity, event), seen: new Set(), projectedAt: 0 };
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
