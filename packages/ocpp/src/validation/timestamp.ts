import { type EpochMs, momentOfLocalTime } from '@roambridge/domain';

/** A time as a charger wrote it; `repair` names what had to be done. */
export interface ReadTime {
  at: EpochMs;
  /** What the charger wrote, where it is a time that cannot be right. */
  rawAt?: EpochMs;
  repair?: 'TIME_FORMAT' | 'TIME_WITHOUT_ZONE' | 'TIME_IMPLAUSIBLE' | 'TIME_MISSING' | 'TIME_UNREADABLE';
}

const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

// lower case, a blank or nothing between date and time, comma fractions, short offsets, no zone.
const LENIENT =
  /^(\d{4}-\d{2}-\d{2})[Tt ]\s*(\d{2}:\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(?:([Zz])|([+-]\d{2})(?::?(\d{2}))?)?$/;

const EPOCH_MS = /^\d{12,14}$/;

/** No charger of this century reports from before (D2-060). */
const EARLIEST_PLAUSIBLE: EpochMs = Date.UTC(2020, 0, 1);

/** How far ahead of ours a charger's clock may run before it is not believed, ms. */
const FUTURE_TOLERANCE_MS = 24 * 3_600_000;

const UTC = (): undefined => undefined;

/**
 * Reads a charger's time; whatever is not usable becomes the time of receipt (D2-061).
 * `zoneOf` gives the zone of times that name none; UTC where there is none.
 */
export function readTimestamp(
  value: unknown,
  receivedAt: EpochMs,
  zoneOf: () => string | undefined = UTC,
): ReadTime {
  if (value === undefined || value === null || value === '')
    return { at: receivedAt, repair: 'TIME_MISSING' };
  if (typeof value === 'string' && RFC_3339.test(value)) {
    const at = Date.parse(value);
    if (!Number.isNaN(at)) return plausible({ at }, receivedAt);
  }
  const lenient = readLenient(value, zoneOf);
  return lenient ? plausible(lenient, receivedAt) : { at: receivedAt, repair: 'TIME_UNREADABLE' };
}

function plausible(time: ReadTime, receivedAt: EpochMs): ReadTime {
  if (time.at >= EARLIEST_PLAUSIBLE && time.at <= receivedAt + FUTURE_TOLERANCE_MS) return time;
  return { at: receivedAt, rawAt: time.at, repair: 'TIME_IMPLAUSIBLE' };
}

function readLenient(value: unknown, zoneOf: () => string | undefined): ReadTime | undefined {
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) && value >= 0 ? { at: value, repair: 'TIME_FORMAT' } : undefined;
  }
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (EPOCH_MS.test(text)) return { at: Number(text), repair: 'TIME_FORMAT' };
  const parts = LENIENT.exec(text);
  if (!parts) return undefined;
  const [, date, minutes, seconds = '00', fraction = '0', utc, offsetHours, offsetMinutes = '00'] = parts;
  const hasZone = utc !== undefined || offsetHours !== undefined;
  const stated = hasZone ? undefined : zoneOf();
  if (stated !== undefined) {
    const local = momentOfLocalTime(`${date}T${minutes}:${seconds}.${fraction.slice(0, 9)}`, stated);
    if (local !== undefined) return { at: local, repair: 'TIME_WITHOUT_ZONE' };
  }
  const zone = offsetHours === undefined ? 'Z' : `${offsetHours}:${offsetMinutes}`;
  const at = Date.parse(`${date}T${minutes}:${seconds}.${fraction}${zone}`);
  if (Number.isNaN(at)) return undefined;
  return { at, repair: hasZone ? 'TIME_FORMAT' : 'TIME_WITHOUT_ZONE' };
}
