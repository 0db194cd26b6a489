import { normalizeMeterValue } from '../metering/normalize.js';
import type { EpochMs } from '../roaming/common.js';
import type { ChargingState } from '../station/status.js';
import type { TransactionEvent } from '../station/transaction-event.js';
import type { Grant, Transaction, TransactionFlag } from './transaction.js';

/** Facts about an event that are decided when it arrives and kept with it. */
export interface EventContext {
  /** A token was accepted with this event. */
  grant?: Grant;
  /** A token was refused with this event. */
  refused?: boolean;
  flags?: TransactionFlag[];
}

const VEHICLE_PRESENT: ReadonlySet<ChargingState> = new Set([
  'EVConnected',
  'Charging',
  'SuspendedEV',
  'SuspendedEVSE',
]);

const PLUGGED_BY: ReadonlySet<string> = new Set(['CablePluggedIn', 'EVDetected']);

/** The empty transaction before its first event. */
export function newTransaction(
  identity: Pick<Transaction, 'id' | 'stationId' | 'ocppTransactionId'> & { naturalKey?: string },
  firstEvent: TransactionEvent,
): Transaction {
  return {
    ...identity,
    refused: false,
    startedAt: firstEvent.at,
    startSeen: false,
    samples: [],
    states: [],
    seqNos: [],
    offline: false,
    flags: [],
    lastEventAt: firstEvent.at,
    events: 0,
  };
}

/**
 * Folds one event into a transaction. Fields are merged and never overwritten by absence (C-051); the order of
 * arrival does not matter to samples and states, which are kept by their own times (D2-071).
 */
export function foldEvent(
  transaction: Transaction,
  event: TransactionEvent,
  context: EventContext = {},
): Transaction {
  const next: Transaction = { ...transaction, events: transaction.events + 1 };
  if (event.eventType === 'Started') {
    next.startSeen = true;
    next.startedAt = event.at;
    if (event.seqNo !== undefined) next.startSeqNo = event.seqNo;
  }
  if (event.eventType === 'Ended') {
    next.endedAt = event.at;
    next.stoppedReason = event.stoppedReason ?? 'Local';
    if (event.seqNo !== undefined) next.endSeqNo = event.seqNo;
  }
  Object.assign(next, firstKnown(transaction, event));
  if (event.meterStopWh !== undefined) next.meterStopWh = event.meterStopWh;
  next.offline ||= event.offline;
  next.lastEventAt = Math.max(next.lastEventAt, event.at);
  if (event.seqNo !== undefined) next.seqNos = insertNumber(transaction.seqNos, event.seqNo);
  if (event.meterValues.length > 0) {
    next.samples = [...transaction.samples, ...event.meterValues.flatMap(normalizeMeterValue)];
  }
  if (event.chargingState !== undefined) {
    next.states = insertState(transaction.states, { at: event.at, state: event.chargingState });
  }
  for (const flag of context.flags ?? []) next.flags = withFlag(next.flags, flag);
  if (context.refused) next.refused = true;
  if (context.grant) {
    next.refused = false;
    // D2-009: the starter's token stays; a later grant may still bring method and reference (D2-006, D2-007).
    next.grant = next.grant ? mergeGrant(next.grant, context.grant) : context.grant;
    next.authorizedAt ??= event.at;
  }
  if (isConnected(event)) next.connectedAt = Math.min(next.connectedAt ?? event.at, event.at);
  else if (next.connectedAt === undefined) {
    const flowedAt = energyFlowedAt(next);
    if (flowedAt !== undefined) next.connectedAt = flowedAt;
  }
  if (next.authorizedAt !== undefined && next.connectedAt !== undefined) {
    next.activeAt ??= Math.max(next.authorizedAt, next.connectedAt);
  }
  return next;
}

// D2-010
function isConnected(event: TransactionEvent): boolean {
  if (event.chargingState !== undefined && VEHICLE_PRESENT.has(event.chargingState)) return true;
  return event.triggerReason !== undefined && PLUGGED_BY.has(event.triggerReason);
}

/** When energy had flowed, by the registers: then a vehicle was there, whatever was reported (D2-010). */
function energyFlowedAt(transaction: Transaction): EpochMs | undefined {
  let lowest = transaction.meterStartWh;
  for (const { registerWh, at } of transaction.samples) {
    if (registerWh === undefined) continue;
    if (lowest !== undefined && registerWh > lowest) return at;
    lowest = registerWh;
  }
  return undefined;
}

function mergeGrant(first: Grant, later: Grant): Grant {
  if (later.partnerId !== first.partnerId) return first;
  return {
    ...first,
    ...(later.authorizationReference === undefined
      ? {}
      : { authorizationReference: later.authorizationReference }),
  };
}

function insertNumber(numbers: readonly number[], value: number): readonly number[] {
  const last = numbers.at(-1);
  if (last === undefined || value > last) return [...numbers, value];
  if (numbers.includes(value)) return numbers;
  return [...numbers, value].sort((a, b) => a - b);
}

type DatedState = { at: EpochMs; state: ChargingState };

function insertState(states: readonly DatedState[], added: DatedState): readonly DatedState[] {
  const last = states.at(-1);
  if (last === undefined || added.at >= last.at) {
    return last?.state === added.state ? states : [...states, added];
  }
  return [...states, added].sort((a, b) => a.at - b.at);
}

export function withFlag(
  flags: readonly TransactionFlag[],
  flag: TransactionFlag,
): readonly TransactionFlag[] {
  return flags.includes(flag) ? flags : [...flags, flag];
}

const TOLD_ONCE = [
  'evseId',
  'connectorId',
  'idToken',
  'meterStartWh',
  'remoteStartId',
  'reservationId',
] as const;

type ToldOnce = Pick<Transaction, (typeof TOLD_ONCE)[number]>;

/** The members that an event may bring once; what is known stays. */
function firstKnown(transaction: ToldOnce, event: ToldOnce): ToldOnce {
  const brought: Record<string, unknown> = {};
  for (const member of TOLD_ONCE) {
    if (transaction[member] === undefined && event[member] !== undefined) brought[member] = event[member];
  }
  return brought;
}
