import { type MeterSample, normalizeMeterValue } from '../metering/normalize.js';
import { withSignedReadings } from '../metering/signed-reading.js';
import type { EpochMs } from '../roaming/common.js';
import type { Tariff } from '../roaming/tariff.js';
import type { ChargingState } from '../station/status.js';
import type { TransactionEvent } from '../station/transaction-event.js';
import { energyFlow } from './energy-flow.js';
import { copyOf } from './new-transaction.js';
import { withSamples, withSeqNo, withState } from './ordered.js';
import { shiftTimes, type TimeRepair } from './repair-times.js';
import type { Grant, StateReport, Transaction, TransactionFlag } from './transaction.js';

/** Facts about an event that are decided when it arrives and kept with it. */
export interface EventContext {
  /** A token was accepted with this event. */
  grant?: Grant;
  /** A token was refused with this event. */
  refused?: boolean;
  flags?: TransactionFlag[];
  /** It stopped, and its session goes on until the vehicle is gone (D2-005). */
  awaitsUnplug?: boolean;
  /** The vehicle is gone: the session ends with this event. */
  unplugged?: boolean;
  /** The event's times were repaired. */
  repair?: TimeRepair;
  /** A reservation of the partner that pays was used with this event (D5-044). */
  reservation?: NonNullable<Transaction['reservation']>;
  /** The driver chose another profile: from the event's time on this tariff applies (OCPI SE-36). */
  tariff?: Tariff;
}

const VEHICLE_PRESENT: ReadonlySet<ChargingState> = new Set([
  'EVConnected',
  'Charging',
  'SuspendedEV',
  'SuspendedEVSE',
]);

const PLUGGED_BY: ReadonlySet<string> = new Set(['CablePluggedIn', 'EVDetected']);

/**
 * Folds one event into a transaction. Fields are merged and never overwritten by absence (C-051). The order of arrival
 * does not matter: what has a time of its own is kept by it (D2-071). Costs the same for every event that comes in
 * its order, however long the transaction is, but for one copy of its lists.
 */
export function foldEvent(
  before: Transaction,
  event: TransactionEvent,
  context: EventContext = {},
): Transaction {
  const { repair } = context;
  const transaction = repair ? shiftTimes(before, repair.shiftMs) : before;
  const next = copyOf(transaction);
  next.events += 1;
  if (repair) {
    next.clock = repair.clock;
    next.timeErrorMs = repair.errorMs;
    next.flags = withFlag(next.flags, 'TIME_REPAIRED');
  }
  if (event.eventType === 'Started') {
    next.startSeen = true;
    next.startedAt = event.at;
    if (event.seqNo !== undefined) next.startSeqNo = event.seqNo;
  }
  if (event.eventType === 'Ended') {
    next.endedAt = event.at;
    next.stoppedReason = event.stoppedReason ?? 'Local';
    if (event.seqNo !== undefined) next.endSeqNo = event.seqNo;
    // D2-053: the charger's own end takes the place of one that was made for it.
    next.flags = next.flags.filter((flag) => flag !== 'SYNTHETIC_END');
  }
  if (context.awaitsUnplug) {
    next.awaitsUnplug = true;
    next.stoppedAt = event.at;
  }
  if (context.unplugged && next.endedAt !== undefined) {
    next.endedAt = Math.max(next.endedAt, event.at);
    next.awaitsUnplug = undefined;
  }
  // What is known stays.
  next.evseId ??= event.evseId;
  next.connectorId ??= event.connectorId;
  next.meterStartWh ??= event.meterStartWh;
  next.remoteStartId ??= event.remoteStartId;
  next.reservationId ??= event.reservationId;
  if (event.meterStopWh !== undefined) next.meterStopWh = event.meterStopWh;
  next.offline ||= event.offline;
  next.lastEventAt = Math.max(next.lastEventAt, event.at);
  next.heardAt = Math.max(next.heardAt, event.receivedAt);
  if (event.seqNo !== undefined) next.seqRanges = withSeqNo(transaction.seqRanges, event.seqNo);
  next.samples = withSamples(transaction.samples, samplesOf(event));
  if (event.chargingState !== undefined) next.states = withState(transaction.states, stateReport(event));
  const signedReadings = withSignedReadings(transaction.signedReadings, event.meterValues);
  if (signedReadings) next.signedReadings = signedReadings;
  for (const flag of context.flags ?? []) next.flags = withFlag(next.flags, flag);
  addToken(next, event);
  if (context.refused) next.refused = true;
  if (context.grant) addGrant(next, context.grant, event.at);
  if (context.reservation) next.reservation ??= context.reservation;
  if (context.tariff) {
    next.tariffChanges = [...(transaction.tariffChanges ?? []), { at: event.at, tariff: context.tariff }];
  }
  if (isConnected(event)) next.pluggedAt = Math.min(next.pluggedAt ?? event.at, event.at);
  next.flow = energyFlow(transaction, next);
  const connectedAt = earlier(next.pluggedAt, next.flow.flowedAt);
  if (connectedAt !== undefined) next.connectedAt = connectedAt;
  if (next.authorizedAt !== undefined && connectedAt !== undefined) {
    next.activeAt = Math.max(next.authorizedAt, connectedAt);
  }
  return next;
}

function samplesOf({ meterValues }: TransactionEvent): readonly MeterSample[] {
  const [only] = meterValues;
  if (only === undefined) return [];
  return meterValues.length === 1 ? normalizeMeterValue(only) : meterValues.flatMap(normalizeMeterValue);
}

function stateReport({ at, chargingState, seqNo }: TransactionEvent): StateReport {
  if (chargingState === undefined) throw new Error('the event reports no state');
  return { at, state: chargingState, ...(seqNo === undefined ? {} : { seqNo }) };
}

function earlier(a: EpochMs | undefined, b: EpochMs | undefined): EpochMs | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

/** C-051: the token that stops is not the one that started. */
function addToken(next: Transaction, { eventType, idToken, at }: TransactionEvent): void {
  if (idToken === undefined || eventType === 'Ended') return;
  if (next.idTokenAt !== undefined && next.idTokenAt <= at) return;
  next.idToken = idToken;
  next.idTokenAt = at;
}

/** D2-009: the starter's token stays; a later grant may still bring method and reference (D2-006, D2-007). */
function addGrant(next: Transaction, grant: Grant, at: EpochMs): void {
  const { grant: known, authorizedAt } = next;
  next.refused = false;
  if (known === undefined || authorizedAt === undefined) {
    next.grant = grant;
    next.authorizedAt = at;
  } else {
    // What the starter's own event tells may come late.
    next.grant = at < authorizedAt ? mergeGrant(grant, known, known) : mergeGrant(known, grant, known);
    next.authorizedAt = Math.min(at, authorizedAt);
  }
}

// D2-010
function isConnected(event: TransactionEvent): boolean {
  if (event.chargingState !== undefined && VEHICLE_PRESENT.has(event.chargingState)) return true;
  return event.triggerReason !== undefined && PLUGGED_BY.has(event.triggerReason);
}

/** Two grants of one transaction; where they are of two partners, what was told first counts. */
function mergeGrant(first: Grant, later: Grant, told: Grant): Grant {
  if (later.partnerId !== first.partnerId) return told;
  const sameToken = later.cdrToken?.uid === first.cdrToken?.uid;
  const { authorizationReference } = later;
  return {
    ...first,
    ...(sameToken ? { authMethod: later.authMethod } : {}),
    ...(authorizationReference === undefined ? {} : { authorizationReference }),
  };
}

export function withFlag(
  flags: readonly TransactionFlag[],
  flag: TransactionFlag,
): readonly TransactionFlag[] {
  return flags.includes(flag) ? flags : [...flags, flag];
}
