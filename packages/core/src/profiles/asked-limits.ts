import { type ActiveChargingProfile, inUnit, staysWithin } from '@roambridge/domain';
import type { OpenTransaction, StationAggregate } from '../stations/aggregate.js';
import { expectedFrom } from './active-profile.js';
import { setProfileCall, supplyAt } from './charger-profile.js';

/** The limits of a session as its charger was given them: in its unit, with its peculiarities. Absent = there are none. */
export function askedLimits(
  station: StationAggregate,
  open: OpenTransaction,
  nominalVoltageV: number,
): ActiveChargingProfile | undefined {
  const { profile, session: record } = open;
  if (!profile?.profile || !record) return undefined;
  const call = setProfileCall(station, open, record, profile.profile, nominalVoltageV);
  return call && expectedFrom(call.profile, record.session.start_date_time);
}

/** D6-040: whether a charger applies no more than it was asked to; in another unit as far as that can be converted. */
export function isApplied(
  active: ActiveChargingProfile,
  asked: ActiveChargingProfile,
  { session: record }: OpenTransaction,
  context: { nominalVoltageV: number; now: number },
): boolean {
  const supply = record && supplyAt(record, context.nominalVoltageV);
  const unit = active.charging_profile.charging_rate_unit;
  const profile = supply && inUnit(asked.charging_profile, unit, supply);
  if (!profile) return true;
  return staysWithin(active, { ...asked, charging_profile: profile }, context.now);
}
