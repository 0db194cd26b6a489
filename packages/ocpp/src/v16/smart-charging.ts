import type { CallOutcome, SmartChargingLimits, StationRequest } from '@roambridge/core';
import { scheduleToWire } from '../any-version/charging-schedule.js';
import { answerReader, profileMembers, profileTraits } from '../any-version/smart-charging.js';
import type { WireCall } from '../protocol.js';
import { isWireObject, type WireObject } from '../wire.js';
import { credentialAnswer } from './security.js';

/** Configuration keys that tell what a charger can do (B-050). */
export const SMART_CHARGING_KEYS = {
  units: 'ChargingScheduleAllowedChargingRateUnit',
  maxPeriods: 'ChargingScheduleMaxPeriods',
  maxStackLevel: 'ChargeProfileMaxStackLevel',
} as const satisfies Record<keyof SmartChargingLimits, string>;

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
        ...profileMembers(request),
        chargingSchedule: scheduleToWire(request.profile, request.numberPhases),
      },
    },
  };
}

/** D6-020: by id, else by where it must be. */
export function clearedProfile(request: Request<'clear-charging-profile'>): WireObject {
  return request.profileId === undefined
    ? { connectorId: request.evseId, ...profileTraits(request) }
    : { id: request.profileId };
}

const readSmartCharging = answerReader({
  composite: ({ chargingSchedule, scheduleStart }) => ({ schedule: chargingSchedule, start: scheduleStart }),
  limit({ configurationKey }, name) {
    const keys = Array.isArray(configurationKey) ? configurationKey.filter(isWireObject) : [];
    const value = keys.find(({ key }) => key === SMART_CHARGING_KEYS[name])?.value;
    // some chargers tell numbers as numbers.
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  },
  units: { A: 'A', W: 'W', Current: 'A', Power: 'W' },
});

/** What an answer says beyond its status. */
export function readAnswer(
  request: StationRequest,
  payload: WireObject,
): Partial<Extract<CallOutcome, { kind: 'result' }>> {
  switch (request.kind) {
    case 'set-password':
    case 'set-security-profile':
      return credentialAnswer(payload);
    default:
      return readSmartCharging(request, payload);
  }
}
