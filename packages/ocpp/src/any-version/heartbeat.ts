import type { Route } from '../routing.js';
import { toWireTime } from '../wire.js';

/** Heartbeat: the time, without touching a table (B-003). */
export const heartbeat: Route = {
  messageClass: 'plain',
  // An old answer would set the charger's clock back.
  repeatable: false,
  answer: (_payload, call) => ({ currentTime: toWireTime(call.edge.heartbeat(call.stationId, call.frame)) }),
};
