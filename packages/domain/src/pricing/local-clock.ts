import { Temporal } from 'temporal-polyfill';
import type { EpochMs } from '../roaming/common.js';
import type { TariffElement } from '../roaming/tariff.js';
import { DAYS_OF_WEEK, type TariffMoment } from './restriction-match.js';

/** Longest session whose local days are enumerated; a longer one has a broken clock. */
export const MAX_CLOCKED_SESSION_DAYS = 400;

const MS_PER_DAY = 86_400_000;
const MIDNIGHT = '00:00';

/** Local calendar and clock of a moment. */
export type LocalMoment = Pick<TariffMoment, 'date' | 'time' | 'day'>;

/** The moment on the clock of the location (OCPI TA-24, TA-35). Throws RangeError for an unknown time zone. */
export function localMoment(at: EpochMs, timeZone: string): LocalMoment {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  return {
    date: local.toPlainDate().toString(),
    time: local.toPlainTime().toString().slice(0, MIDNIGHT.length),
    day: DAYS_OF_WEEK[local.dayOfWeek - 1] ?? '',
  };
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

/**
 * The moments between `from` and `to` at which a restriction on the local calendar or clock may begin or
 * end to hold, unordered. An hour that occurs twice gives both moments, and so does the change itself.
 */
export function clockCuts(
  elements: readonly TariffElement[],
  session: { from: EpochMs; to: EpochMs; timeZone: string },
): EpochMs[] {
  const { from, to, timeZone } = session;
  const times = new Set([MIDNIGHT]);
  for (const { restrictions } of elements) {
    if (restrictions?.start_time !== undefined) times.add(restrictions.start_time);
    if (restrictions?.end_time !== undefined) times.add(restrictions.end_time);
  }

  const cuts: EpochMs[] = [];
  const start = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timeZone);
  const last = Temporal.Instant.fromEpochMilliseconds(to).toZonedDateTimeISO(timeZone).toPlainDate();
  for (
    let date = start.toPlainDate();
    Temporal.PlainDate.compare(date, last) <= 0;
    date = date.add({ days: 1 })
  ) {
    for (const time of times) {
      const local = date.toPlainDateTime(Temporal.PlainTime.from(time));
      cuts.push(local.toZonedDateTime(timeZone, { disambiguation: 'earlier' }).epochMilliseconds);
      cuts.push(local.toZonedDateTime(timeZone, { disambiguation: 'later' }).epochMilliseconds);
    }
  }
  let change = start.getTimeZoneTransition('next');
  while (change !== null && change.epochMilliseconds < to) {
    cuts.push(change.epochMilliseconds);
    change = change.getTimeZoneTransition('next');
  }
  return cuts.filter((at) => at > from && at < to);
}
