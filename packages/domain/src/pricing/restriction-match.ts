import { roundMilli } from '../metering/reading.js';
import type { TariffRestrictions } from '../roaming/tariff.js';
import { type Bounds, LOAD_RESTRICTIONS, type LoadRestriction, reaches } from './load.js';
import type { LocalMoment } from './local-clock.js';

/** State of a session, or of a reservation, at one moment. */
export interface TariffMoment {
  /** By the clock of the location; undefined where no restriction asks for it. */
  local: LocalMoment | undefined;
  /** Since the start of the session, or of the reservation. */
  elapsedMs: number;
  /** Energy since the start in thousandths of a Wh, a whole number. */
  consumedMilliWh: number;
  powerW: Bounds | undefined;
  currentA: Bounds | undefined;
}

/** Whether restrictions hold; `unknown` names the one that could not be told. */
export type Verdict = { holds: boolean } | { unknown: LoadRestriction['member'] };

const MS_PER_SECOND = 1000;
const MILLI_WH_PER_KWH = 1_000_000;

const HOLDS: Verdict = { holds: true };
const FAILS: Verdict = { holds: false };

/** Energy of a threshold in kWh, in thousandths of a Wh: the precision of registers. */
export function thresholdMilliWh(kwh: number): number {
  return Math.round(kwh * MILLI_WH_PER_KWH);
}

/**
 * Whether all restrictions hold at the moment (OCPI TA-23..TA-29): minima inclusive, maxima exclusive. The kind of
 * reservation is not looked at. Only a momentary value can be unknown.
 */
export function restrictionsVerdict(restrictions: TariffRestrictions, moment: TariffMoment): Verdict {
  if (!withinCalendar(restrictions, moment) || !withinAmounts(restrictions, moment)) return FAILS;
  let unknown: LoadRestriction['member'] | undefined;
  for (const { member, quantity, unit } of LOAD_RESTRICTIONS) {
    const value = restrictions[member];
    if (value === undefined) continue;
    const reached = reaches(moment[quantity], roundMilli(value * unit));
    const isMinimum = member === 'min_power' || member === 'min_current';
    if (reached === !isMinimum) return FAILS;
    if (reached === undefined) unknown ??= member;
  }
  return unknown === undefined ? HOLDS : { unknown };
}

function withinAmounts(
  { min_kwh, max_kwh, min_duration, max_duration }: TariffRestrictions,
  { consumedMilliWh, elapsedMs }: TariffMoment,
): boolean {
  return (
    (min_kwh === undefined || consumedMilliWh >= thresholdMilliWh(min_kwh)) &&
    (max_kwh === undefined || consumedMilliWh < thresholdMilliWh(max_kwh)) &&
    (min_duration === undefined || elapsedMs >= min_duration * MS_PER_SECOND) &&
    (max_duration === undefined || elapsedMs < max_duration * MS_PER_SECOND)
  );
}

function withinCalendar(restrictions: TariffRestrictions, { local }: TariffMoment): boolean {
  if (local === undefined) return true;
  const { start_date, end_date, day_of_week } = restrictions;
  return (
    withinClock(restrictions, local.time) &&
    (start_date === undefined || local.date >= start_date) &&
    (end_date === undefined || local.date < end_date) &&
    (day_of_week === undefined || day_of_week.length === 0 || day_of_week.includes(local.day))
  );
}

/** OCPI TA-24: an end not after the start is the next day's, and 00:00 as end is the end of the day. */
function withinClock({ start_time, end_time }: TariffRestrictions, time: string): boolean {
  if (start_time === undefined && end_time === undefined) return true;
  const start = start_time ?? '00:00';
  const end = end_time === undefined || end_time === '00:00' ? '24:00' : end_time;
  return start < end ? time >= start && time < end : time >= start || time < end;
}
