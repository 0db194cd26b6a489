import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { PROTOCOLS } from '../src/protocols.js';

const FOLDER = new URL('../schemas/', import.meta.url);

test('the schemas are those of the Open Charge Alliance, unchanged (CC BY-ND 4.0)', () => {
  const lines = readFileSync(new URL('SHA256SUMS', FOLDER), 'utf8').trim().split('\n');
  const listed = lines.map((line) => line.split(/ +/));
  for (const [sum, file = ''] of listed) {
    const actual = createHash('sha256')
      .update(readFileSync(new URL(file, FOLDER)))
      .digest('hex');
    expect(`${actual} ${file}`).toBe(`${sum} ${file}`);
  }
  const files = ['v16', 'v201', 'v21'].flatMap((folder) =>
    readdirSync(new URL(folder, FOLDER)).map((name) => `${folder}/${name}`),
  );
  expect(listed.map(([, file]) => file).sort()).toEqual(files.sort());
});

describe.each([
  ['ocpp1.6', 'v16', ''],
  ['ocpp2.0.1', 'v201', 'Request'],
  ['ocpp2.1', 'v21', 'Request'],
] as const)('%s', (name, folder, suffix) => {
  const { schemas } = PROTOCOLS[name];
  const actions = readdirSync(new URL(folder, FOLDER))
    .filter((file) => file.endsWith('Response.json'))
    .map((file) => file.slice(0, -'Response.json'.length));

  test('every schema compiles', () => {
    for (const action of actions) {
      expect(schemas.has(action)).toBe(true);
      expect(schemas.diagnoseRequest(action, {})).toBeDefined();
      expect(schemas.diagnoseResponse(action, {})).toBeDefined();
      expect(schemas.checkOwnRequest(action, {})).toBeDefined();
    }
    expect(actions).toHaveLength(
      readdirSync(new URL(folder, FOLDER)).filter((f) => f.endsWith(`${suffix}.json`)).length -
        (suffix === '' ? actions.length : 0),
    );
  });

  test.each(['../../package', '__proto__', 'AuthorizeResponse', 'constructor', 'authorize', ''])(
    '%p is no action',
    (action) => {
      expect(schemas.has(action)).toBe(false);
    },
  );
});

test('all violations are told, with the pointer of each (A-090)', () => {
  const violations = PROTOCOLS['ocpp1.6'].schemas.diagnoseRequest('StatusNotification', {
    connectorId: '1',
    status: 'Idle',
    extra: true,
  });
  expect(violations?.map(({ keyword, pointer }) => `${keyword} ${pointer}`).sort()).toEqual([
    'additionalProperties ',
    'enum /status',
    'required /errorCode',
    'type /connectorId',
  ]);
});

test('the 181 schemas of OCPP 2.1 have one for a message without an answer (C-200, A-084)', () => {
  expect(readdirSync(new URL('v21', FOLDER))).toHaveLength(181);
  const { schemas } = PROTOCOLS['ocpp2.1'];
  const stream = { id: 1, pending: 0, basetime: '2026-03-01T10:00:00Z', data: [{ t: 0, v: '1.0' }] };
  expect(schemas.diagnoseSend('NotifyPeriodicEventStream', stream)).toEqual([]);
  expect(schemas.diagnoseSend('NotifyPeriodicEventStream', { ...stream, data: [] })).toHaveLength(1);
  expect(schemas.has('NotifyPeriodicEventStream')).toBe(false);
  expect(PROTOCOLS['ocpp2.0.1'].schemas.diagnoseSend('NotifyPeriodicEventStream', stream)).toBeUndefined();
});

test('multiples of 0.1 are decimal, not binary', () => {
  const profile = (limit: number) => ({
    connectorId: 1,
    csChargingProfiles: {
      chargingProfileId: 1,
      stackLevel: 0,
      chargingProfilePurpose: 'TxDefaultProfile',
      chargingProfileKind: 'Relative',
      chargingSchedule: { chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit }] },
    },
  });
  const { schemas } = PROTOCOLS['ocpp1.6'];
  for (const limit of [0.3, 16.1, 31.7, 8.3]) {
    expect(schemas.checkOwnRequest('SetChargingProfile', profile(limit))).toEqual([]);
  }
  expect(schemas.checkOwnRequest('SetChargingProfile', profile(0.35))).not.toEqual([]);
});
