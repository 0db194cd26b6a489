const MAX_FAILURES_PER_WINDOW = 10;
const WINDOW_MS = 60_000;
const MAX_ADDRESSES = 10_000;

/** Counts failed sign-ins per address. A valid credential is never refused for the failures of its address. */
export interface FailedAttempts {
  /** Notes one failure; returns the seconds to wait when there were too many, else 0. */
  note(address: string): number;
}

/** Bounded: when full, the address that failed first is forgotten. */
export function createFailedAttempts(now: () => number = Date.now): FailedAttempts {
  const windows = new Map<string, { failures: number; endsAt: number }>();
  return {
    note: (address) => {
      const at = now();
      let window = windows.get(address);
      if (window === undefined || window.endsAt <= at) {
        windows.delete(address);
        window = { failures: 0, endsAt: at + WINDOW_MS };
        windows.set(address, window);
        const oldest = windows.keys().next().value;
        if (windows.size > MAX_ADDRESSES && oldest !== undefined) windows.delete(oldest);
      }
      window.failures += 1;
      return window.failures > MAX_FAILURES_PER_WINDOW ? Math.ceil((window.endsAt - at) / 1000) : 0;
    },
  };
}
