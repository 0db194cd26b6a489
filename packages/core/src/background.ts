import type { Clock } from './ports/clock.js';
import type { Log } from './ports/log.js';
import { UnknownStation } from './stations/unknown-station.js';

/** Wait before a task that failed is tried again, doubling. */
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;

/** Work that nobody waits for, but that must not get lost. */
export interface Background {
  /** Failures are logged with `what`. */
  run(task: Promise<unknown>, what: string, fields?: Record<string, unknown>): void;
  /** Tries again until it is done or its station is gone: for what has to happen once, and would not be thought of again. */
  persist(task: () => Promise<unknown>, what: string, fields?: Record<string, unknown>): void;
  /** Resolves when none is under way; what waits for its next try does not count. */
  idle(): Promise<void>;
  /** What fails from now on is neither tried again nor told: the next start of the process takes it up. */
  end(): void;
}

export function createBackground(clock: Clock, log: Log): Background {
  const underWay = new Set<Promise<void>>();
  let ended = false;

  function track(task: Promise<unknown>, failed: (error: unknown) => void): void {
    const tracked: Promise<void> = task.then(() => undefined, failed);
    underWay.add(tracked);
    void tracked.then(() => underWay.delete(tracked));
  }

  function attempt(
    task: () => Promise<unknown>,
    what: string,
    fields: Record<string, unknown>,
    delayMs: number,
  ): void {
    track(task(), (error) => {
      if (ended || error instanceof UnknownStation) return;
      log.error({ err: error, ...fields }, what);
      clock.after(delayMs, () => attempt(task, what, fields, Math.min(delayMs * 2, LONGEST_RETRY_MS)));
    });
  }

  return {
    run(task, what, fields = {}) {
      track(task, (error) => {
        if (!ended) log.error({ err: error, ...fields }, what);
      });
    },
    persist: (task, what, fields = {}) => attempt(task, what, fields, FIRST_RETRY_MS),
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    end() {
      ended = true;
    },
  };
}
