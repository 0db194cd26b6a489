import type { ReportedEvent } from '@roambridge/core';
import { always, type Route } from '../routing.js';
import { need, readInteger } from '../validation/read.js';
import { readMeterValues } from './meter-value.js';
import { placeOf } from './place.js';

/**
 * MeterValues (B-007): an update of the transaction, which core finds out by connector where the id is missing or
 * wrong (D2-055). Connector 0 is the main meter: telemetry, never a session's energy.
 */
export const meterValues: Route = {
  messageClass: 'billing',
  repeatable: true,
  answersEmpty: always,
  async answer(payload, call) {
    const { edge, stationId, receivedAt, frame } = call;
    const connectorId = readInteger(payload, 'connectorId', call);
    const transactionId = readInteger(payload, 'transactionId', call);
    // Either of them tells where the values belong.
    if (transactionId === undefined) need(connectorId, payload, 'connectorId');
    const values = need(readMeterValues(payload, 'meterValue', call), payload, 'meterValue');
    const last = values.at(-1);
    if (last === undefined) {
      await edge.journal(frame);
      return {};
    }
    const { at, rawAt } = last;
    if (connectorId === 0) {
      await edge.recordTelemetry(stationId, { at, evseId: 0, meterValues: values }, frame);
      return {};
    }
    const event: ReportedEvent = {
      eventType: 'Updated',
      at,
      receivedAt,
      offline: false,
      meterValues: values,
    };
    if (transactionId !== undefined) event.ocppTransactionId = String(transactionId);
    if (rawAt !== undefined) event.rawAt = rawAt;
    if (connectorId !== undefined && connectorId >= 0) {
      const place = placeOf(edge.reading(stationId), connectorId);
      event.evseId = place.evseId;
      event.connectorId = place.connectorId;
    }
    await edge.recordTransactionEvent(stationId, event, frame);
    return {};
  },
};
