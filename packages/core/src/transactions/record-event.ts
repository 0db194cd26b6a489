import { newTransaction, type TransactionEvent } from '@roambridge/domain';
import { decideToken, type TokenDecision } from '../authorization/decide.js';
import type { TokenBook } from '../authorization/tokens.js';
import type { Committer } from '../committer.js';
import type { ReportedEvent, StationTraits, TransactionAnswer } from '../edges/charger-edge.js';
import { randomUUID } from '../ids.js';
import type { FrameRecord } from '../model/journal.js';
import type { PartnerDirectory } from '../partners/directory.js';
import type { Clock } from '../ports/clock.js';
import type { Store } from '../ports/store.js';
import { type OpenTransaction, type StationAggregate, UNKNOWN_TRAITS } from '../stations/aggregate.js';
import { newPlan, type Plan } from '../stations/plan.js';
import { publishStatus, statusFacts } from '../stations/publish-status.js';
import type { TransactionFollowUp } from './follow-up.js';
import { type Identified, identify } from './identify.js';
import { type PlannedEvent, planEvent } from './plan-event.js';
import type { SessionPorts } from './plan-session.js';

export interface EventPorts extends SessionPorts {
  store: Store;
  committer: Committer;
  tokens: TokenBook;
  partners: PartnerDirectory;
  clock: Clock;
  nextTransactionId: () => Promise<number>;
  followUp: TransactionFollowUp;
}

/**
 * Records what a charger reports about a transaction. Resolves after the commit; runs inside the station's queue.
 * Nothing that a charger sends about a transaction is lost: what cannot be told apart is kept and shown (C3).
 */
export async function recordEvent(
  ports: EventPorts,
  station: StationAggregate,
  reported: ReportedEvent,
  frame: FrameRecord,
): Promise<TransactionAnswer> {
  const traits = station.connection?.traits ?? UNKNOWN_TRAITS;
  const found = await identify(ports.store, station, reported, traits);
  switch (found.kind) {
    case 'repeated':
    case 'late':
      return answerOnly(ports, station, reported, { ...frame, correlationId: found.transactionId }, found);
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
  const event = asEvent(reported, ocppTransactionId, traits);
  const decision = await decide(ports, station, event);
  const open = found.kind === 'open' ? found.open : newOpenTransaction(station, event, reported.naturalKey);
  frame.correlationId = open.transaction.id;

  const affected = new Set<number>();
  if (found.kind === 'new') await endOrphan(ports, plan, station, event, affected);
  const planned = await planEvent(plan, station, open, event, ports, {
    context: {
      // A token that stops a transaction pays for nothing (D2-009).
      ...(decision?.grant && event.eventType !== 'Ended' ? { grant: decision.grant } : {}),
      ...(decision && decision.answer.status !== 'Accepted' ? { refused: true } : {}),
      ...(found.kind === 'open' && found.flags.length > 0 ? { flags: found.flags } : {}),
    },
  });
  if (decision?.command && planned.transaction.grant?.commandId === decision.command.id) {
    linkCommand(plan, station, decision.command.id, planned.transaction.id);
  }
  if (planned.transaction.evseId !== undefined) affected.add(planned.transaction.evseId);
  planStatus(ports, plan, station, planned, affected);
  await ports.committer.commit(plan);
  ports.followUp.after(station, open, planned);
  return { ocppTransactionId, ...(decision ? { authorization: decision.answer } : {}) };
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
): Promise<TokenDecision | undefined> {
  if (!event.idToken) return undefined;
  return decideToken(ports.tokens, station, {
    idToken: event.idToken,
    at: ports.clock.now(),
    purpose: event.eventType === 'Ended' ? 'ask' : 'start',
    ...(event.evseId === undefined ? {} : { evseId: event.evseId }),
    ...(event.remoteStartId === undefined ? {} : { remoteStartId: event.remoteStartId }),
  });
}

function newOpenTransaction(
  station: StationAggregate,
  event: TransactionEvent,
  naturalKey: string | undefined,
): OpenTransaction {
  const identity = {
    id: randomUUID(),
    stationId: station.station.id,
    ocppTransactionId: event.ocppTransactionId,
    ...(naturalKey === undefined ? {} : { naturalKey }),
  };
  return { transaction: newTransaction(identity, event), seen: new Map(), projectedAt: 0 };
}

/** D2-052: a new start on a connector ends the transaction that never stopped there. */
async function endOrphan(
  ports: EventPorts,
  plan: Plan,
  station: StationAggregate,
  start: TransactionEvent,
  affected: Set<number>,
): Promise<void> {
  if (start.eventType !== 'Started' || start.evseId === undefined) return;
  for (const open of [...station.open.values()]) {
    const { transaction } = open;
    if (transaction.evseId !== start.evseId || transaction.endedAt !== undefined) continue;
    const connector = start.connectorId;
    if (
      connector !== undefined &&
      transaction.connectorId !== undefined &&
      transaction.connectorId !== connector
    )
      continue;
    await planEvent(
      plan,
      station,
      open,
      {
        eventType: 'Ended',
        ocppTransactionId: transaction.ocppTransactionId,
        at: Math.max(transaction.lastEventAt, start.at),
        receivedAt: ports.clock.now(),
        offline: false,
        triggerReason: 'AbnormalCondition',
        stoppedReason: 'Other',
        meterValues: [],
      },
      ports,
      { context: { flags: ['SYNTHETIC_END'] }, acceptGaps: true },
    );
    open.cancelProgress?.();
    open.cancelGapWait?.();
    affected.add(transaction.evseId);
  }
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
      if (!planned.settled && planned.transaction.evseId === evseId) return planned.transaction;
      for (const { transaction } of station.open.values()) {
        if (transaction.evseId === evseId && transaction.id !== planned.transaction.id) {
          // The orphan that this start ended is still in memory; it is over.
          return planned.transaction.evseId === evseId ? undefined : transaction;
        }
      }
      return undefined;
    },
  });
  publishStatus(plan, station, affected, facts, { ...ports, lingerMs: ports.settings.pushLingerMs });
}

/** A message that changes nothing: journaled, and answered as the first time. */
async function answerOnly(
  ports: EventPorts,
  station: StationAggregate,
  reported: ReportedEvent,
  frame: FrameRecord,
  found: { ocppTransactionId: string },
): Promise<TransactionAnswer> {
  const decision = await decide(ports, station, { ...reported, eventType: 'Ended', ocppTransactionId: '' });
  await ports.committer.commit(newPlan(station.station.id, frame));
  return {
    ocppTransactionId: found.ocppTransactionId,
    ...(decision ? { authorization: decision.answer } : {}),
  };
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
  const decision = await decide(ports, station, { ...reported, eventType: 'Ended', ocppTransactionId: '' });
  await ports.committer.commit(plan);
  return {
    ocppTransactionId: reported.ocppTransactionId ?? '',
    ...(decision ? { authorization: decision.answer } : {}),
  };
}
