import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CallRefusal, type Charger } from '@roambridge/sim-charger';
import { type Authority, createAuthority } from '../../../../packages/ocpp/test/support/authority.js';
import { eventually, pause } from '../support/eventually.js';
import { OPERATOR_TOKEN, startTestGateway, type TestGateway } from '../support/test-gateway.js';
import { ACTIONS } from './actions.js';
import { CARDS, CASE_IDS, type CaseWorld, PASSWORD } from './cases.js';
import { charging } from './charging.js';
import { configuration } from './configuration.js';
import { firmware } from './firmware.js';
import { remote } from './remote.js';
import { reservation } from './reservation.js';
import { OPERATOR, security } from './security.js';

let gateway: TestGateway;
let authority: Authority;

const CASES = {
  ...charging,
  ...remote,
  ...configuration,
  ...reservation,
  ...firmware,
  ...security(() => authority),
};

beforeAll(async () => {
  authority = await createAuthority('Case CA');
  const server = await authority.issue({ subject: '/O=Gateway/CN=localhost', usage: 'serverAuth' });
  gateway = await startTestGateway(
    {
      LOCAL_LISTS: 'false',
      CALL_TIMEOUT: '3s',
      READ_CONFIGURATION: 'false',
      OCPP_TLS_PORT: '0',
      OCPP_TLS_CERT: server.certFile,
      OCPP_TLS_KEY: server.keyFile,
      OCPP_TLS_CLIENT_CA: authority.caFile,
      OCPP_TLS_CLIENT_O: OPERATOR,
    },
    {
      vendorPlugins: [
        {
          vendorId: 'com.example',
          messages: {
            Echo: (_station, data) => ({ status: 'Accepted', data }),
            Refuse: () => ({ status: 'Rejected' }),
          },
        },
      ],
    },
  );
  for (const [uid, more] of Object.entries(CARDS)) {
    await gateway.operator.put(`/local-tokens/${uid}`, { type: 'RFID', ...more });
  }
});

afterAll(async () => {
  await gateway?.stop();
  authority?.dispose();
});

async function startCase(id: string): Promise<CaseWorld> {
  const station = `CP-${id}`;
  const { operator } = gateway;
  await operator.put(`/stations/${station}`, {
    security_profile: 1,
    password: PASSWORD,
    protocols: ['ocpp1.6'],
  });
  const outlets = [{ evseUid: `${station}-1` }, { evseUid: `${station}-2` }];
  const charger: Charger = await gateway.connect({
    id: station,
    protocol: 'ocpp1.6',
    password: PASSWORD,
    outlets,
  });
  return {
    gateway,
    operator,
    station,
    charger,
    async send(action, payload, answer) {
      if (answer) charger.onCall(action, () => answer);
      return operator.post(`/stations/${station}/ocpp/${action}`, payload);
    },
    sent: (action) => charger.received.filter((call) => call.action === action).at(-1)?.payload,
    tell: (action, payload) => charger.call(action, payload),
    status: (connectorId, status, errorCode = 'NoError') =>
      charger.call('StatusNotification', { connectorId, status, errorCode }),
    transactions: () => operator.list(`/transactions?station_id=${station}`),
    reservations: () => operator.list(`/reservations?station_id=${station}`),
    newestJob: async () => (await operator.list(`/jobs?station_id=${station}`))[0],
    until: (what, look) => eventually(what, look),
  };
}

describe('certification cases of a central system for OCPP 1.6 (B.3)', () => {
  test('there are 77, each with a test', () => {
    expect(CASE_IDS).toHaveLength(77);
    expect(Object.keys(CASES).sort()).toEqual([...CASE_IDS].sort());
  });

  test.each(Object.entries(CASES).map(([id, { title, run }]) => [id, title, run] as const))(
    '%s %s',
    async (id, _title, run) => {
      const world = await startCase(id);
      await run(world);
      expect(world.charger.violations).toEqual([]);
      await world.charger.close();
    },
  );
});

describe('every action of the operator reaches the charger as it is, and its answer the operator (B-020..B-042)', () => {
  let world: CaseWorld;
  beforeAll(async () => {
    world = await startCase('ACTIONS');
  });

  const ask = async (station: string, action: string, payload: unknown) => {
    const { gateway: running } = gateway;
    const response = await fetch(`${running.urls.operator}/api/v1/stations/${station}/ocpp/${action}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${OPERATOR_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify(payload),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  test.each(ACTIONS)('%s', async (action, payload, answer, broken, at) => {
    world.charger.onCall(action, () => answer);
    expect(await ask(world.station, action, payload)).toEqual({
      status: 200,
      body: { message_id: expect.any(String), outcome: 'result', payload: answer },
    });
    expect(world.sent(action)).toEqual(payload);
    const before = world.charger.received.length;
    const refused = await ask(world.station, action, broken);
    expect(refused).toMatchObject({ status: 422, body: { errors: expect.any(Array) } });
    const errors = refused.body.errors as { pointer: string }[];
    expect(errors.map(({ pointer }) => pointer)).toContain(at);
    expect(world.charger.received).toHaveLength(before);
  });

  test('error, timeout, not connected, an unknown station and an unknown action are told apart', async () => {
    world.charger.onCall('ClearCache', () => {
      throw new CallRefusal('NotSupported', 'no cache');
    });
    expect((await ask(world.station, 'ClearCache', {})).body).toMatchObject({
      outcome: 'error',
      error: { code: 'NotSupported', description: 'no cache' },
    });
    expect((await ask('NOBODY', 'ClearCache', {})).status).toBe(404);
    expect((await ask(world.station, 'GetVariables', {})).status).toBe(422);
    world.charger.onCall('Reset', async () => {
      await pause(3_200);
      return { status: 'Accepted' };
    });
    expect((await ask(world.station, 'Reset', { type: 'Soft' })).body).toMatchObject({ outcome: 'timeout' });
    await world.charger.close();
    await eventually('disconnected', async () =>
      (await ask(world.station, 'Reset', { type: 'Soft' })).body.outcome === 'not_connected'
        ? true
        : undefined,
    );
  });
});
