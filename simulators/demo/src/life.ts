import { setTimeout as delay } from 'node:timers/promises';
import { PAIRS, type Pair, runPair, type Scene } from './pairs.js';

/** Pause between two sessions of the quiet life. */
const PAUSE_MIN_MS = 10_000;
const PAUSE_SPREAD_MS = 20_000;

/** A session now and then, one pair after the other, until the signal. */
export async function liveOn(scene: Scene, signal: AbortSignal): Promise<void> {
  for (let turn = 0; !signal.aborted; turn += 1) {
    const pauseMs = PAUSE_MIN_MS + Math.random() * PAUSE_SPREAD_MS;
    await delay(pauseMs, undefined, { signal }).catch(() => undefined);
    const pair = PAIRS[turn % PAIRS.length];
    if (pair && !signal.aborted) await tellOf(scene, pair, signal);
  }
}

async function tellOf(scene: Scene, pair: Pair, signal: AbortSignal): Promise<void> {
  try {
    const { cdr } = await runPair(scene, pair, signal);
    if (!cdr && !signal.aborted)
      scene.narrative.say(pair.stationId, 'no CDR in time; see "attention" in the console');
  } catch (error) {
    if (!signal.aborted) scene.narrative.say(pair.stationId, `session failed: ${String(error)}`);
  }
}
