import type { Log } from './ports/log.js';

/** Work that nobody waits for, but that must not get lost from sight. */
export interface Background {
  /** Failures are logged with `what`. */
  run(task: Promise<unknown>, what: string, fields?: Record<string, unknown>): void;
  /** Resolves when none is under way. */
  idle(): Promise<void>;
}

export function createBackground(log: Log): Background {
  const underWay = new Set<Promise<void>>();
  return {
    run(task, what, fields = {}) {
      const tracked: Promise<void> = task.then(
        () => undefined,
        (error: unknown) => log.error({ err: error, ...fields }, what),
      );
      underWay.add(tracked);
      void tracked.then(() => underWay.delete(tracked));
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
