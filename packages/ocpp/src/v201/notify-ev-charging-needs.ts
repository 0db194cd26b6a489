import { journalOnly, type Route } from '../routing.js';

/** NotifyEVChargingNeeds (K15): nothing here plans for a vehicle's own needs, so it charges as its limits allow. */
export const notifyEvChargingNeeds: Route = {
  messageClass: 'plain',
  repeatable: true,
  async answer(payload, call) {
    await journalOnly(payload, call);
    return { status: 'Rejected' };
  },
};
