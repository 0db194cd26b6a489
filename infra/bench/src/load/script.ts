/** What one station says, message after message. */
export interface Script {
  /** Text of the next CALL. `id` is its message id. */
  next(id: string): string;
  /** The CALLRESULT to the last message. @throws Error when it refuses what the script needs. */
  answered(text: string): void;
  /** Nothing is left open: no session is under way. */
  atRest(): boolean;
  /** Sessions that were ended and acknowledged. */
  sessions(): number;
}

/** What of a station outlives its scripts: registers never run backwards, and the next status is another one. */
export interface Meter {
  /** Register of the meter, Wh. */
  registerWh: number;
  /** A car stands there. */
  occupied?: boolean;
}

/** Progress messages of one session, between its start and its end. */
export const METER_VALUES = 10;

/** Energy between two messages, Wh: what a fast charger delivers in the few ms that they are apart. */
export const WH_PER_MESSAGE = 1;

export const POWER_W = 240_000;

export function now(): string {
  return new Date().toISOString();
}

/** Messages that belong to no session. */
export function oneByOne(next: (id: string) => string): Script {
  return { next, answered: () => undefined, atRest: () => true, sessions: () => 0 };
}
