import type { ChargingProfile } from '../roaming/charging-profile.js';

/** What makes a profile unusable for any charger, in words for the partner; undefined = usable (D6-001, CP-10). */
export function profileFault(profile: ChargingProfile, maxPeriods: number | undefined): string | undefined {
  const periods = profile.charging_profile_period;
  const [first] = periods;
  if (!first) return 'the profile has no period';
  if (first.start_period !== 0) return 'the first period does not start at 0';
  for (const [index, period] of periods.entries()) {
    const before = periods[index - 1];
    if (before && period.start_period <= before.start_period) return 'the periods are not ascending';
    if (!hasOneDecimal(period.limit) || period.limit < 0) return 'a limit is not a number with one decimal';
  }
  if (profile.min_charging_rate !== undefined && !hasOneDecimal(profile.min_charging_rate)) {
    return 'min_charging_rate is not a number with one decimal';
  }
  if (maxPeriods !== undefined && periods.length > maxPeriods) {
    return `the charge point takes no more than ${maxPeriods} periods`;
  }
  return undefined;
}

/** Seen with a tolerance: 16.1 has no exact binary form. */
const TOLERANCE = 1e-6;

function hasOneDecimal(value: number): boolean {
  return Math.abs(value * 10 - Math.round(value * 10)) < TOLERANCE;
}
