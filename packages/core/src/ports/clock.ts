import type { EpochMs } from '@roambridge/domain';

/** Time and timers; tests inject one that they move by hand. */
export interface Clock {
  now(): EpochMs;
  /** Runs `task` once after `delayMs`; the returned function cancels it. */
  after(delayMs: number, task: () => void): () => void;
}
