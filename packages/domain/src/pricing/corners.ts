import type { EpochMs } from '../roaming/common.js';

/** A point on the way of a session: a moment, and the energy up to it in thousandths of a Wh, a whole number. */
export interface Corner {
  at: EpochMs;
  milliWh: number;
}

const MILLI_WH_PER_WH = 1000;
const MS_PER_SECOND = 1000;

/** Wh to the precision of registers, as a whole number of thousandths. */
export function milliWh(wh: number): number {
  return Math.round(wh * MILLI_WH_PER_WH);
}

/**
 * The points strictly between two corners at which one of `moments` or `thresholds` is passed, in order; energy flows
 * evenly. At a moment energy is rounded half up to a thousandth of a Wh; a threshold is passed in the whole second in
 * which the energy reaches it, as OCPI times have no fractions (D2-004, D2-046).
 */
export function cornersWithin(
  { from, to }: { from: Corner; to: Corner },
  moments: readonly EpochMs[],
  thresholds: readonly number[],
): Corner[] {
  const corners: Corner[] = [];
  for (const at of moments) {
    if (at <= from.at) continue;
    if (at >= to.at) break;
    corners.push({ at, milliWh: energyAt(at, from, to) });
  }
  for (const milliWh of thresholds) {
    if (milliWh <= from.milliWh) continue;
    if (milliWh >= to.milliWh) break;
    corners.push({ at: secondOf(milliWh, from, to), milliWh });
  }
  if (thresholds.length > 0) corners.sort((a, b) => a.at - b.at || a.milliWh - b.milliWh);
  return corners.filter(
    (corner, index) => corner.at !== corners[index - 1]?.at || corner.milliWh !== corners[index - 1]?.milliWh,
  );
}

// The products exceed what a double holds exactly.
function energyAt(at: EpochMs, from: Corner, to: Corner): number {
  const whole = BigInt(to.milliWh - from.milliWh) * BigInt(at - from.at);
  const duration = BigInt(to.at - from.at);
  return from.milliWh + Number((whole * 2n + duration) / (duration * 2n));
}

function secondOf(milliWh: number, from: Corner, to: Corner): EpochMs {
  const passed =
    (BigInt(milliWh - from.milliWh) * BigInt(to.at - from.at)) / BigInt(to.milliWh - from.milliWh);
  const at = from.at + Number(passed);
  return Math.max(from.at, Math.floor(at / MS_PER_SECOND) * MS_PER_SECOND);
}
