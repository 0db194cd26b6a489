import type { ChargingRateUnit } from '@roambridge/domain';
import type { SessionRecord } from '../model/session.js';
import type { OpenTransaction, StationAggregate } from '../stations/aggregate.js';
import { unitTaken } from './charger-profile.js';

/** The unit in which a charger is asked: that of the session's profile, else the one that fits the current. */
export function preferredUnit(
  station: StationAggregate,
  open: OpenTransaction,
  record: SessionRecord,
): ChargingRateUnit {
  const only = unitTaken(station);
  const isDirect = record.snapshot.location.evses[0]?.connectors[0]?.power_type === 'DC';
  return only ?? open.profile?.profile?.charging_rate_unit ?? (isDirect ? 'W' : 'A');
}
