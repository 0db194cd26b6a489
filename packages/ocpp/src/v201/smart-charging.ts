import type { CallOutcome, SmartChargingLimits, StationRequest } from '@roambridge/core';
import { scheduleToWire } from '../any-version/charging-schedule.js';
import { answerReader, profileMembers, profileTraits } from '../any-version/smart-charging.js';
import type { WireCall } from '../protocol.js';
import { isWireObject, type WireObject } from '../wire.js';
import { credentialAnswer } from './security.js';

/** Variables of the component that tells what a station can do. */
const VARIABLES = {
  units: 'RateUnit',
  maxPeriods: 'PeriodsPerSchedule',
  maxStackLevel: 'ProfileStackLevel',
} as const satisfies Record<keyof SmartChargingLimits, string>;
const COMPONENT = { name: 'SmartChargingCtrlr' };

type Request<Kind extends StationRequest['kind']> = Extract<StationRequest, { kind: Kind }>;

/** D6-002: K01.FR.34 wants exactly one schedule. */
export function setChargingProfile(request: Request<'set-charging-profile'>): WireCall {
  const { profileId: id } = request;
  return {
    action: 'SetChargingProfile',
    payload: {
      evseId: request.evseId,
      chargingProfile: {
        id,
        ...profileMembers(request),
        transactionId: request.ocppTransactionId,
        chargingSchedule: [{ id, ...scheduleToWire(request.profile, request.numberPhases) }],
      },
    },
  };
}

/** D6-020: by id, else by where it must be; never both (K10.FR.02). */
export function clearedProfile(request: Request<'clear-charging-profile'>): WireObject {
  return request.profileId === undefined
    ? { chargingProfileCriteria: { evseId: request.evseId, ...profileTraits(request) } }
    : { chargingProfileId: request.profileId };
}

export function askedVariables(): WireObject {
  return {
    getVariableData: Object.values(VARIABLES).map((name) => ({ component: COMPONENT, variable: { name } })),
  };
}

const readSmartCharging = answerReader({
  composite: ({ schedule }) => ({
    schedule,
    start: isWireObject(schedule) ? schedule.scheduleStart : undefined,
  }),
  limit({ getVariableResult }, name) {
    const results = Array.isArray(getVariableResult) ? getVariableResult.filter(isWireObject) : [];
    const found = results.find(({ variable }) => isWireObject(variable) && variable.name === VARIABLES[name]);
    return typeof found?.attributeValue === 'string' ? found.attributeValue : undefined;
  },
  units: { A: 'A', W: 'W' },
});

/** What an answer says beyond its status. */
export function readAnswer(
  request: StationRequest,
  payload: WireObject,
): Partial<Extract<CallOutcome, { kind: 'result' }>> {
  switch (request.kind) {
    case 'set-password':
    case 'set-security-profile':
      return credentialAnswer(request, payload);
    default:
      return readSmartCharging(request, payload);
  }
}
