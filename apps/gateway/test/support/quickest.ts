const GOES = 3;

/**
 * For what has to be quick: the least time of up to three goes, ms. A machine that is busy with other things slows one of
 * them, a gateway that is slow slows all. @param go gives how long it took; it is gone again while it takes `limitMs`.
 */
export async function quickest(limitMs: number, go: (nth: number) => Promise<number>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let nth = 0; nth < GOES && least >= limitMs; nth += 1) least = Math.min(least, await go(nth));
  return least;
}

/** How long it takes, ms. */
export async function duration(task: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await task();
  return performance.now() - begun;
}
