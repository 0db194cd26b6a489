/** A clock that is off by more than this is skewed (D2-060), ms. */
export const SKEW_TOLERANCE_MS = 60_000;

/** Fewest messages that tell about a clock. */
const FEWEST = 3;

const QUARTER_MS = 15 * 60_000;
const MS_PER_MINUTE = 60_000;

/**
 * By how much a charger's clock is ahead of ours, ms: the median over its latest live messages, which a single late one
 * does not move. Undefined while there are too few.
 */
export function clockSkew(aheadMs: readonly number[]): number | undefined {
  if (aheadMs.length < FEWEST) return undefined;
  const sorted = [...aheadMs].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}

/** D2-062: the correction of a clock that is wrong by a time zone, like `-02:00`; undefined for any other error. */
export function zoneCorrection(skewMs: number): string | undefined {
  const quarters = Math.round(skewMs / QUARTER_MS);
  if (quarters === 0 || Math.abs(skewMs - quarters * QUARTER_MS) > SKEW_TOLERANCE_MS) return undefined;
  const minutes = (Math.abs(quarters) * QUARTER_MS) / MS_PER_MINUTE;
  const two = (value: number) => String(value).padStart(2, '0');
  return `${skewMs > 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
