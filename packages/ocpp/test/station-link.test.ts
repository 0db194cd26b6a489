import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { RawCharger, startGateway, type TestGateway, until, wait } from './support/gateway.js';

let gateway: TestGateway;

beforeEach(async () => {
  gateway = await startGateway();
});

afterEach(() => gateway.ocpp.close());

const charger = async (protocol = 'ocpp1.6', station = 'CP1') => {
  const cp = await new RawCharger(`${gateway.url}/${station}`, [protocol]).open();
  await until(() => gateway.edge.connections.length > 0);
  return cp;
};

const token = { idToken: 'AB12', type: 'ISO14443' };
const GROUP = 'G'.repeat(36);

describe('requests of core in the words of the version', () => {
  test.each([
    [
      {
        kind: 'start-transaction',
        remoteStartId: 7,
        idToken: token,
        evseId: 2,
        connectorId: 1,
        groupId: 'G',
      },
      ['RemoteStartTransaction', { connectorId: 2, idTag: 'AB12' }],
      [
        'RequestStartTransaction',
        { remoteStartId: 7, idToken: token, evseId: 2, groupIdToken: { idToken: 'G', type: 'Central' } },
      ],
    ],
    [
      { kind: 'stop-transaction', ocppTransactionId: '42' },
      ['RemoteStopTransaction', { transactionId: 42 }],
      ['RequestStopTransaction', { transactionId: '42' }],
    ],
    [
      { kind: 'trigger-status', evseId: 2, connectorId: 1 },
      ['TriggerMessage', { requestedMessage: 'StatusNotification', connectorId: 2 }],
      ['TriggerMessage', { requestedMessage: 'StatusNotification', evse: { id: 2, connectorId: 1 } }],
    ],
    [
      // TO-10: OCPP 1.6 has room for a short name of a group, that of idTagInfo (D4-035).
      { kind: 'reserve-now', reservationId: 5, evseId: 2, idToken: token, groupId: GROUP, expiresAt: 1e12 },
      [
        'ReserveNow',
        {
          connectorId: 2,
          expiryDate: '2001-09-09T01:46:40.000Z',
          idTag: 'AB12',
          parentIdTag: 'AA7ABFF7E04BBE6F437C',
          reservationId: 5,
        },
      ],
      [
        'ReserveNow',
        {
          id: 5,
          expiryDateTime: '2001-09-09T01:46:40.000Z',
          idToken: token,
          evseId: 2,
          groupIdToken: { idToken: GROUP, type: 'Central' },
        },
      ],
    ],
    [
      { kind: 'cancel-reservation', reservationId: 5 },
      ['CancelReservation', { reservationId: 5 }],
      ['CancelReservation', { reservationId: 5 }],
    ],
    [
      { kind: 'unlock-connector', evseId: 2, connectorId: 1 },
      ['UnlockConnector', { connectorId: 2 }],
      ['UnlockConnector', { evseId: 2, connectorId: 1 }],
    ],
    [
      {
        kind: 'set-charging-profile',
        profileId: 9,
        stackLevel: 1,
        evseId: 2,
        ocppTransactionId: '77',
        numberPhases: 3,
        profile: {
          start_date_time: '2026-03-01T10:10:00Z',
          duration: 3600,
          charging_rate_unit: 'A',
          min_charging_rate: 6,
          charging_profile_period: [{ start_period: 0, limit: 16.1 }],
        },
      },
      [
        'SetChargingProfile',
        {
          connectorId: 2,
          csChargingProfiles: {
            chargingProfileId: 9,
            transactionId: 77,
            stackLevel: 1,
            chargingProfilePurpose: 'TxProfile',
            chargingProfileKind: 'Absolute',
            chargingSchedule: {
              duration: 3600,
              startSchedule: '2026-03-01T10:10:00.000Z',
              chargingRateUnit: 'A',
              chargingSchedulePeriod: [{ startPeriod: 0, limit: 16.1, numberPhases: 3 }],
              minChargingRate: 6,
            },
          },
        },
      ],
      [
        'SetChargingProfile',
        {
          evseId: 2,
          chargingProfile: {
            id: 9,
            stackLevel: 1,
            chargingProfilePurpose: 'TxProfile',
            chargingProfileKind: 'Absolute',
            transactionId: '77',
            chargingSchedule: [
              {
                id: 9,
                duration: 3600,
                startSchedule: '2026-03-01T10:10:00.000Z',
                chargingRateUnit: 'A',
                chargingSchedulePeriod: [{ startPeriod: 0, limit: 16.1, numberPhases: 3 }],
                minChargingRate: 6,
              },
            ],
          },
        },
      ],
    ],
    [
      { kind: 'clear-charging-profile', profileId: 9, evseId: 2, stackLevel: 1 },
      ['ClearChargingProfile', { id: 9 }],
      ['ClearChargingProfile', { chargingProfileId: 9 }],
    ],
    [
      { kind: 'clear-charging-profile', profileId: undefined, evseId: 2, stackLevel: 1 },
      ['ClearChargingProfile', { connectorId: 2, chargingProfilePurpose: 'TxProfile', stackLevel: 1 }],
      [
        'ClearChargingProfile',
        { chargingProfileCriteria: { evseId: 2, chargingProfilePurpose: 'TxProfile', stackLevel: 1 } },
      ],
    ],
    [
      { kind: 'get-composite-schedule', evseId: 2, durationS: 900, unit: 'W' },
      ['GetCompositeSchedule', { connectorId: 2, duration: 900, chargingRateUnit: 'W' }],
      ['GetCompositeSchedule', { evseId: 2, duration: 900, chargingRateUnit: 'W' }],
    ],
    [
      { kind: 'get-transaction-status', ocppTransactionId: 't' },
      undefined,
      ['GetTransactionStatus', { transactionId: 't' }],
    ],
    [
      { kind: 'report-inventory', requestId: 3, extent: 'full' },
      undefined,
      ['GetBaseReport', { requestId: 3, reportBase: 'FullInventory' }],
    ],
  ] as const)('%j', async (request, v16, v201) => {
    for (const [protocol, expected, station] of [
      ['ocpp1.6', v16, 'CP1'],
      ['ocpp2.0.1', v201, 'CP2'],
    ] as const) {
      const cp = await charger(protocol, station);
      const outcome = gateway.ocpp.link.call(station, request);
      if (expected === undefined) {
        expect(await outcome).toEqual({ kind: 'not-supported' });
        continue;
      }
      const [type, id, action, payload] = await cp.next();
      expect([type, action, payload]).toEqual([2, ...expected]);
      cp.send([3, id, { status: 'Accepted' }]);
      expect(await outcome).toEqual({ kind: 'result', messageId: id, payload: { status: 'Accepted' } });
    }
  });
});

describe('calls of the operator', () => {
  test('a reservation is understood in either version, and what is no reservation is not', async () => {
    const { link } = gateway.ocpp;
    const expiresAt = Date.UTC(2030, 0, 1);
    const meant = { kind: 'reserve-now', reservationId: 5, evseId: 2, expiresAt };
    expect(link.meaningOf('CP1', 'CancelReservation', { reservationId: 5 })).toBeUndefined();
    await charger();
    const v16 = { connectorId: 2, expiryDate: '2030-01-01T00:00:00Z', idTag: 'AB12', reservationId: 5 };
    expect(link.meaningOf('CP1', 'ReserveNow', v16)).toEqual({
      ...meant,
      idToken: { idToken: 'AB12', type: 'unknown' },
    });
    expect(link.meaningOf('CP1', 'ReserveNow', { ...v16, connectorId: 0 })).not.toHaveProperty('evseId');
    expect(link.meaningOf('CP1', 'CancelReservation', { reservationId: 5 })).toEqual({
      kind: 'cancel-reservation',
      reservationId: 5,
    });
    for (const [action, payload] of [
      ['ReserveNow', { ...v16, expiryDate: 'soon' }],
      ['ReserveNow', []],
      ['Reset', v16],
    ] as const) {
      expect(link.meaningOf('CP1', action, payload)).toBeUndefined();
    }
    await charger('ocpp2.0.1', 'CP2');
    const v201 = { id: 5, evseId: 2, expiryDateTime: '2030-01-01T00:00:00Z', idToken: token };
    expect(link.meaningOf('CP2', 'ReserveNow', v201)).toEqual({ ...meant, idToken: token });
    expect(link.meaningOf('CP2', 'ReserveNow', { ...v201, idToken: 'AB12' })).toBeUndefined();
  });

  test('a payload that breaks the schema is not sent', async () => {
    await charger();
    expect(await gateway.ocpp.link.callRaw('CP1', 'Reset', { type: 'Now' })).toEqual({
      kind: 'invalid',
      violations: [{ pointer: '/type', message: expect.any(String) }],
    });
    expect(await gateway.ocpp.link.callRaw('CP1', 'Reset', {})).toMatchObject({
      violations: [{ pointer: '/type' }],
    });
    expect(await gateway.ocpp.link.callRaw('CP1', 'Reset', [])).toMatchObject({ kind: 'invalid' });
  });

  test('times of ours must be times', async () => {
    await charger();
    const reservation = { connectorId: 1, idTag: 'A', reservationId: 1 };
    expect(
      await gateway.ocpp.link.callRaw('CP1', 'ReserveNow', { ...reservation, expiryDate: 'soon' }),
    ).toMatchObject({ violations: [{ pointer: '/expiryDate' }] });
  });

  test('actions that a charger sends, and unknown ones, are not supported', async () => {
    await charger();
    for (const action of ['StartTransaction', 'GetVariables', '../x']) {
      expect(await gateway.ocpp.link.callRaw('CP1', action, {})).toEqual({ kind: 'not-supported' });
    }
  });

  test('every action that may be sent has a schema to make a form of, in every version', () => {
    const { link } = gateway.ocpp;
    for (const protocol of ['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1']) {
      const catalogue = link.actionsOf(protocol);
      expect(catalogue?.actions).toContain('Reset');
      for (const action of catalogue?.actions ?? [])
        expect(catalogue?.schemaOf(action)).toMatchObject({ type: 'object', properties: expect.anything() });
      expect(catalogue?.schemaOf('Heartbeat')).toBeUndefined();
    }
    expect(link.actionsOf('ocpp1.5')).toBeUndefined();
  });

  test('the security extension of OCPP 1.6 is checked by its own schemas', async () => {
    const cp = await charger();
    const { link } = gateway.ocpp;
    expect((await link.callRaw('CP1', 'GetLog', { logType: 'SecurityLog' })).kind).toBe('invalid');
    const log = { remoteLocation: 'https://logs.example/1' };
    void link.callRaw('CP1', 'GetLog', { logType: 'SecurityLog', requestId: 1, log });
    expect((await cp.next())[2]).toBe('GetLog');
  });

  test('a station that is not connected says so', async () => {
    expect(await gateway.ocpp.link.callRaw('CP1', 'ClearCache', {})).toEqual({ kind: 'not-connected' });
    expect(gateway.ocpp.link.isConnected('CP1')).toBe(false);
  });

  test('secrets do not reach the journal (A-024)', async () => {
    const cp = await charger();
    const payload = { key: 'AuthorizationKey', value: 's3cret' };
    void gateway.ocpp.link.callRaw('CP1', 'ChangeConfiguration', payload);
    expect((await cp.next())[3]).toEqual(payload);
    expect(JSON.stringify(gateway.edge.noted)).not.toContain('s3cret');
  });
});

describe('one call at a time', () => {
  test('the next call waits for the answer, the most urgent goes first (A-072)', async () => {
    const cp = await charger();
    const { link } = gateway.ocpp;
    void link.callRaw('CP1', 'GetConfiguration', {});
    let [, id, action] = await cp.next();
    void link.callRaw('CP1', 'ClearCache', {});
    void link.call('CP1', { kind: 'stop-transaction', ocppTransactionId: '1' });
    void link.callRaw('CP1', 'GetLocalListVersion', {}, { priority: 0 });
    const order = [action];
    for (let i = 0; i < 3; i += 1) {
      await wait(5);
      expect(cp.received).toEqual([]);
      cp.send([3, id, {}]);
      [, id, action] = await cp.next();
      order.push(action);
    }
    expect(order).toEqual(['GetConfiguration', 'GetLocalListVersion', 'RemoteStopTransaction', 'ClearCache']);
  });

  test('calls cross: the charger is answered while ours is outstanding (A-072)', async () => {
    const cp = await charger();
    const outcome = gateway.ocpp.link.callRaw('CP1', 'ClearCache', {});
    const [, id] = await cp.next();
    expect((await cp.ask([2, id, 'Heartbeat', {}]))[0]).toBe(3);
    cp.send([4, id, 'NotSupported', 'no', {}]);
    expect(await outcome).toEqual({ kind: 'error', messageId: id, code: 'NotSupported', description: 'no' });
  });

  test('a result that comes late is recognised, and the next call goes out meanwhile (A-074)', async () => {
    const cp = await charger();
    const first = gateway.ocpp.link.callRaw('CP1', 'ClearCache', {}, { timeoutMs: 20, correlationId: 'c1' });
    const second = gateway.ocpp.link.callRaw('CP1', 'GetConfiguration', {});
    const [, firstId] = await cp.next();
    expect(await first).toEqual({ kind: 'timeout', messageId: firstId });
    const [, secondId] = await cp.next();
    cp.send([3, firstId, { status: 'Accepted' }]);
    cp.send([3, secondId, {}]);
    expect(await second).toMatchObject({ kind: 'result', messageId: secondId });
    expect(gateway.edge.late).toEqual([{ messageId: firstId, payload: { status: 'Accepted' } }]);
    const late = gateway.edge.noted.find((frame) => frame.anomalies.includes('LATE_RESULT'));
    expect(late).toMatchObject({ action: 'ClearCache', correlationId: 'c1', direction: 'in' });
  });

  test('a call that waited too long is never sent', async () => {
    const cp = await charger();
    void gateway.ocpp.link.callRaw('CP1', 'ClearCache', {});
    const waiting = gateway.ocpp.link.callRaw('CP1', 'GetConfiguration', {}, { timeoutMs: 20 });
    expect((await waiting).kind).toBe('timeout');
    const [, id] = await cp.next();
    cp.send([3, id, { status: 'Accepted' }]);
    await wait(20);
    expect(cp.received).toEqual([]);
  });

  test('more calls than may wait are refused', async () => {
    await charger();
    const outcomes = Array.from({ length: 102 }, () => gateway.ocpp.link.callRaw('CP1', 'ClearCache', {}));
    expect(await outcomes[101]).toMatchObject({ kind: 'error', code: 'GenericError' });
  });

  test('a lost connection ends every call at once (A-075)', async () => {
    const cp = await charger();
    const outcomes = [
      gateway.ocpp.link.callRaw('CP1', 'ClearCache', {}),
      gateway.ocpp.link.callRaw('CP1', 'GetConfiguration', {}),
    ];
    await cp.next();
    cp.socket.terminate();
    expect((await Promise.all(outcomes)).map((outcome) => outcome.kind)).toEqual(['lost', 'lost']);
  });

  test('a result whose payload is no object is an error', async () => {
    const cp = await charger();
    const outcome = gateway.ocpp.link.callRaw('CP1', 'ClearCache', {});
    const [, id] = await cp.next();
    cp.send([3, id, 'yes']);
    expect(await outcome).toMatchObject({ kind: 'error', code: 'FormationViolation' });
  });
});

describe('when a charger may be called', () => {
  test('not before the answer to its first BootNotification (A-060)', async () => {
    const strict = await startGateway({ firstBootWaitMs: 5_000 });
    strict.edge.bootState = undefined;
    const cp = await new RawCharger(`${strict.url}/CP1`).open();
    void strict.ocpp.link.callRaw('CP1', 'ClearCache', {});
    await wait(30);
    expect(cp.received).toEqual([]);
    cp.send([2, 'b', 'BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' }]);
    expect((await cp.next())[0]).toBe(3);
    expect((await cp.next())[2]).toBe('ClearCache');
    await strict.ocpp.close();
  });

  test('a rejected charger is left alone, a pending one starts nothing (A-098)', async () => {
    const cp = await charger();
    gateway.edge.bootState = 'Rejected';
    expect(await gateway.ocpp.link.callRaw('CP1', 'ClearCache', {})).toEqual({ kind: 'not-connected' });
    gateway.edge.bootState = 'Pending';
    const stop = { kind: 'stop-transaction', ocppTransactionId: '1' } as const;
    expect(await gateway.ocpp.link.call('CP1', stop)).toEqual({ kind: 'not-connected' });
    void gateway.ocpp.link.callRaw('CP1', 'GetConfiguration', {});
    expect((await cp.next())[2]).toBe('GetConfiguration');
  });

  test('core may close a connection', async () => {
    const cp = await charger();
    const closed = cp.closed();
    gateway.ocpp.link.disconnect('CP1', 'entfernt für immer '.repeat(20));
    expect(await closed).toBe(1008);
  });
});
