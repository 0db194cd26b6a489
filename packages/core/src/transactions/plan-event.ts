import {
  chargingState,
  type EpochMs,
  type EventContext,
  foldEvent,
  isComplete,
  sessionEnergy,
  type Transaction,
  type TransactionEvent,
} from '@roambridge/domain';
import type { TransactionEventRecord, TransactionRecord } from '../model/transaction.js';
import { applySignedData } from '../signed-data/apply-signed-data.js';
import { meterTraits } from '../signed-data/check-readings.js';
import { noteSeen, type OpenTransaction, type StationAggregate } from '../stations/aggregate.js';
import type { Plan } from '../stations/plan.js';
import { noteOddity } from './note-oddities.js';
import { planSession, type SessionChange, type SessionPorts } from './plan-session.js';

/** What an event made of a transaction, before the commit. */
export interface PlannedEvent {
  transaction: Transaction;
  /** Over and complete: it leaves the aggregate. */
  settled: boolean;
  /** Ended, but events are missing (D2-072). */
  waitsForGap: boolean;
  /** Something that others hear of at once may have changed: all that is no mere progress. */
  milestone: boolean;
  session?: SessionChange;
}

/** At once where no session is told, which most events do not do. */
export type Planned = PlannedEvent | Promise<PlannedEvent>;

export interface EventOptions {
  context?: EventContext;
  /** Take the transaction as complete although events are missing. */
  acceptGaps?: boolean;
  /** Of the message that brought the event, where it is not the plan's own. */
  messageId?: string;
}

/**
 * Folds one event into a transaction and plans all that follows from it: the event's row, the transaction's, the
 * session's and, at its end, the CDR's. A pure progress event shortly after another one writes only its own row.
 */
export function planEvent(
  plan: Plan,
  station: StationAggregate,
  open: OpenTransaction,
  event: TransactionEvent,
  ports: SessionPorts,
  options: EventOptions = {},
): Planned {
  const before = open.transaction;
  const transaction = foldEvent(before, event, options.context);
  for (let index = before.samples.length; index < transaction.samples.length; index += 1) {
    noteOddity(plan.frames[0], ...(transaction.samples[index]?.anomalies ?? []));
  }
  const messageId = options.messageId ?? plan.frames[0]?.messageId ?? undefined;
  const record: TransactionEventRecord = {
    transactionId: transaction.id,
    stationId: transaction.stationId,
    ordinal: before.events,
    event,
  };
  if (messageId !== undefined) record.messageId = messageId;
  if (options.context && Object.keys(options.context).length > 0) record.context = { ...options.context };
  plan.transactionEvents.push(record);
  plan.afterCommit.push(() => {
    noteSeen(open.seen, event);
  });
  return planTransaction(plan, station, open, transaction, ports, options.acceptGaps ?? false);
}

/** Plans what follows from the state of a transaction, without a new event. */
export function planTransaction(
  plan: Plan,
  station: StationAggregate,
  open: OpenTransaction,
  told: Transaction,
  ports: SessionPorts,
  acceptGaps: boolean,
): Planned {
  const now = ports.clock.now();
  const ended = told.endedAt !== undefined && !told.awaitsUnplug;
  const settled = ended && (isComplete(told) || acceptGaps);
  const transaction = settled
    ? applySignedData(told, meterTraits(station.station, station.state), ports.settings)
    : told;
  const isFirst = open.transaction.events === 0;
  const milestone = isFirst || settled || isMilestone(open.transaction, transaction);
  const planned: PlannedEvent = { transaction, settled, waitsForGap: ended && !settled, milestone };
  // While events are missing, partners keep what they know: the final state comes once (D2-072).
  const tellable = settled || (!ended && (milestone || isProgressDue(open, now, ports)));
  if (!tellable) {
    finish();
    return planned;
  }
  return planSession(plan, station, open, transaction, settled, ports).then((session) => {
    if (session) planned.session = session;
    finish();
    return planned;
  });

  function finish(): void {
    planMemory(plan, station, open, planned, now);
  }
}

/** Plans the transaction's row, and what of it is kept in memory. */
function planMemory(
  plan: Plan,
  station: StationAggregate,
  open: OpenTransaction,
  planned: PlannedEvent,
  now: EpochMs,
): void {
  const { transaction, settled, milestone } = planned;
  const record = milestone
    ? toRecord(transaction, !settled, open.session?.session.id, planned.session)
    : undefined;
  if (record) plan.transactions.push(record);
  plan.afterCommit.push(() => {
    open.transaction = transaction;
    station.newestStartAt = Math.max(station.newestStartAt, transaction.startedAt);
    if (planned.session) {
      open.session = planned.session.session;
      open.projectedAt = now;
    }
    if (settled) {
      // A charger may have begun another transaction with the same id (R6).
      if (station.open.get(transaction.ocppTransactionId) === open) {
        station.open.delete(transaction.ocppTransactionId);
      }
      if (record) rememberSettled(station, record);
    } else {
      station.open.set(transaction.ocppTransactionId, open);
    }
  });
}

/** Settled transactions remembered per station. */
const REMEMBERED = 32;

export function rememberSettled(station: StationAggregate, record: TransactionRecord): void {
  station.settled.delete(record.ocppTransactionId);
  station.settled.set(record.ocppTransactionId, record);
  const oldest = station.settled.size > REMEMBERED ? station.settled.keys().next().value : undefined;
  if (oldest !== undefined) station.settled.delete(oldest);
}

/** Something that partners hear of at once may have changed. */
function isMilestone(before: Transaction, after: Transaction): boolean {
  return (
    before.startSeen !== after.startSeen ||
    before.activeAt !== after.activeAt ||
    before.grant !== after.grant ||
    before.tariffChanges !== after.tariffChanges ||
    chargingState(before) !== chargingState(after) ||
    before.endedAt !== after.endedAt ||
    before.awaitsUnplug !== after.awaitsUnplug ||
    before.evseId !== after.evseId ||
    before.idToken !== after.idToken
  );
}

// D2-081
function isProgressDue(open: OpenTransaction, now: number, { settings }: SessionPorts): boolean {
  return open.session !== undefined && now - open.projectedAt >= settings.sessionPushMinIntervalMs;
}

/** The transaction's row; with the session that was just brought up to date, whose energy it has (D2-048). */
export function toRecord(
  transaction: Transaction,
  open: boolean,
  knownSessionId: string | undefined,
  change?: SessionChange,
): TransactionRecord {
  const sessionId = change?.session.session.id ?? knownSessionId;
  return {
    id: transaction.id,
    stationId: transaction.stationId,
    ocppTransactionId: transaction.ocppTransactionId,
    startedAt: transaction.startedAt,
    energyWh: change?.energyWh ?? energyWh(transaction),
    open,
    flags: [...transaction.flags],
    ...(transaction.naturalKey === undefined ? {} : { naturalKey: transaction.naturalKey }),
    ...(transaction.evseId === undefined ? {} : { evseId: transaction.evseId }),
    ...(transaction.connectorId === undefined ? {} : { connectorId: transaction.connectorId }),
    ...(transaction.idToken === undefined ? {} : { idToken: transaction.idToken }),
    ...(transaction.endedAt === undefined ? {} : { stoppedAt: transaction.endedAt }),
    ...(transaction.stoppedReason === undefined ? {} : { stopReason: transaction.stoppedReason }),
    ...(sessionId === undefined ? {} : { sessionId }),
  };
}

/** Energy of the charger's record so far, Wh. */
export function energyWh(transaction: Transaction): number {
  return sessionEnergy({
    samples: transaction.samples,
    startedAt: transaction.startedAt,
    ...(transaction.meterStartWh === undefined ? {} : { startWh: transaction.meterStartWh }),
    ...(transaction.meterStopWh === undefined ? {} : { stopWh: transaction.meterStopWh }),
    ...(transaction.endedAt === undefined ? {} : { endedAt: transaction.endedAt }),
  }).energyWh;
}
