import type { CompositeSchedule } from '@roambridge/core';
import { CHARGING_RATE_UNITS, type ChargingProfile } from '@roambridge/domain';
import { isWireObject, toWireTime, type WireObject } from '../wire.js';

/** Members of a charging schedule that both OCPP versions write alike (D6-002). */
export function scheduleToWire(profile: ChargingProfile, numberPhases: number | undefined): WireObject {
  const { start_date_time, duration, charging_rate_unit, min_charging_rate } = profile;
  return {
    ...(duration === undefined ? {} : { duration }),
    ...(start_date_time === undefined ? {} : { startSchedule: toWireTime(Date.parse(start_date_time)) }),
    chargingRateUnit: charging_rate_unit,
    chargingSchedulePeriod: profile.charging_profile_period.map(({ start_period, limit }) => ({
      startPeriod: start_period,
      limit,
      ...(numberPhases === undefined ? {} : { numberPhases }),
    })),
    ...(min_charging_rate === undefined ? {} : { minChargingRate: min_charging_rate }),
  };
}

/** K01.FR.40, K01.FR.41: a schedule with a start is absolute, one without is relative. */
export function profileKind(profile: ChargingProfile): 'Absolute' | 'Relative' {
  return profile.start_date_time === undefined ? 'Relative' : 'Absolute';
}

/** What a charger says that it applies; undefined where its answer has no usable schedule. */
export function readSchedule(schedule: unknown, start: unknown): CompositeSchedule | undefined {
  if (!isWireObject(schedule) || !Array.isArray(schedule.chargingSchedulePeriod)) return undefined;
  const unit = CHARGING_RATE_UNITS.find((known) => known === schedule.chargingRateUnit);
  const told: unknown[] = schedule.chargingSchedulePeriod;
  const periods = told.flatMap((period) => {
    if (!isWireObject(period)) return [];
    const { startPeriod, limit } = period;
    return typeof startPeriod === 'number' && typeof limit === 'number'
      ? [{ startS: startPeriod, limit }]
      : [];
  });
  // A period without a limit (OCPP 2.1 has others, C-206) is not filled with that of the one before.
  if (unit === undefined || periods.length === 0 || periods.length < told.length) return undefined;
  const startsAt = typeof start === 'string' ? Date.parse(start) : Number.NaN;
  const { duration, minChargingRate } = schedule;
  return {
    unit,
    periods,
    ...(Number.isNaN(startsAt) ? {} : { startsAt }),
    ...(typeof duration === 'number' ? { durationS: duration } : {}),
    ...(typeof minChargingRate === 'number' ? { minRate: minChargingRate } : {}),
  };
}

/** Units out of a list such as `Current,Power` or `A,W`; the words that are none are left out. */
export function readUnits(list: string, words: Readonly<Record<string, 'A' | 'W'>>): ('A' | 'W')[] {
  return list.split(',').flatMap((word) => words[word.trim()] ?? []);
}

/** A count in a text; undefined where it is none. */
export function readCount(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text.trim()) ? Number(text) : undefined;
}
