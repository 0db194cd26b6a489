import type { Clock } from '@roambridge/core';

interface Timer {
  at: number;
  order: number;
  task: () => void;
}

/** A clock that stands still until it is moved. */
export class ManualClock implements Clock {
  #now: number;
  #order = 0;
  readonly #timers = new Set<Timer>();

  constructor(now: number) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  after(delayMs: number, task: () => void): () => void {
    const timer = { at: this.#now + Math.max(0, delayMs), order: this.#order++, task };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  /** Moves to `until`, one timer after another; `settle` is awaited after each, so its effects happen at its time. */
  async moveTo(until: number, settle: () => Promise<void>): Promise<void> {
    for (;;) {
      const next = [...this.#timers]
        .filter((timer) => timer.at <= until)
        .sort((a, b) => a.at - b.at || a.order - b.order)[0];
      if (!next) break;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.task();
      await settle();
    }
    this.#now = Math.max(this.#now, until);
    await settle();
  }
}
