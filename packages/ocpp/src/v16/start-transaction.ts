import { createHash } from 'node:crypto';
import type { ReportedEvent } from '@roambridge/core';
import type { InboundCall, Route } from '../routing.js';
import { need, readInteger, readMoment, readRegister } from '../validation/read.js';
import type { WireObject } from '../wire.js';
import { readIdTag } from './id-tag.js';
import { idTagInfo } from './id-tag-info.js';
import { placeOf } from './place.js';

/** StartTransaction (B-005): always answered with an id of ours, also when the token is refused. */
export const startTransaction: Route = {
  messageClass: 'billing',
  repeatable: true,
  answer: (payload, call) => record(fromWire(payload, call), call),
  // A charger that gets no id repeats the message and then drops it. Its token is judged where it can be read.
  quarantine: (payload, call) => record(unusableStart(payload, call), call),
};

function unusableStart(payload: WireObject, call: InboundCall): ReportedEvent {
  const idToken = readIdTag(payload, call);
  const connectorId = readInteger(payload, 'connectorId', call) ?? 0;
  return {
    eventType: 'Started',
    ...(connectorId > 0 ? placeOf(call.edge.reading(call.stationId), connectorId) : {}),
    // Without a time of its own it must not pass for news: the same words again are the same start (D2-051).
    ...readMoment(payload, 'timestamp', call),
    receivedAt: call.receivedAt,
    offline: false,
    naturalKey: `unusable|${createHash('sha256').update(JSON.stringify(payload)).digest('hex')}`,
    ...(idToken === undefined ? {} : { idToken }),
    meterValues: [],
  };
}

async function record(event: ReportedEvent, call: InboundCall): Promise<WireObject> {
  const answer = await call.edge.recordTransactionEvent(call.stationId, event, call.frame);
  return {
    transactionId: Number(answer.ocppTransactionId),
    // Only a start whose token could not be read has no decision.
    idTagInfo: answer.authorization ? idTagInfo(answer.authorization) : { status: 'Invalid' },
  };
}

function fromWire(payload: WireObject, call: InboundCall): ReportedEvent {
  const connector = readInteger(payload, 'connectorId', call);
  const connectorId = need(
    connector !== undefined && connector > 0 ? connector : undefined,
    payload,
    'connectorId',
  );
  const meterStartWh = need(readRegister(payload, 'meterStart', call), payload, 'meterStart');
  const rawTimestamp = need(payload.timestamp ?? undefined, payload, 'timestamp');
  const idToken = readIdTag(payload, call);
  const reservationId = readInteger(payload, 'reservationId', call);
  return {
    eventType: 'Started',
    ...readMoment(payload, 'timestamp', call),
    receivedAt: call.receivedAt,
    offline: false,
    ...placeOf(call.edge.reading(call.stationId), connectorId),
    // D2-051: the time as text, since a repetition must match whatever repair made of it.
    naturalKey: `${connectorId}|${idToken?.idToken.toLowerCase() ?? ''}|${String(rawTimestamp)}|${meterStartWh}`,
    ...(idToken === undefined ? {} : { idToken }),
    ...(reservationId === undefined ? {} : { reservationId }),
    meterStartWh,
    meterValues: [],
  };
}
