import type { EpochMs } from '../roaming/common.js';

/**
 * OCPI DateTime in UTC, `YYYY-MM-DDTHH:MM:SSZ`; milliseconds are dropped (OCPI TY-07, D2-004).
 * Throws RangeError for a number that is no time.
 */
export function ocpiTime(at: EpochMs): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
