import type { ChargingProfile, ChargingRateUnit } from '../roaming/charging-profile.js';
import type { Supply } from './supply.js';

/**
 * The same limits in another unit: A = W / (U·phases), rounded down to 0.1 so that a limit is never raised (D6-003,
 * CP-12). Undefined where nobody can tell: direct current has no fixed voltage.
 */
export function inUnit(
  profile: ChargingProfile,
  unit: ChargingRateUnit,
  supply: Supply,
): ChargingProfile | undefined {
  if (profile.charging_rate_unit === unit) return profile;
  if (supply.phases === undefined) return undefined;
  const wattPerAmpere = supply.voltageV * supply.phases;
  const convert = (limit: number) => roundDown(unit === 'A' ? limit / wattPerAmpere : limit * wattPerAmpere);
  return {
    ...profile,
    charging_rate_unit: unit,
    ...(profile.min_charging_rate === undefined
      ? {}
      : { min_charging_rate: convert(profile.min_charging_rate) }),
    charging_profile_period: profile.charging_profile_period.map((period) => ({
      ...period,
      limit: convert(period.limit),
    })),
  };
}

/** Below this a binary fraction is noise: 16.0 times 690 divided by 690 stays 16.0. */
const NOISE = 1e-9;

function roundDown(value: number): number {
  return Math.floor(value * 10 + NOISE) / 10;
}
