import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Payload, startCharger } from '@roambridge/sim-charger';
import { notifyReport, reported, variableValue } from '../support/device-reports.js';
import { CARDS, now, startWorld201, token, type World201 } from '../support/ocpp201-world.js';

const ID = 'CS-PROVISION';
let world: World201;

beforeAll(async () => {
  world = await startWorld201(ID);
});

afterAll(() => world?.stop());

const notify = (requestId: number, seqNo: number, tbc: boolean, data: Payload[]) =>
  notifyReport(world, requestId, seqNo, tbc, data);
const variable = (component: string, name: string) => variableValue(world, component, name);

describe('the charger signs in', () => {
  const connect = (identity: string, password: string) =>
    startCharger({
      url: world.gateway.gateway.urls.ocpp.replace(/\/$/, ''),
      identity,
      password,
      protocol: 'ocpp2.0.1',
    });

  test('TC_A_01 with its name and password it is let in', async () => {
    const charger = await connect(ID, world.station.password);
    expect(charger.isConnected()).toBe(true);
    expect(await charger.boot()).toMatchObject({ status: 'Accepted' });
    await charger.close();
    await world.charger.reconnect();
  });

  test('TC_A_02 under the name of nobody it is not', async () => {
    await expect(connect('CS-NOBODY', world.station.password)).rejects.toMatchObject({ code: 401 });
  });

  test('TC_A_03 with another password it is not', async () => {
    await expect(connect(ID, 'another-password-000')).rejects.toMatchObject({ code: 401 });
    expect(world.charger.isConnected()).toBe(true);
  });
});

describe('boot', () => {
  test('TC_B_01 the boot is accepted with time and interval, its reason and details are shown (C-020)', async () => {
    const answer = await world.charger.boot('Watchdog');
    expect(answer).toMatchObject({ status: 'Accepted', interval: expect.any(Number) });
    expect(Math.abs(Date.parse(String(answer.currentTime)) - Date.now())).toBeLessThan(60_000);
    await world.charger.status(1, 'Available');
    expect(await world.get('')).toMatchObject({
      boot_status: 'Accepted',
      vendor: 'Roambridge',
      protocol: 'ocpp2.0.1',
    });
  });
});

describe('a station that the operator holds back', () => {
  const register = (registration: string) =>
    world.gateway.operator.put(`/stations/${ID}`, {
      security_profile: 1,
      password: world.station.password,
      registration,
    });

  afterAll(async () => {
    await register('accepted');
    expect(await world.charger.boot()).toMatchObject({ status: 'Accepted' });
    await world.charger.status(1, 'Available');
  });

  test('TC_B_02 its boot is pending until the operator accepts it, and it may be configured meanwhile', async () => {
    await register('pending');
    const answer = await world.charger.boot();
    expect(answer).toMatchObject({ status: 'Pending', interval: expect.any(Number) });
    expect(await world.get('')).toMatchObject({ boot_status: 'Pending', registration: 'pending' });
    const place = { component: { name: 'AuthCtrlr' }, variable: { name: 'Enabled' } };
    const results = [{ ...place, attributeStatus: 'Accepted' }];
    const data = { setVariableData: [{ ...place, attributeValue: 'true' }] };
    await world.send('SetVariables', data, { setVariableResult: results });
    await world.send('GetBaseReport', { requestId: 9, reportBase: 'FullInventory' }, { status: 'Accepted' });
    await notify(9, 0, false, [reported('AuthCtrlr', 'Enabled', 'true')]);
    await expect(
      world.gateway.operator.post(`/stations/${ID}/ocpp/RequestStopTransaction`, { transactionId: 'T' }),
    ).resolves.toMatchObject({ outcome: 'not_connected' });
    await register('accepted');
    expect(await world.charger.boot()).toMatchObject({ status: 'Accepted' });
  });

  test.each(['pending', 'rejected'])(
    'TC_B_30 what it tells unasked is a security error: %s',
    async (held) => {
      await register(held);
      await world.charger.boot();
      const status = { timestamp: now(), connectorStatus: 'Available', evseId: 1, connectorId: 1 };
      await expect(world.charger.call('StatusNotification', status)).rejects.toMatchObject({
        rpcErrorCode: 'SecurityError',
      });
      const events = { eventType: 'Started', triggerReason: 'Authorized', timestamp: now(), seqNo: 0 };
      await expect(
        world.charger.call('TransactionEvent', { ...events, transactionInfo: { transactionId: 'held' } }),
      ).rejects.toMatchObject({ rpcErrorCode: 'SecurityError' });
    },
  );

  test('TC_B_31 a message that it was asked for is taken while it is pending; when rejected it is asked nothing', async () => {
    await register('pending');
    await world.charger.boot();
    const evse = { id: 1, connectorId: 1 };
    await world.send(
      'TriggerMessage',
      { requestedMessage: 'StatusNotification', evse },
      { status: 'Accepted' },
    );
    await world.tell('StatusNotification', {
      timestamp: now(),
      connectorStatus: 'Available',
      evseId: 1,
      connectorId: 1,
    });
    await register('rejected');
    await world.charger.boot();
    await expect(
      world.gateway.operator.post(`/stations/${ID}/ocpp/TriggerMessage`, { requestedMessage: 'Heartbeat' }),
    ).resolves.toMatchObject({ outcome: 'not_connected' });
  });
});

describe('reset', () => {
  const running = (evseId: number) => {
    const transactionId = `reset-${evseId}-${Math.random()}`.slice(0, 36);
    let seqNo = 0;
    return (eventType: string, triggerReason: string, more: Payload = {}, info: Payload = {}) => {
      seqNo += 1;
      return world.charger.call('TransactionEvent', {
        eventType,
        triggerReason,
        timestamp: now(),
        seqNo: seqNo - 1,
        transactionInfo: { transactionId, ...info },
        ...more,
      });
    };
  };

  test.each<[string, Payload, string]>([
    ['TC_B_20', { type: 'OnIdle' }, 'Accepted'],
    ['TC_B_25', { type: 'OnIdle', evseId: 1 }, 'Accepted'],
  ])('%s a reset without a transaction', async (_id, payload, status) => {
    await world.send('Reset', payload, { status });
    if (payload.evseId === undefined)
      expect(await world.charger.boot('RemoteReset')).toMatchObject({ status: 'Accepted' });
  });

  test.each<[string, Payload, string, string]>([
    ['TC_B_21', { type: 'OnIdle' }, 'Scheduled', 'Local'],
    ['TC_B_22', { type: 'Immediate' }, 'Accepted', 'ImmediateReset'],
    ['TC_B_26', { type: 'OnIdle', evseId: 1 }, 'Scheduled', 'Local'],
    ['TC_B_27', { type: 'Immediate', evseId: 1 }, 'Accepted', 'ImmediateReset'],
  ])('%s a reset during a transaction: %j', async (_id, payload, status, stoppedReason) => {
    const event = running(1);
    await event('Started', 'Authorized', {
      evse: { id: 1, connectorId: 1 },
      idToken: token(CARDS.valid),
    });
    await world.send('Reset', payload, { status });
    const trigger = stoppedReason === 'Local' ? 'StopAuthorized' : 'ResetCommand';
    expect(await event('Ended', trigger, {}, { stoppedReason })).toEqual({});
    const { items } = await world.gateway.operator.get(`/transactions?station_id=${ID}&limit=1`);
    expect((items as Payload[])[0]).toMatchObject({ open: false, stop_reason: stoppedReason });
  });
});

describe('network profile', () => {
  const profile = {
    configurationSlot: 1,
    connectionData: {
      messageTimeout: 30,
      ocppCsmsUrl: 'wss://csms.example/ocpp',
      ocppInterface: 'Wired0',
      ocppTransport: 'JSON',
      ocppVersion: 'OCPP20',
      securityProfile: 2,
    },
  };

  test.each([
    ['TC_B_42', 'Accepted'],
    ['TC_B_44', 'Failed'],
  ])('%s a profile of the network is set: %s (C-024)', (_id, status) =>
    world.send('SetNetworkProfile', profile, { status }).then(() => undefined),
  );

  test('an identity of a slot that is none breaks the schema and is not sent', async () => {
    const before = world.charger.received.length;
    await expect(
      world.gateway.operator.post(`/stations/${ID}/ocpp/SetNetworkProfile`, {
        ...profile,
        configurationSlot: 'x',
      }),
    ).rejects.toThrow('422');
    expect(world.charger.received.length).toBe(before);
  });
});

describe('messages of the size that the charger takes (C-005)', () => {
  const variables = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      component: { name: 'C' },
      variable: { name: `V${index}` },
    }));

  async function sent(action: string, payload: Payload, list: string): Promise<number[]> {
    const before = world.charger.received.length;
    const outcome = await world.gateway.operator.post(`/stations/CS-PROVISION/ocpp/${action}`, payload);
    expect(outcome.outcome).toBe('result');
    return world.charger.received.slice(before).map((call) => (call.payload[list] as unknown[]).length);
  }

  function answerVariables(): void {
    world.charger.onCall('GetVariables', (payload) => ({
      getVariableResult: (payload.getVariableData as Payload[]).map((item) => ({
        ...item,
        attributeStatus: 'UnknownVariable',
      })),
    }));
  }

  test('four items until the limit is known, then as many as it says; the answers are one (B06.FR.05)', async () => {
    answerVariables();
    expect(await sent('GetVariables', { getVariableData: variables(10) }, 'getVariableData')).toEqual([
      4, 4, 2,
    ]);
    await notify(500, 0, false, [
      reported('DeviceDataCtrlr', 'ItemsPerMessage', '6', { instance: 'GetVariables' }),
      reported('DeviceDataCtrlr', 'BytesPerMessage', '450', { instance: 'SetVariables' }),
      reported('DeviceDataCtrlr', 'ItemsPerMessage', '50', { instance: 'SetVariables' }),
      reported('MonitoringCtrlr', 'ItemsPerMessage', '2', { instance: 'ClearVariableMonitoring' }),
    ]);
    expect(await sent('GetVariables', { getVariableData: variables(10) }, 'getVariableData')).toEqual([6, 4]);
    const outcome = await world.gateway.operator.post('/stations/CS-PROVISION/ocpp/GetVariables', {
      getVariableData: variables(8),
    });
    expect((outcome.payload as { getVariableResult: unknown[] }).getVariableResult).toHaveLength(8);
  });

  test('no more bytes than it takes, and one variable only once in a message (B05.FR.11, B05.FR.13)', async () => {
    world.charger.onCall('SetVariables', (payload) => ({
      setVariableResult: (payload.setVariableData as Payload[]).map(({ component, variable: name }) => ({
        component,
        variable: name,
        attributeStatus: 'Accepted',
      })),
    }));
    const long = variables(6).map((place) => ({ ...place, attributeValue: 'x'.repeat(50) }));
    const before = world.charger.received.length;
    const pieces = await sent('SetVariables', { setVariableData: long }, 'setVariableData');
    expect(pieces.reduce((sum, count) => sum + count, 0)).toBe(6);
    expect(pieces.length).toBeGreaterThan(1);
    for (const { payload } of world.charger.received.slice(before)) {
      expect(JSON.stringify(payload).length).toBeLessThanOrEqual(450);
    }
    const twice = [1, 2].map((value) => ({
      component: { name: 'C' },
      variable: { name: 'V' },
      attributeValue: String(value),
    }));
    expect(await sent('SetVariables', { setVariableData: twice }, 'setVariableData')).toEqual([1, 1]);
    expect(await variable('C', 'V')).toBe('2');
  });

  test('TC_N_18 clearing monitors: two at a time, as the charger says (N06.FR.04)', async () => {
    world.charger.onCall('ClearVariableMonitoring', (payload) => ({
      clearMonitoringResult: (payload.id as number[]).map((id) => ({ id, status: 'Accepted' })),
    }));
    expect(await sent('ClearVariableMonitoring', { id: [1, 2, 3, 4, 5] }, 'id')).toEqual([2, 2, 1]);
  });

  test('a report by more variables than one message takes becomes several reports', async () => {
    world.charger.onCall('GetReport', () => ({ status: 'Accepted' }));
    const payload = { requestId: 700, componentVariable: variables(5) };
    expect(await sent('GetReport', payload, 'componentVariable')).toEqual([4, 1]);
    expect(world.charger.received.slice(-2).map((call) => call.payload.requestId)).toEqual([700, 701]);
  });
});
