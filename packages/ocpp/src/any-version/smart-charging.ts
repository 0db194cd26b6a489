import type { CallOutcome, SmartChargingLimits, StationRequest } from '@roambridge/core';
import type { WireObject } from '../wire.js';
import { profileKind, readCount, readSchedule, readUnits } from './charging-schedule.js';

type Request<Kind extends StationRequest['kind']> = Extract<StationRequest, { kind: Kind }>;
type AnswerMembers = Partial<Extract<CallOutcome, { kind: 'result' }>>;

/** A limit for one transaction: partners limit no other (D6-002). */
const PURPOSE = { chargingProfilePurpose: 'TxProfile' } as const;

/** Members of a charging profile that both OCPP versions write alike. */
export function profileMembers(request: Request<'set-charging-profile'>): WireObject {
  return { stackLevel: request.stackLevel, ...PURPOSE, chargingProfileKind: profileKind(request.profile) };
}

/** What tells a profile whose id nobody knows: what it is for, and its level (D6-020). */
export function profileTraits({ stackLevel }: Request<'clear-charging-profile'>): WireObject {
  return { ...PURPOSE, stackLevel };
}

/** Where a version says what core asks about smart charging. */
export interface SmartChargingWords {
  /** Schedule and its start in the answer to GetCompositeSchedule. */
  composite(payload: WireObject): { schedule: unknown; start: unknown };
  /** Text of a limit in the answer of a charger that was asked for its limits. */
  limit(payload: WireObject, name: keyof SmartChargingLimits): string | undefined;
  /** Words for the units. */
  units: Readonly<Record<string, 'A' | 'W'>>;
}

/** Reads what an answer says beyond its status. */
export function answerReader(
  words: SmartChargingWords,
): (request: StationRequest, payload: WireObject) => AnswerMembers {
  return (request, payload) => {
    switch (request.kind) {
      case 'get-composite-schedule': {
        const told = words.composite(payload);
        const schedule = readSchedule(told.schedule, told.start);
        return schedule ? { schedule } : {};
      }
      case 'report-smart-charging': {
        const smartCharging = readLimits(words, payload);
        return smartCharging ? { smartCharging } : {};
      }
      default:
        return {};
    }
  };
}

function readLimits(words: SmartChargingWords, payload: WireObject): SmartChargingLimits | undefined {
  const units = readUnits(words.limit(payload, 'units') ?? '', words.units);
  if (units.length === 0) return undefined;
  const maxPeriods = readCount(words.limit(payload, 'maxPeriods'));
  const maxStackLevel = readCount(words.limit(payload, 'maxStackLevel'));
  return {
    units,
    ...(maxPeriods === undefined ? {} : { maxPeriods }),
    ...(maxStackLevel === undefined ? {} : { maxStackLevel }),
  };
}
