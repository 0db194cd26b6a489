import type { ActiveChargingProfile, ChargingProfile, Connector, EpochMs } from '@roambridge/domain';
import type { CompositeSchedule } from '../model/charging-profile.js';
import type { SessionRecord } from '../model/session.js';

/** D6-021: what a charger applies, as partners are told it. */
export function activeOf(schedule: CompositeSchedule, now: EpochMs): ActiveChargingProfile {
  const { durationS, minRate, unit, periods } = schedule;
  return {
    start_date_time: new Date(schedule.startsAt ?? now).toISOString(),
    charging_profile: {
      charging_rate_unit: unit,
      ...(durationS === undefined ? {} : { duration: durationS }),
      ...(minRate === undefined ? {} : { min_charging_rate: minRate }),
      charging_profile_period: periods.map(({ startS, limit }) => ({ start_period: startS, limit })),
    },
  };
}

/** CP-21: without any profile the limit is what the connector can do. */
export function evseMaximum(record: SessionRecord, now: EpochMs): ActiveChargingProfile | undefined {
  const connector = record.snapshot.location.evses[0]?.connectors[0];
  const limit = connector && maximumOf(connector);
  return limit && { start_date_time: new Date(now).toISOString(), charging_profile: limit };
}

function maximumOf(connector: Connector): ChargingProfile {
  const watt = connector.power_type === 'DC' ? connector.max_electric_power : undefined;
  return {
    charging_rate_unit: watt === undefined ? 'A' : 'W',
    charging_profile_period: [{ start_period: 0, limit: watt ?? connector.max_amperage }],
  };
}

/** What holds if the charger does what it accepted. */
export function expectedFrom(profile: ChargingProfile, sessionStart: string): ActiveChargingProfile {
  const { start_date_time, ...rest } = profile;
  return { start_date_time: start_date_time ?? sessionStart, charging_profile: rest };
}
