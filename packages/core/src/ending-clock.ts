import type { Clock } from './ports/clock.js';

export interface EndingClock extends Clock {
  /** No timer rings any more, neither one that was set nor one that will be. */
  end(): void;
}

/** A clock whose timers end with what set them: work that is still to come must not find its database closed. */
export function createEndingClock(clock: Clock): EndingClock {
  const cancels = new Set<() => void>();
  let ended = false;
  return {
    now: () => clock.now(),
    after(delayMs, task) {
      if (ended) return () => {};
      const cancelOuter = clock.after(delayMs, () => {
        cancels.delete(cancel);
        task();
      });
      const cancel = (): void => {
        if (cancels.delete(cancel)) cancelOuter();
      };
      cancels.add(cancel);
      return cancel;
    },
    end() {
      ended = true;
      for (const cancel of [...cancels]) cancel();
    },
  };
}
