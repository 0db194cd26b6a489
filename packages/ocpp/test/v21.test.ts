import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { StationRequest } from '@roambridge/core';
import { PROTOCOLS } from '../src/protocols.js';
import { RawCharger, startGateway, type TestGateway, until } from './support/gateway.js';

let gateway: TestGateway;
let cp: RawCharger;
let sent = 0;

beforeAll(async () => {
  gateway = await startGateway();
  cp = await new RawCharger(`${gateway.url}/CP1`, ['ocpp2.1']).open();
});

afterAll(() => gateway.ocpp.close());

beforeEach(() => {
  gateway.edge.bootState = 'Accepted';
});

const ask = async (action: string, payload: unknown) => {
  sent += 1;
  return (await cp.ask([2, `id${sent}`, action, payload])).slice(2);
};

const newest = (action: string) => gateway.edge.inbound(action).at(-1);
const TIME = '2026-01-01T10:00:00Z';
const AT = Date.UTC(2030, 0, 1);
const VALUES = { id: 1, pending: 0, basetime: TIME, data: [{ t: 0, v: '1.0' }] };

/** Sends something that must stay unanswered: the answer to what follows is the next message. */
async function silence(frame: unknown): Promise<void> {
  cp.send(frame);
  sent += 1;
  expect((await cp.ask([2, `id${sent}`, 'Heartbeat', {}]))[1]).toBe(`id${sent}`);
}

test('the subprotocol is spoken where the station offers it (A-010, C-200)', async () => {
  expect(cp.socket.protocol).toBe('ocpp2.1');
  expect(cp.socket.extensions).toContain('permessage-deflate');
  gateway.edge.stations.set('CP2', { protocols: ['ocpp2.0.1'] });
  const bound = await new RawCharger(`${gateway.url}/CP2`, ['ocpp2.1', 'ocpp2.0.1']).open();
  expect(bound.socket.protocol).toBe('ocpp2.0.1');
});

test('an unknown message type is silence, garbage is answered (A-078, G41)', async () => {
  await silence([7, 'x']);
  const kept = gateway.edge.noted.find(({ messageType }) => messageType === 7);
  expect(kept).toMatchObject({ verdict: 'malformed', messageId: 'x' });
  expect(await cp.ask('{oops')).toEqual([4, '-1', 'RpcFrameworkError', expect.any(String), {}]);
});

describe('messages that nobody answers (A-084)', () => {
  test('a stream is opened, its values are kept, it is closed (G46)', async () => {
    const params = { interval: 60, values: 10 };
    const constantStreamData = { id: 1, variableMonitoringId: 7, params };
    expect(await ask('OpenPeriodicEventStream', { constantStreamData })).toEqual([{ status: 'Accepted' }]);
    await silence([6, 's1', 'NotifyPeriodicEventStream', VALUES]);
    expect(newest('NotifyPeriodicEventStream')).toMatchObject({
      messageType: 6,
      messageId: 's1',
      verdict: 'ok',
      anomalies: [],
    });
    expect(await ask('ClosePeriodicEventStream', { id: 1 })).toEqual([{}]);
    expect((await ask('OpenPeriodicEventStream', {}))[0]).toBe('OccurrenceConstraintViolation');
  });

  test.each([
    ['no id', [6, 's2', 'NotifyPeriodicEventStream', { ...VALUES, id: undefined }], '/id: is required'],
    [
      'no time',
      [6, 's3', 'NotifyPeriodicEventStream', { ...VALUES, basetime: '' }],
      '/basetime: has a value',
    ],
    [
      'no values',
      [6, 's4', 'NotifyPeriodicEventStream', { ...VALUES, data: 'x' }],
      '/data: has the wrong type',
    ],
    ['no payload', [6, 's5', 'NotifyPeriodicEventStream', 'x'], 'PAYLOAD_NOT_AN_OBJECT'],
    ['an action that has an answer', [6, 's6', 'Heartbeat', {}], 'UNKNOWN_ACTION'],
    ['an action of no version', [6, 's7', 'Foo', {}], 'UNKNOWN_ACTION'],
  ])('%s: silence, and what is wrong is kept (G46)', async (_what, frame, anomaly) => {
    await silence(frame);
    const record = gateway.edge.journaled.find(({ messageId }) => messageId === frame[1]);
    expect(record).toMatchObject({ verdict: 'quarantined', messageType: 6 });
    expect(record?.anomalies.join()).toContain(anomaly);
  });

  test('a deviation from the schema that does no harm is noted', async () => {
    await silence([6, 's8', 'NotifyPeriodicEventStream', { ...VALUES, pending: 'x', odd: 1 }]);
    expect(newest('NotifyPeriodicEventStream')).toMatchObject({
      verdict: 'repaired',
      anomalies: ['SCHEMA additionalProperties /', 'SCHEMA type /pending'],
    });
  });

  test('without an id or an action it is malformed, and silence too', async () => {
    await silence([6]);
    await silence([6, 's9', 5, {}]);
    const malformed = gateway.edge.noted.filter(({ messageType }) => messageType === 6);
    expect(malformed.map(({ verdict }) => verdict)).toEqual(['malformed', 'malformed']);
  });

  test('whatever is in it, nobody answers and the socket goes on', async () => {
    const odd = [undefined, null, '', 'x', 0, -1.5, true, [], {}, [[]], { id: {} }, { data: [null], id: 1 }];
    for (const type of [5, 6])
      for (const id of odd)
        for (const member of ['NotifyPeriodicEventStream', ...odd.slice(0, 4)])
          for (const last of odd) cp.send([type, id, member, last, last]);
    await silence([6, 's11', 'NotifyPeriodicEventStream', VALUES]);
    expect(gateway.ocpp.connections()).toBeGreaterThan(0);
    await until(() =>
      gateway.edge.inbound('NotifyPeriodicEventStream').some(({ messageId }) => messageId === 's11'),
    );
  });

  test('before the boot is accepted nothing is taken from it (A-097)', async () => {
    gateway.edge.bootState = undefined;
    cp.send([6, 's10', 'NotifyPeriodicEventStream', VALUES]);
    await until(() => newest('NotifyPeriodicEventStream')?.messageId === 's10');
    expect(newest('NotifyPeriodicEventStream')).toMatchObject({
      verdict: 'quarantined',
      anomalies: ['NOT_BOOTED'],
    });
  });

  test('it may come while a call of ours waits, which it does not answer (A-084)', async () => {
    const outcome = gateway.ocpp.link.callRaw('CP1', 'GetPeriodicEventStream', {});
    const call = await cp.next();
    expect(call[2]).toBe('GetPeriodicEventStream');
    cp.send([6, String(call[1]), 'NotifyPeriodicEventStream', VALUES]);
    cp.send([3, call[1], {}]);
    expect(await outcome).toMatchObject({ kind: 'result', payload: {} });
  });
});

describe('answers that are not understood (A-083)', () => {
  const event = {
    eventType: 'Updated',
    timestamp: TIME,
    triggerReason: 'TxResumed',
    seqNo: 3,
    transactionInfo: { transactionId: 'T1', operationMode: 'ChargingOnly' },
    evseSleep: false,
  };

  test('of a message of a transaction: told to the operator, and answered by nothing', async () => {
    await ask('TransactionEvent', event);
    await silence([5, `id${sent}`, 'FormatViolation', 'what?', {}]);
    expect(gateway.edge.notUnderstood).toEqual([
      { action: 'TransactionEvent', code: 'FormatViolation', description: 'what?' },
    ]);
    expect(newest('TransactionEvent')).toMatchObject({
      messageType: 5,
      verdict: 'repaired',
      anomalies: ['ANSWER_NOT_UNDERSTOOD'],
    });
  });

  test('of any other message: kept; of none that is known: kept as such', async () => {
    await ask('Authorize', { idToken: { idToken: 'AB', type: 'ISO14443' } });
    await silence([5, `id${sent}`, 'FormatViolation', '', {}]);
    expect(newest('Authorize')).toMatchObject({ messageType: 5, anomalies: ['ANSWER_NOT_UNDERSTOOD'] });
    await silence([5, 'nobody', 'FormatViolation', '', {}]);
    expect(gateway.edge.journaled.at(-1)).toMatchObject({
      action: null,
      anomalies: ['UNKNOWN_MESSAGE_ID'],
    });
    expect(gateway.edge.notUnderstood).toHaveLength(1);
  });

  test('an answer of the charger that is no object is told to it, and fails the call', async () => {
    const outcome = gateway.ocpp.link.callRaw('CP1', 'ClearCache', {});
    const [, id] = await cp.next();
    expect(await cp.ask([3, id, 'done'])).toEqual([5, id, 'FormatViolation', expect.any(String), {}]);
    expect(await outcome).toMatchObject({ kind: 'error', code: 'FormatViolation' });
    expect(gateway.edge.noted.at(-1)).toMatchObject({
      direction: 'out',
      messageType: 5,
      action: 'ClearCache',
    });
  });
});

describe('what is new is data', () => {
  test('messages of OCPP 2.0.1 and 2.1 have the same handlers (C-200)', () => {
    const { routes } = PROTOCOLS['ocpp2.1'];
    for (const [action, route] of PROTOCOLS['ocpp2.0.1'].routes) expect(routes.get(action)).toBe(route);
    for (const action of routes.keys()) expect(PROTOCOLS['ocpp2.1'].schemas.has(action)).toBe(true);
  });

  test('every action that may be sent has a schema, and those of 2.1 alone are not sent before (C-202)', () => {
    for (const action of PROTOCOLS['ocpp2.1'].callable) {
      expect([action, PROTOCOLS['ocpp2.1'].schemas.has(action)]).toEqual([action, true]);
    }
    expect(PROTOCOLS['ocpp2.0.1'].callable.has('UsePriorityCharging')).toBe(false);
  });

  test.each(['EVCCID', 'VIN', 'DirectPayment', 'SomethingNew'])(
    'the type %s of a token is kept as it came (C-201)',
    async (type) => {
      const idToken = { idToken: 'X'.repeat(200), type };
      expect((await ask('Authorize', { idToken }))[0]).toMatchObject({ idTokenInfo: { status: 'Accepted' } });
      expect(gateway.edge.authorizations.at(-1)).toEqual({ idToken });
      expect(newest('Authorize')?.anomalies).toEqual([]);
    },
  );

  test('new members and trigger reasons of a TransactionEvent are no anomaly (C-203)', async () => {
    const transactionInfo = { transactionId: 'T2', stoppedReason: 'ReqEnergyTransferRejected' };
    const triggerReason = 'CostLimitReached';
    const event = { eventType: 'Ended', timestamp: TIME, triggerReason, seqNo: 1, transactionInfo };
    expect(await ask('TransactionEvent', event)).toEqual([{}]);
    expect(newest('TransactionEvent')?.verdict).toBe('ok');
    expect(gateway.edge.events.at(-1)).toMatchObject({
      triggerReason,
      stoppedReason: 'ReqEnergyTransferRejected',
    });
  });

  test('a reservation that nobody used in its time has expired (C-205)', async () => {
    const update = { reservationId: 5, reservationUpdateStatus: 'NoTransaction' };
    expect(await ask('ReservationStatusUpdate', update)).toEqual([{}]);
    expect(gateway.edge.reservations.at(-1)).toEqual({ reservationId: 5, status: 'expired' });
  });

  test('the driver asks for priority: what the station applies is looked at (D7-004)', async () => {
    expect(await ask('NotifyPriorityCharging', { transactionId: 'T1', activated: true })).toEqual([{}]);
    expect(gateway.edge.changedLimits.at(-1)).toBeUndefined();
    expect(gateway.edge.changedLimits).toHaveLength(1);
  });

  test.each(['NotifySettlement', 'NotifyDERAlarm', 'NotifyDERStartStop', 'ReportDERControl'])(
    '%s is kept and acknowledged (C-202)',
    async (action) => {
      expect(await ask(action, {})).toEqual([{}]);
      expect(newest(action)).toBeDefined();
    },
  );

  test.each(['BatterySwap', 'VatNumberValidation', 'PullDynamicScheduleUpdate', 'GetCertificateChainStatus'])(
    '%s wants something that is not done here: NotSupported (A-077, C-202)',
    async (action) => {
      expect((await ask(action, {}))[0]).toBe('NotSupported');
    },
  );
});

describe('what core asks', () => {
  const idToken = { idToken: '04A1B2C3', type: 'ISO14443' };
  const reading = { evseGroups: [], quirks: [] };
  const limit = {
    charging_rate_unit: 'A' as const,
    charging_profile_period: [{ start_period: 0, limit: 16 }],
  };
  const common = { evseId: 1, ocppTransactionId: 'T1', stackLevel: 1 };
  const requests = [
    { kind: 'start-transaction', remoteStartId: 1, idToken, evseId: 1, connectorId: 1, groupId: 'G' },
    { kind: 'stop-transaction', ocppTransactionId: 'T1' },
    { kind: 'get-transaction-status', ocppTransactionId: 'T1' },
    { kind: 'report-inventory', requestId: 3, extent: 'full' },
    { kind: 'reserve-now', reservationId: 1, evseId: 1, idToken, groupId: 'G', expiresAt: AT },
    { kind: 'cancel-reservation', reservationId: 1 },
    { kind: 'unlock-connector', evseId: 1, connectorId: 1 },
    { kind: 'set-charging-profile', ...common, profileId: 1, profile: limit, numberPhases: 3 },
    { kind: 'clear-charging-profile', profileId: 1, evseId: 1, stackLevel: 1 },
    { kind: 'clear-charging-profile', profileId: undefined, evseId: 1, stackLevel: 1 },
    { kind: 'get-composite-schedule', evseId: 1, durationS: 60, unit: 'A' },
    { kind: 'report-smart-charging' },
    { kind: 'trigger-status', evseId: 1, connectorId: 1 },
    { kind: 'use-priority-charging', ocppTransactionId: 'T1', activate: true },
    { kind: 'certificate-signed', chain: 'PEM', requestId: 4 },
  ] as const;

  test.each(requests)('$kind fits the schema of OCPP 2.1 (C-200, C-207)', (request) => {
    const { toWire, schemas, callable } = PROTOCOLS['ocpp2.1'];
    const call = toWire(request as StationRequest, reading);
    expect([call?.action, schemas.checkOwnRequest(call?.action ?? '', call?.payload)]).toEqual([
      expect.any(String),
      [],
    ]);
    expect(callable.has(call?.action ?? '')).toBe(true);
  });

  test('priority is a matter of OCPP 2.1 alone (D7-004)', () => {
    const request = { kind: 'use-priority-charging', ocppTransactionId: 'T1', activate: true } as const;
    for (const name of ['ocpp1.6', 'ocpp2.0.1'] as const) {
      expect(PROTOCOLS[name].toWire(request, reading)).toBeUndefined();
      expect(PROTOCOLS[name].traits.priorityCharging).toBe(false);
    }
  });

  test('a schedule with a period that has no limit is none that can be told (C-206)', () => {
    const { readAnswer } = PROTOCOLS['ocpp2.1'];
    const asked = { kind: 'get-composite-schedule', evseId: 1, durationS: 60, unit: 'A' } as const;
    const schedule = (chargingSchedulePeriod: object[]) => ({
      schedule: {
        chargingRateUnit: 'A',
        duration: 60,
        evseId: 1,
        scheduleStart: TIME,
        chargingSchedulePeriod,
      },
    });
    const limited = { startPeriod: 0, limit: 16 };
    expect(readAnswer(asked, schedule([limited]))).toMatchObject({ schedule: { periods: [{ limit: 16 }] } });
    expect(readAnswer(asked, schedule([limited, { startPeriod: 30, setpoint: 5 }]))).toEqual({});
  });
});
