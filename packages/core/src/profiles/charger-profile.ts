import {
  type ChargingProfile,
  type ChargingRateUnit,
  forQuirks,
  inUnit,
  onlyUnit,
  profileQuirks,
  type Supply,
  supplyOf,
} from '@roambridge/domain';
import { stableInteger } from '../ids.js';
import type { SessionRecord } from '../model/session.js';
import type { StationRequest } from '../ports/station-link.js';
import type { OpenTransaction, StationAggregate } from '../stations/aggregate.js';

/** D6-002: profiles of partners lie below those of the operator, which always cap (D6-006). */
const PARTNER_STACK_LEVEL = 1;

/** D6-005: one profile for each session; a new one has the same id and so replaces it. */
export function profileIdOf(sessionId: string): number {
  return stableInteger(`charging-profile\0${sessionId}`);
}

export function stackLevelAt(station: StationAggregate): number {
  return Math.min(PARTNER_STACK_LEVEL, station.state.smartCharging?.maxStackLevel ?? PARTNER_STACK_LEVEL);
}

/** The only unit that the charger takes: what the operator says of it, else what it said itself. */
export function unitTaken(station: StationAggregate): ChargingRateUnit | undefined {
  const units = station.state.smartCharging?.units ?? [];
  const said = units.length === 1 ? units[0] : undefined;
  return onlyUnit(profileQuirks(quirksOf(station.station, station.state))) ?? said;
}

export function supplyAt({ snapshot }: SessionRecord, nominalVoltageV: number): Supply {
  const connector = snapshot.location.evses[0]?.connectors[0];
  return connector ? supplyOf(connector, nominalVoltageV) : { voltageV: nominalVoltageV };
}

/**
 * The call that sets a profile for a running transaction, in a unit that the charger takes; undefined where the
 * limit cannot be said in that unit (CP-12).
 */
export function setProfileCall(
  station: StationAggregate,
  { transaction }: OpenTransaction,
  record: SessionRecord,
  profile: ChargingProfile,
  nominalVoltageV: number,
): Extract<StationRequest, { kind: 'set-charging-profile' }> | undefined {
  const { evseId } = transaction;
  if (evseId === undefined) return undefined;
  const quirks = profileQuirks(quirksOf(station.station, station.state));
  const unit = unitTaken(station) ?? profile.charging_rate_unit;
  const supply = supplyAt(record, nominalVoltageV);
  const written = inUnit(profile, unit, supply);
  if (!written) return undefined;
  return {
    kind: 'set-charging-profile',
    profileId: profileIdOf(record.session.id),
    stackLevel: stackLevelAt(station),
    evseId,
    ocppTransactionId: transaction.ocppTransactionId,
    profile: forQuirks(written, quirks, record.session.start_date_time),
    numberPhases: quirks.has('force_number_phases') ? supply.phases : undefined,
  };
}

import { quirksOf } from '../stations/quirks-in-force.js';
