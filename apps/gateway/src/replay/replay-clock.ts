import type { Clock } from '@roambridge/core';

interface Timer {
  at: number;
  order: number;
  task: () => void;
}

/** A clock that stands still until it is moved: the same record gives the same output, to the millisecond. */
export interface ReplayClock extends Clock {
  /** Moves to `until`, one timer after another; `settle` is awaited after each, so that its effects have its time. */
  moveTo(until: number, settle: () => Promise<void>): Promise<void>;
}

export function createReplayClock(startAt: number): ReplayClock {
  const timers = new Set<Timer>();
  let now = startAt;
  let order = 0;
  return {
    now: () => now,
    after(delayMs, task) {
      const timer = { at: now + Math.max(0, delayMs), order: order++, task };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    async moveTo(until, settle) {
      for (;;) {
        const [next] = [...timers]
          .filter((timer) => timer.at <= until)
          .sort((a, b) => a.at - b.at || a.order - b.order);
        if (!next) break;
        timers.delete(next);
        now = Math.max(now, next.at);
        next.task();
        await settle();
      }
      now = Math.max(now, until);
      await settle();
    },
  };
}
