import type { Route } from '../routing.js';
import { need, readInteger } from '../validation/read.js';

/** NotifyEVChargingNeeds (K15, K17): the vehicle's profile follows the answer. */
export const notifyEvChargingNeeds: Route = {
  messageClass: 'plain',
  // The same needs again want a profile again.
  repeatable: false,
  async answer(payload, call) {
    const evseId = need(readInteger(payload, 'evseId', call), payload, 'evseId');
    const decision = await call.edge.vehicleNeeds(call.stationId, { evseId }, call.frame);
    if (!decision.accepted) return { status: 'Rejected' };
    call.afterAnswer(() => decision.proceed());
    return { status: 'Accepted' };
  },
};
