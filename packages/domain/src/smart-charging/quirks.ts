import type { ChargingProfile, ChargingRateUnit } from '../roaming/charging-profile.js';

/** Lowest current at which a vehicle may charge (IEC 61851), A. */
const LOWEST_CURRENT_A = 6;

/** Peculiarities of chargers that an operator states for a station (D6-004, D6-016). */
export const PROFILE_QUIRKS = [
  'unit_only_A',
  'unit_only_W',
  'min_limit_a',
  'integer_limits',
  'force_number_phases',
  'no_duration',
  'absolute_profiles',
] as const;
export type ProfileQuirk = (typeof PROFILE_QUIRKS)[number];

export function profileQuirks(quirks: readonly string[]): ReadonlySet<ProfileQuirk> {
  return new Set(PROFILE_QUIRKS.filter((quirk) => quirks.includes(quirk)));
}

/** The only unit that the charger takes, where it takes only one. */
export function onlyUnit(quirks: ReadonlySet<ProfileQuirk>): ChargingRateUnit | undefined {
  if (quirks.has('unit_only_A')) return 'A';
  return quirks.has('unit_only_W') ? 'W' : undefined;
}

/** Writes a profile so that a peculiar charger takes it; `sessionStart` is the start of charging. */
export function forQuirks(
  profile: ChargingProfile,
  quirks: ReadonlySet<ProfileQuirk>,
  sessionStart: string,
): ChargingProfile {
  const { duration, ...rest } = profile;
  const adapted: ChargingProfile = {
    ...rest,
    charging_profile_period: profile.charging_profile_period.map((period) => ({
      ...period,
      limit: limitFor(period.limit, profile.charging_rate_unit, quirks),
    })),
  };
  if (duration !== undefined && !quirks.has('no_duration')) adapted.duration = duration;
  // D6-004: relative to the start of charging, in the words of a charger that knows times only.
  if (quirks.has('absolute_profiles')) adapted.start_date_time ??= sessionStart;
  return adapted;
}

function limitFor(limit: number, unit: ChargingRateUnit, quirks: ReadonlySet<ProfileQuirk>): number {
  // a charger that refuses what no vehicle can use.
  const usable =
    quirks.has('min_limit_a') && unit === 'A' && limit > 0 && limit < LOWEST_CURRENT_A
      ? LOWEST_CURRENT_A
      : limit;
  return quirks.has('integer_limits') ? Math.floor(usable) : usable;
}
