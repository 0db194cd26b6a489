const TICK_MS = 10;

/** Resolves when the event loop was free for so many ticks: one that was busy for a while has not been waiting. */
export async function freeFor(ticks: number): Promise<void> {
  for (let tick = 0; tick < ticks; tick += 1) {
    await new Promise((resolve) => setTimeout(resolve, TICK_MS).unref());
  }
}
