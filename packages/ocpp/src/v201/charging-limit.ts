import { always, type Route } from '../routing.js';
import { readInteger } from '../validation/read.js';

/** NotifyChargingLimit, ClearedChargingLimit: a limit of the station's own began or ended (D6-022). */
export const chargingLimit: Route = {
  messageClass: 'plain',
  repeatable: true,
  answersEmpty: always,
  async answer(payload, call) {
    const evseId = readInteger(payload, 'evseId', call);
    // EVSE 0 is the station.
    await call.edge.chargingLimitChanged(call.stationId, evseId === 0 ? undefined : evseId, call.frame);
    return {};
  },
};
