import type { EpochMs } from '../roaming/common.js';
import type { RegisterWh } from '../station/identity.js';
import { roundMilli } from './reading.js';

/** One point of a session's cumulative register. */
export interface RegisterPoint {
  at: EpochMs;
  wh: RegisterWh;
}

/**
 * Register at a moment by linear interpolation, Wh with three decimals (D2-046); before the first and
 * after the last point the register stands still. `curve` is ascending in time; undefined when empty.
 */
export function registerAt(curve: readonly RegisterPoint[], at: EpochMs): RegisterWh | undefined {
  let low = 0;
  let high = curve.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const point = curve[middle];
    if (point !== undefined && point.at <= at) low = middle + 1;
    else high = middle;
  }
  const before = curve[low - 1];
  const after = curve[low];
  if (before === undefined) return after?.wh;
  if (after === undefined) return before.wh;
  const share = (at - before.at) / (after.at - before.at);
  return roundMilli(before.wh + (after.wh - before.wh) * share);
}
