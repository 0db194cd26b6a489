import type { Clock, Log, Store } from '@roambridge/core';

/** Time between two rounds of housekeeping. */
const ROUND_MS = 3_600_000;

/** Removes frames that are older than their retention, round by round. */
export function startHousekeeping(options: {
  store: Pick<Store, 'frames'>;
  clock: Clock;
  log: Log;
  retentionMs: number;
}): { stop(): void } {
  const { store, clock, log, retentionMs } = options;
  let cancel = (): void => {};
  const next = (): void => {
    cancel = clock.after(ROUND_MS, () => {
      store.frames
        .prune(clock.now() - retentionMs)
        .then((removed) => {
          if (removed > 0) log.info({ removed }, 'old frames removed');
        })
        .catch((error: unknown) => log.warn({ err: error }, 'old frames could not be removed'))
        .finally(next);
    });
  };
  next();
  return { stop: () => cancel() };
}
