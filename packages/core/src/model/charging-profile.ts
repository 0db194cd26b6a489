import type {
  ActiveChargingProfile,
  ChargingProfile,
  ChargingRateUnit,
  EpochMs,
  PartyId,
} from '@roambridge/domain';

/** What is known of the charging profile of a session, from the first one that was set on. */
export interface SessionProfile {
  sessionId: string;
  partnerId: string;
  stationId: string;
  transactionId: string;
  /** What the charger accepted last, as it was asked for; absent = there is none now. */
  profile?: ChargingProfile;
  /** Only a partner that has set a profile itself is told of changes (CP-20). */
  setByPartner: boolean;
  /** What the charger last said that it applies. */
  active?: ActiveChargingProfile;
  /** Our party that owns the session, and the one that it belongs to. */
  from: PartyId;
  to: PartyId;
  updatedAt: EpochMs;
}

/** Answer to charging preferences (SE-32). */
export type PreferencesResult =
  | 'ACCEPTED'
  | 'DEPARTURE_REQUIRED'
  | 'ENERGY_NEED_REQUIRED'
  | 'NOT_POSSIBLE'
  | 'PROFILE_TYPE_NOT_SUPPORTED';

export type PreferencesAnswer =
  | { kind: 'answered'; result: PreferencesResult }
  /** No session of this partner (SE-34). */
  | { kind: 'unknown-session' }
  /** The EVSE does not take preferences (SE-31). */
  | { kind: 'not-capable' };

/** What a charger says about its smart charging (B-050). */
export interface SmartChargingLimits {
  units: ChargingRateUnit[];
  maxPeriods?: number;
  maxStackLevel?: number;
}

/** What a charger applies over a time: the outcome of all its profiles. */
export interface CompositeSchedule {
  /** Absent: from now on. */
  startsAt?: EpochMs;
  durationS?: number;
  unit: ChargingRateUnit;
  minRate?: number;
  periods: { startS: number; limit: number }[];
}

/** What a vehicle says that it needs (ISO 15118). */
export interface VehicleNeeds {
  evseId: number;
}

/** The most that a vehicle's own schedule takes: A per phase or W. */
export interface ScheduleLimit {
  evseId: number;
  unit: ChargingRateUnit;
  limit: number;
}
