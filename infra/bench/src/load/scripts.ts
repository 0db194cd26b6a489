import type { LoadStation, Mix } from './messages.js';
import { type Meter, now, oneByOne, type Script } from './script.js';
import { sessionScript16 } from './session-16.js';
import { sessionScript201 } from './session-201.js';

const SCRIPTS = {
  heartbeat: () => oneByOne((id) => `[2,"${id}","Heartbeat",{}]`),
  status: statusScript,
  tx16: sessionScript16,
  tx201: sessionScript201,
} as const satisfies Record<Mix, (station: LoadStation, meter: Meter) => Script>;

export function createScript(mix: Mix, station: LoadStation, meter: Meter): Script {
  return SCRIPTS[mix](station, meter);
}

/** OCPP 1.6: a car comes and goes; every message changes what partners see. */
function statusScript(_station: LoadStation, meter: Meter): Script {
  return oneByOne((id) => {
    meter.occupied = !meter.occupied;
    const status = meter.occupied ? 'Preparing' : 'Available';
    return `[2,"${id}","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"${status}","timestamp":"${now()}"}]`;
  });
}
