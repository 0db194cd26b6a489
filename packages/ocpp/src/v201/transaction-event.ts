import type { ReportedEvent } from '@roambridge/core';
import type { ChargingState } from '@roambridge/domain';
import type { InboundCall, Route } from '../routing.js';
import { need, readInteger, readMoment, readObject, readText, readWord } from '../validation/read.js';
import { isWireObject, type WireObject } from '../wire.js';
import { readIdToken } from './id-token.js';
import { idTokenInfo } from './id-token-info.js';
import { readMeterValues } from './meter-value.js';

const EVENT_TYPES = ['Started', 'Updated', 'Ended'] as const;

const CHARGING_STATES = Object.keys({
  Charging: true,
  EVConnected: true,
  SuspendedEV: true,
  SuspendedEVSE: true,
  Idle: true,
} satisfies Record<ChargingState, true>) as ChargingState[];

/** An answer to a token must tell what to do with it (C-053); one that could not be read is not accepted. */
const UNREADABLE_TOKEN = { idTokenInfo: { status: 'Invalid' } } as const;

/** TransactionEvent (C-050 .. C-057). */
export const transactionEvent: Route = {
  messageClass: 'billing',
  repeatable: true,
  // I03.FR.02: the end tells the cost, where the charger shows it.
  answersEmpty: (payload, showsCost) =>
    !isWireObject(payload) ||
    (payload.idToken === undefined && !(payload.eventType === 'Ended' && showsCost())),
  async answer(payload, call) {
    const event = fromWire(payload, call);
    const { authorization, totalCost } = await call.edge.recordTransactionEvent(
      call.stationId,
      event,
      call.frame,
    );
    const cost = totalCost === undefined ? {} : { totalCost };
    if (!isWireObject(payload.idToken)) return cost;
    return {
      ...cost,
      ...(authorization ? { idTokenInfo: idTokenInfo(authorization) } : UNREADABLE_TOKEN),
    };
  },
  async quarantine(payload, call) {
    await call.edge.journal(call.frame);
    return isWireObject(payload.idToken) ? UNREADABLE_TOKEN : {};
  },
};

function fromWire(payload: WireObject, call: InboundCall): ReportedEvent {
  const eventType = need(readWord(payload, 'eventType', EVENT_TYPES, call), payload, 'eventType', 'value');
  const info = need(readObject(payload, 'transactionInfo', call), payload, 'transactionInfo');
  const ocppTransactionId = need(readText(info, 'transactionId', call), info, 'transactionId');
  const { at, rawAt } = readMoment(payload, 'timestamp', call);
  const event: ReportedEvent = {
    eventType,
    ocppTransactionId,
    at,
    receivedAt: call.receivedAt,
    offline: payload.offline === true,
    meterValues: readMeterValues(payload, call) ?? [],
  };
  if (rawAt !== undefined) event.rawAt = rawAt;
  const triggerReason = readText(payload, 'triggerReason', call);
  if (triggerReason !== undefined) event.triggerReason = triggerReason;
  const stoppedReason = readText(info, 'stoppedReason', call);
  if (stoppedReason !== undefined) event.stoppedReason = stoppedReason;
  const seqNo = readInteger(payload, 'seqNo', call);
  if (seqNo !== undefined) event.seqNo = seqNo;
  if (eventType === 'Ended') event.stoppedReason ??= 'Local'; // C-056
  const chargingState = readWord(info, 'chargingState', CHARGING_STATES, call);
  if (chargingState !== undefined) event.chargingState = chargingState;
  const remoteStartId = readInteger(info, 'remoteStartId', call);
  if (remoteStartId !== undefined) event.remoteStartId = remoteStartId;
  const reservationId = readInteger(payload, 'reservationId', call);
  if (reservationId !== undefined) event.reservationId = reservationId;
  const idToken = readIdToken(payload, call);
  if (idToken !== undefined) event.idToken = idToken;
  addEvse(event, payload, call);
  return event;
}

// C-051: told once; C-001: numbers start at 1.
function addEvse(event: ReportedEvent, payload: WireObject, call: InboundCall): void {
  const evse = readObject(payload, 'evse', call);
  if (evse === undefined) return;
  const evseId = readInteger(evse, 'id', call);
  if (evseId !== undefined && evseId > 0) event.evseId = evseId;
  const connectorId = readInteger(evse, 'connectorId', call);
  if (connectorId !== undefined && connectorId > 0) event.connectorId = connectorId;
}
