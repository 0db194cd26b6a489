import { Temporal } from 'temporal-polyfill';
import type { EpochMs } from '../roaming/common.js';
import { DAYS_OF_WEEK, type TariffElement } from '../roaming/tariff.js';

/** Longest session whose local days are enumerated; a longer one has a broken clock. */
export const MAX_CLOCKED_SESSION_DAYS = 400;

/** Time zones whose present offset is remembered; one that is not is computed again. */
const MAX_REMEMBERED_ZONES = 500;

const MS_PER_MINUTE = 60_000;
const MS_PER_DAY = 86_400_000;
const MINUTES_PER_HOUR = 60;
const EPOCH_DAY_OF_WEEK = 3; // 1970-01-01 was a Thursday.

/** Local calendar and clock of a moment: `YYYY-MM-DD`, `HH:MM`, and a member of DAYS_OF_WEEK. */
export interface LocalMoment {
  date: string;
  time: string;
  day: string;
}

/** Between two changes of a zone's clocks. */
interface OffsetSpan {
  from: EpochMs;
  to: EpochMs;
  offsetMs: number;
}

/** The clock of a location during a session (OCPI TA-24, TA-35). */
export interface LocalClock {
  at(moment: EpochMs): LocalMoment;
  /** The moments strictly within the session at which the clock shows one of `times`, and its changes; ascending. */
  cuts(times: readonly string[]): EpochMs[];
}

// Finding a change of the clocks is slow, and a span lasts for months. Nobody can tell a remembered one from a new one.
const remembered = new Map<string, OffsetSpan>();

/** The clock of `timeZone` from `from` to `to`. Throws RangeError for an unknown time zone. */
export function localClock(timeZone: string, from: EpochMs, to: EpochMs): LocalClock {
  const spans = offsetSpans(timeZone, from, to);
  const at = (moment: EpochMs): LocalMoment => {
    const span = spans.find((each) => moment < each.to) ?? spans.at(-1);
    const local = moment + (span?.offsetMs ?? 0);
    const text = new Date(local).toISOString();
    const day = (Math.floor(local / MS_PER_DAY) + EPOCH_DAY_OF_WEEK) % DAYS_OF_WEEK.length;
    return { date: text.slice(0, 10), time: text.slice(11, 16), day: DAYS_OF_WEEK[day] ?? '' };
  };
  const cuts = (times: readonly string[]): EpochMs[] => {
    const clock = [...new Set(times)].map(msOfDay).sort((a, b) => a - b);
    return spans.flatMap((span) => cutsWithin(span, clock)).filter((cut) => cut > from && cut < to);
  };
  return { at, cuts };
}

/** The start of the span, a change of the clocks, and every moment in it at which the clock shows one of `clock`. */
function cutsWithin({ from, to, offsetMs }: OffsetSpan, clock: readonly number[]): EpochMs[] {
  const cuts = [from];
  const firstDay = Math.floor((from + offsetMs) / MS_PER_DAY) * MS_PER_DAY;
  for (let day = firstDay; day < to + offsetMs; day += MS_PER_DAY) {
    for (const time of clock) {
      const moment = day + time - offsetMs;
      if (moment > from && moment < to) cuts.push(moment);
    }
  }
  return cuts;
}

/** The spans of one offset that cover the session, ascending, cut to it. */
function offsetSpans(timeZone: string, from: EpochMs, to: EpochMs): OffsetSpan[] {
  const spans: OffsetSpan[] = [];
  let at = from;
  do {
    const span = offsetSpanAt(timeZone, at);
    spans.push({ from: Math.max(span.from, from), to: Math.min(span.to, to), offsetMs: span.offsetMs });
    at = span.to;
  } while (at < to);
  return spans;
}

function offsetSpanAt(timeZone: string, at: EpochMs): OffsetSpan {
  const known = remembered.get(timeZone);
  if (known !== undefined && at >= known.from && at < known.to) return known;
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  const next = local.getTimeZoneTransition('next');
  const span = {
    from: at,
    to: next?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offsetMs: local.offsetNanoseconds / 1_000_000,
  };
  if (remembered.size >= MAX_REMEMBERED_ZONES) remembered.clear();
  remembered.set(timeZone, span);
  return span;
}

function msOfDay(time: string): number {
  return (Number(time.slice(0, 2)) * MINUTES_PER_HOUR + Number(time.slice(3, 5))) * MS_PER_MINUTE;
}

/** Whether any element depends on the local calendar or clock. */
export function dependsOnClock(elements: readonly TariffElement[]): boolean {
  return elements.some(({ restrictions: r }) =>
    [r?.start_time, r?.end_time, r?.start_date, r?.end_date, r?.day_of_week?.[0]].some(
      (value) => value !== undefined,
    ),
  );
}

/** Whether the session is short enough for its days to be enumerated. */
export function isClockable(from: EpochMs, to: EpochMs): boolean {
  return to - from <= MAX_CLOCKED_SESSION_DAYS * MS_PER_DAY;
}
