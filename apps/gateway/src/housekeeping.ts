import type { Clock, Log, Store } from '@roambridge/core';

/** Time between two rounds of housekeeping. */
const ROUND_MS = 3_600_000;

/** Removes frames and exchanges that are older than their retention, round by round. */
export function startHousekeeping(options: {
  store: Pick<Store, 'frames' | 'exchanges'>;
  clock: Clock;
  log: Log;
  retentionMs: number;
}): { stop(): void } {
  const { store, clock, log, retentionMs } = options;
  let cancel = (): void => {};
  const next = (): void => {
    cancel = clock.after(ROUND_MS, () => {
      const before = clock.now() - retentionMs;
      Promise.all([store.frames.prune(before), store.exchanges.prune(before)])
        .then(([frames, exchanges]) => {
          if (frames + exchanges > 0) log.info({ frames, exchanges }, 'old journal entries removed');
        })
        .catch((error: unknown) => log.warn({ err: error }, 'old journal entries could not be removed'))
        .finally(next);
    });
  };
  next();
  return { stop: () => cancel() };
}
