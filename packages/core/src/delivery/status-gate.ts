import type { EpochMs } from '@roambridge/domain';

/** D1-030: an EVSE whose status was not told for this long is told at once. */
const QUIET_MS = 30_000;
/** D1-030: between two pushes about one EVSE to one partner. */
const BETWEEN_PUSHES_MS = 5_000;
/** D1-030: that a transaction started is told within this time. */
const START_DELAY_MS = 1_000;

export interface Release {
  /** Not before this time may the change be told. */
  at: EpochMs;
  /** Shortest time since the partner last acknowledged the EVSE. */
  minIntervalMs: number;
}

/**
 * D1-030, D1-031: when a change of an EVSE's status may be told. The first change after a quiet time goes out at
 * once, later ones when it has been calm again. Only in memory: after a restart what is due is told.
 */
export interface StatusGate {
  /** `now`: what must not wait (a transaction started). A number: the EVSE is unsteady, wait until then. */
  release(key: string, now: EpochMs, hurry: 'now' | EpochMs | undefined): Release;
  set(key: string, at: EpochMs): void;
  /** When the EVSE of this delivery may be told. */
  notBefore(key: string): EpochMs;
}

export function createStatusGate(debounceMs: number): StatusGate {
  /** When each EVSE was, or will be, told last; one entry for an EVSE that ever changed. */
  const releases = new Map<string, EpochMs>();
  const between = debounceMs === 0 ? 0 : BETWEEN_PUSHES_MS;
  return {
    release(key, now, hurry) {
      if (hurry === 'now') return { at: now, minIntervalMs: Math.min(START_DELAY_MS, between) };
      const last = releases.get(key);
      const quiet = last === undefined || now - last > QUIET_MS;
      const at = hurry === undefined ? (quiet ? now : now + debounceMs) : Math.max(hurry, now);
      return { at, minIntervalMs: between };
    },
    set: (key, at) => void releases.set(key, at),
    notBefore: (key) => releases.get(key) ?? 0,
  };
}
