import { roundMilli } from '../metering/reading.js';
import type { TariffRestrictions } from '../roaming/tariff.js';

/** OCPI DayOfWeek, Monday first. */
export const DAYS_OF_WEEK: readonly string[] = [
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
  'SUNDAY',
];

/** State of a session at one moment, by the clock of the location. */
export interface TariffMoment {
  /** Local `YYYY-MM-DD`. */
  date: string;
  /** Local `HH:MM`. */
  time: string;
  /** A member of DAYS_OF_WEEK. */
  day: string;
  /** Since the start of the session. */
  elapsedMs: number;
  consumedWh: number;
}

const MS_PER_SECOND = 1000;

/** Energy of a threshold in kWh, as Wh to the precision of registers. */
export function thresholdWh(kwh: number): number {
  return roundMilli(kwh * 1000);
}

/** Whether all restrictions hold at the moment (OCPI TA-23..TA-29): minima inclusive, maxima exclusive. */
export function restrictionsHold(restrictions: TariffRestrictions, moment: TariffMoment): boolean {
  const { start_date, end_date, min_kwh, max_kwh, min_duration, max_duration, day_of_week } = restrictions;
  return (
    withinClock(restrictions, moment.time) &&
    (start_date === undefined || moment.date >= start_date) &&
    (end_date === undefined || moment.date < end_date) &&
    (min_kwh === undefined || moment.consumedWh >= thresholdWh(min_kwh)) &&
    (max_kwh === undefined || moment.consumedWh < thresholdWh(max_kwh)) &&
    (min_duration === undefined || moment.elapsedMs >= min_duration * MS_PER_SECOND) &&
    (max_duration === undefined || moment.elapsedMs < max_duration * MS_PER_SECOND) &&
    (day_of_week === undefined || day_of_week.length === 0 || day_of_week.includes(moment.day))
  );
}

/** OCPI TA-24: an end not after the start is the next day's, and 00:00 as end is the end of the day. */
function withinClock({ start_time, end_time }: TariffRestrictions, time: string): boolean {
  if (start_time === undefined && end_time === undefined) return true;
  const start = start_time ?? '00:00';
  const end = end_time === undefined || end_time === '00:00' ? '24:00' : end_time;
  return start < end ? time >= start && time < end : time >= start || time < end;
}
