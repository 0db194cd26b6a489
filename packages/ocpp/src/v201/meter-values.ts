import { always, type Route } from '../routing.js';
import { need, readInteger } from '../validation/read.js';
import { readMeterValues } from './meter-value.js';

/** MeterValues: outside transactions in OCPP 2.x, so telemetry (C-100). */
export const meterValues: Route = {
  messageClass: 'billing',
  repeatable: true,
  answersEmpty: always,
  async answer(payload, call) {
    const { edge, stationId, frame } = call;
    const evse = readInteger(payload, 'evseId', call);
    const evseId = need(evse !== undefined && evse >= 0 ? evse : undefined, payload, 'evseId');
    const values = need(readMeterValues(payload, call), payload, 'meterValue');
    const at = values.at(-1)?.at;
    if (at === undefined) await edge.journal(frame);
    else await edge.recordTelemetry(stationId, { at, evseId, meterValues: values }, frame);
    return {};
  },
};
