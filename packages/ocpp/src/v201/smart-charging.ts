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

/** Variables of the component that tells what a station can do. */
const VARIABLES = { units: 'RateUnit', maxPeriods: 'PeriodsPerSchedule', maxStackLevel: 'ProfileStackLevel' };
const COMPONENT = { name: 'SmartChargingCtrlr' };

const UNITS = { A: 'A', W: 'W' } as const;

type Request<Kind extends StationRequest['kind']> = Extract<StationRequest, { kind: Kind }>;

/** D6-002: K01.FR.34 wants exactly one schedule. */
export function setChargingProfile(request: Request<'set-charging-profile'>): WireCall {
  return {
    action: 'SetChargingProfile',
    payload: {
      evseId: request.evseId,
      chargingProfile: {
        id: request.profileId,
        stackLevel: request.stackLevel,
        chargingProfilePurpose: 'TxProfile',
        chargingProfileKind: profileKind(request.profile),
        transactionId: request.ocppTransactionId,
        chargingSchedule: [
          { id: request.profileId, ...scheduleToWire(request.profile, request.numberPhases) },
        ],
      },
    },
  };
}

/** D6-020: by id, else by where it must be; never both (K10.FR.02). */
export function clearedProfile(request: Request<'clear-charging-profile'>): WireObject {
  return request.profileId === undefined
    ? {
        chargingProfileCriteria: {
          evseId: request.evseId,
          chargingProfilePurpose: 'TxProfile',
          stackLevel: request.stackLevel,
        },
      }
    : { chargingProfileId: request.profileId };
}

export function askedVariables(): WireObject {
  return {
    getVariableData: Object.values(VARIABLES).map((name) => ({ component: COMPONENT, variable: { name } })),
  };
}

/** What an answer says beyond its status. */
export function readAnswer(
  request: StationRequest,
  payload: WireObject,
): Partial<Extract<CallOutcome, { kind: 'result' }>> {
  switch (request.kind) {
    case 'get-composite-schedule': {
      const { schedule: told } = payload;
      const schedule = readSchedule(told, isWireObject(told) ? told.scheduleStart : undefined);
      return schedule ? { schedule } : {};
    }
    case 'report-smart-charging': {
      const smartCharging = readLimits(payload);
      return smartCharging ? { smartCharging } : {};
    }
    case 'set-password':
    case 'set-security-profile':
      return credentialAnswer(request, payload);
    default:
      return {};
  }
}

function readLimits(payload: WireObject): SmartChargingLimits | undefined {
  const results = Array.isArray(payload.getVariableResult)
    ? payload.getVariableResult.filter(isWireObject)
    : [];
  const textOf = (name: string) => {
    const found = results.find(({ variable }) => isWireObject(variable) && variable.name === name);
    return typeof found?.attributeValue === 'string' ? found.attributeValue : undefined;
  };
  const units = readUnits(textOf(VARIABLES.units) ?? '', UNITS);
  if (units.length === 0) return undefined;
  const maxPeriods = readCount(textOf(VARIABLES.maxPeriods));
  const maxStackLevel = readCount(textOf(VARIABLES.maxStackLevel));
  return {
    units,
    ...(maxPeriods === undefined ? {} : { maxPeriods }),
    ...(maxStackLevel === undefined ? {} : { maxStackLevel }),
  };
}
