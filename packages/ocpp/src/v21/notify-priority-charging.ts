import { always, type Route } from '../routing.js';

/** NotifyPriorityCharging: the driver changed how the vehicle charges; partners hear what that comes to (D7-004). */
export const notifyPriorityCharging: Route = {
  messageClass: 'plain',
  repeatable: true,
  answersEmpty: always,
  async answer(_payload, call) {
    // It names a transaction and no EVSE: all of the station are looked at.
    await call.edge.chargingLimitChanged(call.stationId, undefined, call.frame);
    return {};
  },
};
