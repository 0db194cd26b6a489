import { Temporal } from 'temporal-polyfill';
import type { EpochMs } from '../roaming/common.js';

/**
 * The moment at which clocks in the zone show the local time, `YYYY-MM-DDTHH:mm:ss.sss`; undefined where one of them is
 * none. An hour that comes twice counts as its first, one that is left out as the one after it.
 */
export function momentOfLocalTime(local: string, timeZone: string): EpochMs | undefined {
  try {
    return Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone).epochMilliseconds;
  } catch {
    return undefined;
  }
}
