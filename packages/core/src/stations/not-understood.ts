import type { EpochMs } from '@roambridge/domain';
import { stableId } from '../ids.js';
import type { FrameRecord } from '../model/journal.js';
import { newPlan, type Plan } from './plan.js';

/** Longest words of a charger that are repeated to the operator, characters. */
const QUOTED_MAX_CHARS = 255;

/**
 * A-083: the charger could not read an answer about a transaction. What it told is stored all the same; whether it goes
 * on by itself, a person has to look. One entry for each kind of answer of a station.
 */
export function planNotUnderstood(
  stationId: string,
  { action, code, description }: { action: string; code: string; description: string },
  frame: FrameRecord,
  now: EpochMs,
): Plan {
  const plan = newPlan(stationId, frame);
  plan.attention.push({
    id: stableId(`not-understood:${stationId}:${action}:${code}`),
    kind: 'answer-not-understood',
    subject: stationId,
    stationId,
    message: `${stationId} could not read the answer to ${action}: ${`${code} ${description}`.slice(0, QUOTED_MAX_CHARS)}`,
    createdAt: now,
  });
  return plan;
}
