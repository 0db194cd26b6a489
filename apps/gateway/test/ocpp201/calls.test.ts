import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CallRefusal, type Payload } from '@roambridge/sim-charger';
import { ACCEPTED, AT, CALL_CASES, profile, schedule } from '../support/ocpp201-call-cases.js';
import { startWorld201, token, type World201 } from '../support/ocpp201-world.js';

const ID = 'CS-CALLS';
let world: World201;

beforeAll(async () => {
  world = await startWorld201(ID);
});

afterAll(() => world?.stop());

describe('a call of the operator reaches the charger as it is, and its answer comes back', () => {
  test.each(CALL_CASES)('%s %s (%s)', (_id, _what, action, payload, answer) =>
    world.send(action, payload, answer).then(() => undefined),
  );

  test('TC_K_15 a charger without smart charging says so', async () => {
    world.charger.onCall('SetChargingProfile', () => {
      throw new CallRefusal('NotSupported');
    });
    const outcome = await world.gateway.operator.post(`/stations/${ID}/ocpp/SetChargingProfile`, {
      evseId: 1,
      chargingProfile: profile('TxDefaultProfile'),
    });
    expect(outcome).toMatchObject({ outcome: 'error', error: { code: 'NotSupported' } });
  });

  test('TC_K_70 two profiles one after another', async () => {
    for (const [stackLevel, limit] of [
      [0, 16],
      [1, 10],
    ] as const) {
      const chargingProfile = profile('TxDefaultProfile', {
        id: 20 + stackLevel,
        stackLevel,
        chargingSchedule: [schedule(limit, AT)],
      });
      await world.send('SetChargingProfile', { evseId: 1, chargingProfile }, ACCEPTED);
    }
  });
});

describe('what the standard does not allow a CSMS is not sent', () => {
  const tx = { transactionId: 'T-1' };
  test.each<[string, string, Payload, string]>([
    [
      'K01.FR.03',
      'SetChargingProfile',
      { evseId: 1, chargingProfile: profile('TxProfile') },
      '/chargingProfile/transactionId',
    ],
    ['K01.FR.16', 'SetChargingProfile', { evseId: 0, chargingProfile: profile('TxProfile', tx) }, '/evseId'],
    [
      'K01.FR.22',
      'SetChargingProfile',
      { evseId: 0, chargingProfile: profile('ChargingStationExternalConstraints') },
      '/chargingProfile/chargingProfilePurpose',
    ],
    [
      'K01.FR.38',
      'SetChargingProfile',
      {
        evseId: 0,
        chargingProfile: profile('ChargingStationMaxProfile', {
          chargingProfileKind: 'Relative',
          chargingSchedule: [schedule()],
        }),
      },
      '/chargingProfile/chargingProfileKind',
    ],
    [
      'K04.FR.03',
      'SetChargingProfile',
      { evseId: 1, chargingProfile: profile('ChargingStationMaxProfile') },
      '/evseId',
    ],
    [
      'K01.FR.40',
      'SetChargingProfile',
      { evseId: 1, chargingProfile: profile('TxDefaultProfile', { chargingSchedule: [schedule()] }) },
      '/chargingProfile/chargingSchedule/0/startSchedule',
    ],
    [
      'K01.FR.41',
      'SetChargingProfile',
      { evseId: 1, chargingProfile: profile('TxDefaultProfile', { chargingProfileKind: 'Relative' }) },
      '/chargingProfile/chargingSchedule/0/startSchedule',
    ],
    [
      'K01.FR.31',
      'SetChargingProfile',
      {
        evseId: 1,
        chargingProfile: profile('TxDefaultProfile', {
          chargingSchedule: [{ ...schedule(16, AT), chargingSchedulePeriod: [{ startPeriod: 5, limit: 6 }] }],
        }),
      },
      '/chargingProfile/chargingSchedule/0/chargingSchedulePeriod/0/startPeriod',
    ],
    ['K09.FR.03', 'GetChargingProfiles', { requestId: 1, chargingProfile: {} }, '/chargingProfile'],
    ['K10.FR.02', 'ClearChargingProfile', {}, ''],
    [
      'F06.FR.13',
      'TriggerMessage',
      { requestedMessage: 'StatusNotification', evse: { id: 1 } },
      '/evse/connectorId',
    ],
    [
      'F01.FR.11',
      'RequestStartTransaction',
      { remoteStartId: 1, idToken: token('04A1'), chargingProfile: profile('TxProfile', tx) },
      '/chargingProfile/transactionId',
    ],
    ['D01.FR.18', 'SendLocalList', { versionNumber: 0, updateType: 'Full' }, '/versionNumber'],
    ['N09.FR.09', 'CustomerInformation', { requestId: 1, report: true, clear: false }, ''],
  ])('%s: %s is refused with the member at fault', async (_rule, action, payload, pointer) => {
    const before = world.charger.received.length;
    const refusal = await world.gateway.operator
      .post(`/stations/${ID}/ocpp/${action}`, payload)
      .catch((error: Error) => error.message);
    expect(refusal).toContain('422');
    expect(refusal).toContain(`"pointer":${JSON.stringify(pointer)}`);
    expect(world.charger.received.length).toBe(before);
  });
});
