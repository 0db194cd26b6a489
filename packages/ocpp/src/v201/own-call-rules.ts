import type { SchemaViolation } from '@roambridge/core';
import { isWireObject, type WireObject } from '../wire.js';

type Violations = SchemaViolation['violations'];
type Rule = (payload: WireObject) => Violations;

const wrong = (pointer: string, message: string): Violations => [{ pointer, message }];
const FINE: Violations = [];

/** What the schemas do not say about our own calls and a CSMS must keep to. */
const RULES: Readonly<Record<string, Rule>> = {
  SetChargingProfile: ({ evseId, chargingProfile }) =>
    isWireObject(chargingProfile) ? checkProfile(chargingProfile, evseId) : FINE,
  RequestStartTransaction: ({ chargingProfile: profile }) => {
    if (!isWireObject(profile)) return FINE;
    if (profile.chargingProfilePurpose !== 'TxProfile') {
      return wrong('/chargingProfile/chargingProfilePurpose', 'must be TxProfile'); // F01.FR.08
    }
    return [
      ...(profile.transactionId === undefined
        ? FINE
        : wrong('/chargingProfile/transactionId', 'must be absent: the transaction has no id yet')), // F01.FR.11
      ...checkSchedules(profile),
    ];
  },
  // K09.FR.03
  GetChargingProfiles: ({ chargingProfile }) =>
    isWireObject(chargingProfile) && Object.keys(chargingProfile).length === 0
      ? wrong('/chargingProfile', 'must have an id, a stack level, a purpose or a source')
      : FINE,
  ClearChargingProfile({ chargingProfileId, chargingProfileCriteria }) {
    if (chargingProfileId === undefined && chargingProfileCriteria === undefined) {
      return wrong('', 'must have chargingProfileId or chargingProfileCriteria'); // K10.FR.02
    }
    return FINE;
  },
  // F06.FR.13
  TriggerMessage: ({ requestedMessage, evse }) =>
    requestedMessage === 'StatusNotification' && !(isWireObject(evse) && evse.connectorId !== undefined)
      ? wrong('/evse/connectorId', 'is needed: a status is that of a connector')
      : FINE,
  // D01.FR.18: 0 means that there is no list.
  SendLocalList: ({ versionNumber }) =>
    versionNumber === 0 ? wrong('/versionNumber', 'must be more than 0') : FINE,
  // N09.FR.09
  CustomerInformation({ idToken, customerCertificate, customerIdentifier }) {
    const given = [idToken, customerCertificate, customerIdentifier].filter((one) => one !== undefined);
    return given.length === 1
      ? FINE
      : wrong('', 'must have exactly one of idToken, customerCertificate and customerIdentifier');
  },
};

/** Violations of the rules of the standard that its schemas cannot say (C-110, C-111, C-141, C-063). */
export function checkOwnCall(action: string, payload: WireObject): Violations {
  return RULES[action]?.(payload) ?? FINE;
}

function checkProfile(profile: WireObject, evseId: unknown): Violations {
  const { chargingProfilePurpose: purpose, chargingProfileKind: kind, transactionId } = profile;
  switch (purpose) {
    case 'ChargingStationExternalConstraints':
      return wrong('/chargingProfile/chargingProfilePurpose', 'is not a CSMS to set'); // K01.FR.22
    case 'TxProfile':
      if (transactionId === undefined)
        return wrong('/chargingProfile/transactionId', 'is needed for a TxProfile'); // K01.FR.03
      if (evseId === 0) return wrong('/evseId', 'must be more than 0 for a TxProfile'); // K01.FR.16
      return checkSchedules(profile);
    case 'ChargingStationMaxProfile':
      if (evseId !== 0) return wrong('/evseId', 'must be 0 for a ChargingStationMaxProfile'); // K04.FR.03
      if (kind === 'Relative')
        return wrong('/chargingProfile/chargingProfileKind', 'must not be Relative for the station'); // K01.FR.38
      return checkSchedules(profile);
    default:
      return checkSchedules(profile);
  }
}

function checkSchedules({ chargingSchedule, chargingProfileKind: kind }: WireObject): Violations {
  const schedules = Array.isArray(chargingSchedule) ? chargingSchedule.filter(isWireObject) : [];
  return schedules.flatMap((schedule, index) => {
    const at = `/chargingProfile/chargingSchedule/${index}`;
    const started = schedule.startSchedule !== undefined;
    if (kind === 'Relative' && started)
      return wrong(`${at}/startSchedule`, 'must be absent for a Relative profile'); // K01.FR.41
    if (kind !== 'Relative' && !started)
      return wrong(`${at}/startSchedule`, `is needed for the kind ${String(kind)}`); // K01.FR.40
    return checkPeriods(schedule.chargingSchedulePeriod, `${at}/chargingSchedulePeriod`);
  });
}

// K01.FR.31, K01.FR.35, K01.FR.19
function checkPeriods(periods: unknown, at: string): Violations {
  let last = -1;
  for (const [index, period] of (Array.isArray(periods) ? periods : []).entries()) {
    if (!isWireObject(period) || typeof period.startPeriod !== 'number') continue;
    if (index === 0 && period.startPeriod !== 0) return wrong(`${at}/0/startPeriod`, 'must be 0');
    if (period.startPeriod <= last)
      return wrong(`${at}/${index}/startPeriod`, 'must be after the period before');
    if (period.phaseToUse !== undefined && period.numberPhases !== 1)
      return wrong(`${at}/${index}/phaseToUse`, 'needs numberPhases 1');
    last = period.startPeriod;
  }
  return FINE;
}
