import type { Clock, Log, Store } from '@roambridge/core';

/** Time between two rounds of housekeeping. */
const ROUND_MS = 3_600_000;

/** Removes what is older than its retention, round by round. */
export function startHousekeeping(options: {
  store: Pick<Store, 'frames' | 'exchanges' | 'jobs' | 'securityEvents' | 'audit'>;
  clock: Clock;
  log: Log;
  retentionMs: number;
  auditRetentionMs: number;
  tidyFiles(): Promise<void>;
}): { stop(): void } {
  const { store, clock, log, retentionMs } = options;
  let cancel = (): void => {};

  async function round(): Promise<void> {
    const before = clock.now() - retentionMs;
    const [frames, exchanges, jobs, events, audit] = await Promise.all([
      store.frames.prune(before),
      store.exchanges.prune(before),
      store.jobs.prune(before),
      store.securityEvents.prune(before),
      store.audit.prune(clock.now() - options.auditRetentionMs),
    ]);
    if (frames + exchanges + jobs + events + audit > 0) {
      log.info({ frames, exchanges, jobs, events, audit }, 'old journal entries removed');
    }
    await options.tidyFiles();
  }

  const next = (): void => {
    cancel = clock.after(ROUND_MS, () => {
      round()
        .catch((error: unknown) => log.warn({ err: error }, 'old journal entries could not be removed'))
        .finally(next);
    });
  };
  next();
  return { stop: () => cancel() };
}
