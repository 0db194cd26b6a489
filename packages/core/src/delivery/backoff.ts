/** D2-082: from one second to fifteen minutes. */
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 15 * 60_000;
/** Wait before the next try, doubling, with jitter so that partners are not all called at once. */
export function retryDelayMs(attempts: number, jitter: number, longestMs = LONGEST_RETRY_MS): number {
  const delay = Math.min(longestMs, FIRST_RETRY_MS * 2 ** Math.min(attempts, 20));
  return Math.round(delay * (0.75 + 0.5 * jitter));
}

/** Pause of a whole lane after so many pauses in a row; a partner that is away is tried every `longestMs`. */
export function pauseMs(pauses: number, jitter: number, longestMs: number): number {
  return retryDelayMs(pauses, jitter, longestMs);
}
