/** Unit of a limit: `A` is per phase, `W` is the total of all phases (OCPI CP-11). */
export const CHARGING_RATE_UNITS = ['A', 'W'] as const;
export type ChargingRateUnit = (typeof CHARGING_RATE_UNITS)[number];

/** The limit that holds from `start_period` seconds after the start of the profile, one decimal (CP-10). */
export interface ChargingProfilePeriod {
  start_period: number;
  limit: number;
}

/** OCPI ChargingProfile: upper limits over time, never a target (CP-13). */
export interface ChargingProfile {
  /** Absent: relative to the start of charging. */
  start_date_time?: string;
  /** Seconds; absent: the last period goes on. */
  duration?: number;
  charging_rate_unit: ChargingRateUnit;
  min_charging_rate?: number;
  charging_profile_period: readonly ChargingProfilePeriod[];
}

/** OCPI ActiveChargingProfile: what the charger applies from a moment on (CP-22). */
export interface ActiveChargingProfile {
  start_date_time: string;
  charging_profile: ChargingProfile;
}

/** OCPI ProfileType: what a driver prefers. */
export const PROFILE_TYPES = ['CHEAP', 'FAST', 'GREEN', 'REGULAR'] as const;
export type ProfileType = (typeof PROFILE_TYPES)[number];

/** OCPI ChargingPreferences. */
export interface ChargingPreferences {
  profile_type: ProfileType;
  departure_time?: string;
  /** kWh. */
  energy_need?: number;
  discharge_allowed?: boolean;
}
