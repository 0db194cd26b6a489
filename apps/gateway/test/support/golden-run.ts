import { play } from './golden-steps.js';
import { World } from './golden-world.js';
import type { Run } from './shorthand.js';
import type { Step, Vector } from './vector.js';

/**
 * Runs one form of a scenario for one version of partner, over real sockets and HTTP with a clock that is moved by
 * hand; returns what differed.
 */
export async function runVector(vector: Vector, lines: Step[], run: Run): Promise<string[]> {
  const world = await World.start(vector, run);
  try {
    for (const line of lines) await play(world, line);
    return await world.finish();
  } finally {
    await world.stop();
  }
}
