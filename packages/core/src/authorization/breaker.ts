import type { EpochMs } from '@roambridge/domain';

/** So many failures within the time below open the breaker. */
const FAILURES = 5;
const FAILURE_WINDOW_MS = 30_000;
/** While it is open nothing is asked; after that one question tries. */
const OPEN_MS = 30_000;

/** D4.2: keeps drivers from waiting for a partner that does not answer. One for each partner. */
export interface Breaker {
  /** Whether a question may be put now; a `true` after an opening is the one probe. */
  mayAsk(now: EpochMs): boolean;
  succeeded(): void;
  failed(now: EpochMs): void;
}

export function createBreaker(): Breaker {
  let failures: EpochMs[] = [];
  let openUntil: EpochMs | undefined;
  let probing = false;
  return {
    mayAsk(now) {
      if (openUntil === undefined) return true;
      if (now < openUntil || probing) return false;
      probing = true;
      return true;
    },
    succeeded() {
      failures = [];
      openUntil = undefined;
      probing = false;
    },
    failed(now) {
      failures = [...failures.filter((at) => now - at < FAILURE_WINDOW_MS), now];
      if (probing || failures.length >= FAILURES) openUntil = now + OPEN_MS;
      probing = false;
    },
  };
}
