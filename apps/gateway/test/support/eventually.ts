const POLL_MS = 20;
/** No measure of anything: what has not come by then does not come, on the slowest machine. */
const PATIENCE_MS = 30_000;

/** The first value other than undefined and false that `probe` gives. @throws Error naming `what` when it takes too long. */
export async function eventually<T>(
  what: string,
  probe: () => T | Promise<T>,
  timeoutMs = PATIENCE_MS,
): Promise<Exclude<T, undefined | false>> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== false) return value as Exclude<T, undefined | false>;
    if (Date.now() > end) throw new Error(`${what}: not within ${timeoutMs} ms`);
    await pause(POLL_MS);
  }
}

/** A stretch of time in which something must not happen. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
