import type { LoadStation, Mix } from './messages.js';
import { sessionScript16 } from './session-16.js';
import { sessionScript201 } from './session-201.js';

/** What one station says, message after message. */
export interface Script {
  /** Text of the next CALL. `id` is its message id. */
  next(id: string): string;
  /** The CALLRESULT to the last message. */
  answered(text: string): void;
  /** Nothing is left open: no session is under way. */
  atRest(): boolean;
  /** Sessions that were ended and acknowledged. */
  sessions(): number;
}

/** Register of a station's meter, Wh. It outlives scripts: registers never run backwards. */
export interface Meter {
  registerWh: number;
}

/** Progress messages of one session, between its start and its end. */
export const METER_VALUES = 10;

/** Energy between two messages, Wh: what a fast charger delivers in the few ms that they are apart. */
export const WH_PER_MESSAGE = 1;

export const POWER_W = 240_000;

const SCRIPTS = {
  heartbeat: () => oneByOne((id) => `[2,"${id}","Heartbeat",{}]`),
  status: statusScript,
  tx16: sessionScript16,
  tx201: sessionScript201,
} as const satisfies Record<Mix, (station: LoadStation, meter: Meter) => Script>;

export function createScript(mix: Mix, station: LoadStation, meter: Meter): Script {
  return SCRIPTS[mix](station, meter);
}

/** Messages that belong to no session. */
export function oneByOne(next: (id: string) => string): Script {
  return { next, answered: () => undefined, atRest: () => true, sessions: () => 0 };
}

/** OCPP 1.6: a car comes and goes; both are Available or Occupied to partners in turn. */
function statusScript(): Script {
  let occupied = false;
  return oneByOne((id) => {
    occupied = !occupied;
    return status16(id, occupied ? 'Preparing' : 'Available');
  });
}

function status16(id: string, status: string): string {
  return `[2,"${id}","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"${status}","timestamp":"${now()}"}]`;
}

export function now(): string {
  return new Date().toISOString();
}
