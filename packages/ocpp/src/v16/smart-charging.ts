import type { CallOutcome, SmartChargingLimits, StationRequest } from '@roambridge/core';
import {
  profileKind,
  readCount,
  readSchedule,
  readUnits,
  scheduleToWire,
} from '../any-version/charging-schedule.js';
import type { WireCall } from '../protocol.js';
import { isWireObject, type WireObject } from '../wire.js';
import { credentialAnswer } from './security.js';

/** Configuration keys that tell what a charger can do (B-050). */
export const SMART_CHARGING_KEYS = {
  units: 'ChargingScheduleAllowedChargingRateUnit',
  maxPeriods: 'ChargingScheduleMaxPeriods',
  maxStackLevel: 'ChargeProfileMaxStackLevel',
} as const;

const UNITS = { A: 'A', W: 'W', Current: 'A', Power: 'W' } as const;

type Request<Kind extends StationRequest['kind']> = Extract<StationRequest, { kind: Kind }>;

/** D6-002 */
export function setChargingProfile(request: Request<'set-charging-profile'>): WireCall | undefined {
  const transactionId = Number(request.ocppTransactionId);
  if (!Number.isSafeInteger(transactionId)) return undefined;
  return {
    action: 'SetChargingProfile',
    payload: {
      connectorId: request.evseId,
      csChargingProfiles: {
        chargingProfileId: request.profileId,
        transactionId,
        stackLevel: request.stackLevel,
        chargingProfilePurpose: 'TxProfile',
        chargingProfileKind: profileKind(request.profile),
        chargingSchedule: scheduleToWire(request.profile, request.numberPhases),
      },
    },
  };
}

/** D6-020: by id, else by where it must be. */
export function clearedProfile(request: Request<'clear-charging-profile'>): WireObject {
  return request.profileId === undefined
    ? {
        connectorId: request.evseId,
        chargingProfilePurpose: 'TxProfile',
        stackLevel: request.stackLevel,
      }
    : { id: request.profileId };
}

/** What an answer says beyond its status. */
export function readAnswer(
  request: StationRequest,
  payload: WireObject,
): Partial<Extract<CallOutcome, { kind: 'result' }>> {
  switch (request.kind) {
    case 'get-composite-schedule': {
      const schedule = readSchedule(payload.chargingSchedule, payload.scheduleStart);
      return schedule ? { schedule } : {};
    }
    case 'report-smart-charging': {
      const smartCharging = readLimits(payload);
      return smartCharging ? { smartCharging } : {};
    }
    case 'set-password':
    case 'set-security-profile':
      return credentialAnswer(payload);
    default:
      return {};
  }
}

function readLimits(payload: WireObject): SmartChargingLimits | undefined {
  const keys = Array.isArray(payload.configurationKey) ? payload.configurationKey.filter(isWireObject) : [];
  const textOf = (name: string) => {
    const value = keys.find(({ key }) => key === name)?.value;
    return typeof value === 'string' ? value : undefined;
  };
  const units = readUnits(textOf(SMART_CHARGING_KEYS.units) ?? '', UNITS);
  if (units.length === 0) return undefined;
  const maxPeriods = readCount(textOf(SMART_CHARGING_KEYS.maxPeriods));
  const maxStackLevel = readCount(textOf(SMART_CHARGING_KEYS.maxStackLevel));
  return {
    units,
    ...(maxPeriods === undefined ? {} : { maxPeriods }),
    ...(maxStackLevel === undefined ? {} : { maxStackLevel }),
  };
}
