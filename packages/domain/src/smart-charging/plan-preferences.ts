import type { ChargingPreferences, ChargingProfile } from '../roaming/charging-profile.js';
import type { EpochMs } from '../roaming/common.js';
import type { Supply } from './supply.js';

/** Below it a vehicle pauses instead of charging slowly, A per phase (IEC 61851). */
const LOWEST_CURRENT_A = 6;
const HOUR_MS = 3_600_000;

/** What a charger is told so that a driver's preferences come about (D7-002). */
export type PreferencePlan =
  /** Nothing holds the vehicle back. */
  { kind: 'no-limit' } | { kind: 'limit'; profile: ChargingProfile };

/**
 * CHEAP and GREEN charge as evenly as the time until departure allows: the lowest power that still delivers the
 * energy, without limit from the departure on. FAST and REGULAR are not held back. Direct current is limited in W.
 */
export function planPreferences(
  preferences: ChargingPreferences,
  supply: Supply,
  now: EpochMs,
): PreferencePlan {
  const { profile_type, departure_time, energy_need } = preferences;
  if (profile_type === 'FAST' || profile_type === 'REGULAR') return { kind: 'no-limit' };
  if (departure_time === undefined || energy_need === undefined) return { kind: 'no-limit' };
  const hours = (Date.parse(departure_time) - now) / HOUR_MS;
  if (hours <= 0) return { kind: 'no-limit' };
  const watt = (energy_need * 1000) / hours;
  const { phases } = supply;
  const limit = phases === undefined ? watt : Math.max(LOWEST_CURRENT_A, watt / (supply.voltageV * phases));
  return {
    kind: 'limit',
    profile: {
      start_date_time: new Date(now).toISOString(),
      duration: Math.ceil(hours * 3600),
      charging_rate_unit: phases === undefined ? 'W' : 'A',
      // Rounded up: rounded down the vehicle would leave without the last of its energy.
      charging_profile_period: [{ start_period: 0, limit: Math.ceil(limit * 10) / 10 }],
    },
  };
}
