import type { EpochMs } from '@roambridge/domain';

/** Token bucket: `perSecond` on average, `burst` at once. */
export function createRateLimit(perSecond: number, burst: number): (now: EpochMs) => boolean {
  let tokens = burst;
  let filledAt = 0;
  return (now) => {
    const elapsedMs = Math.max(0, now - filledAt);
    tokens = Math.min(burst, tokens + (elapsedMs * perSecond) / 1_000);
    filledAt = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
