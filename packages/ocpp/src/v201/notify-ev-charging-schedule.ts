import type { Route } from '../routing.js';
import { need, readInteger } from '../validation/read.js';

/** NotifyEVChargingSchedule: the vehicle says how it will charge (K16); partners hear what that comes to (D6-022). */
export const notifyEvChargingSchedule: Route = {
  messageClass: 'plain',
  repeatable: true,
  async answer(payload, call) {
    const evseId = need(readInteger(payload, 'evseId', call), payload, 'evseId');
    await call.edge.chargingLimitChanged(call.stationId, evseId, call.frame);
    return { status: 'Accepted' };
  },
};
