import type { Clock } from '@roambridge/core';

/** Timers that are due within so much time fire together, ms. */
const SLICE_MS = 60_000;

/** A clock that is moved in steps; many timers cost little. */
export interface TickClock extends Clock {
  /** `settle` is awaited after each slice in which something was due. */
  moveTo(until: number, settle: () => Promise<void>): Promise<void>;
}

export function tickClock(start: number): TickClock {
  let now = start;
  const timers = new Set<{ at: number; task: () => void }>();
  return {
    now: () => now,
    after(delayMs, task) {
      const timer = { at: now + Math.max(0, delayMs), task };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    async moveTo(until, settle) {
      for (;;) {
        let first = Number.POSITIVE_INFINITY;
        for (const { at } of timers) first = Math.min(first, at);
        if (first > until) break;
        now = Math.max(now, Math.min(until, first + SLICE_MS));
        const due = [...timers].filter(({ at }) => at <= now).sort((a, b) => a.at - b.at);
        for (const timer of due) {
          timers.delete(timer);
          timer.task();
        }
        await settle();
      }
      now = until;
      await settle();
    },
  };
}
