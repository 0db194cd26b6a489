import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { WebSocket } from 'ws';
import { eventually } from './support/eventually.js';
import { startTestGateway, type TestGateway } from './support/test-gateway.js';
import { type Attempt, openSocket, statusOf } from './support/upgrade.js';

const PASSWORD = 'what-the-crew-typed-in';

let world: TestGateway;
const sockets: WebSocket[] = [];

beforeAll(async () => {
  world = await startTestGateway({ UNKNOWN_STATIONS: 'quarantine' });
});

afterAll(() => world?.stop());

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.terminate();
});

const urlOf = (identity: string) => `${world.gateway.urls.ocpp}${identity}`;
const listed = async (id: string) =>
  (await world.operator.list('/unknown-stations')).find((entry) => entry.id === id);

async function knock(identity: string, more: Partial<Attempt> = {}): Promise<WebSocket> {
  const socket = openSocket({ url: urlOf(identity), user: identity, password: PASSWORD, ...more });
  sockets.push(socket);
  await once(socket, 'open');
  return socket;
}

async function ask(socket: WebSocket, action: string, payload: object): Promise<unknown[]> {
  socket.send(JSON.stringify([2, `id-${action}`, action, payload]));
  const [data] = await once(socket, 'message');
  return JSON.parse(String(data));
}

describe('UNKNOWN_STATIONS=quarantine', () => {
  const BOOTS = {
    'ocpp1.6': {
      chargePointVendor: 'Volt & Sons',
      chargePointModel: 'V1',
      chargeBoxSerialNumber: 'SN-1',
      firmwareVersion: '1.2',
    },
    'ocpp2.0.1': {
      reason: 'PowerUp',
      chargingStation: {
        vendorName: 'Volt & Sons',
        model: 'V1',
        serialNumber: 'SN-1',
        firmwareVersion: '1.2',
      },
    },
  } as const;

  test.each(['ocpp1.6', 'ocpp2.0.1'] as const)(
    '%s: the boot is Pending, everything else a SecurityError, and the operator sees who knocks (A-007, A-097)',
    async (protocol) => {
      const id = `NEW-${protocol}`;
      const socket = await knock(id, { protocols: [protocol] });
      const [type, messageId, answer] = await ask(socket, 'BootNotification', BOOTS[protocol]);
      expect([type, messageId]).toEqual([3, 'id-BootNotification']);
      expect(answer).toMatchObject({ status: 'Pending', currentTime: expect.any(String) });
      const { interval } = answer as { interval: number };
      // A-058
      expect(interval).toBeGreaterThanOrEqual(30);
      expect(interval).toBeLessThanOrEqual(120);
      for (const action of ['StatusNotification', 'StartTransaction', 'TransactionEvent', 'Heartbeat']) {
        const refused = await ask(socket, action, {});
        expect(refused.slice(0, 3)).toEqual([4, `id-${action}`, 'SecurityError']);
      }
      expect(await listed(id)).toMatchObject({
        state: 'quarantined',
        provisioned: false,
        reason: 'unknown station',
        url: urlOf(id).replace('localhost', new URL(urlOf(id)).hostname),
        security_profile: 1,
        attempts: 1,
        protocols: [protocol],
        vendor: 'Volt & Sons',
        model: 'V1',
        serial_number: 'SN-1',
        firmware_version: '1.2',
      });
      expect((await world.operator.list('/stations')).map((station) => station.id)).not.toContain(id);
    },
  );

  test('an approved charger is closed, comes back with the password that it showed, and no other one counts', async () => {
    const socket = await knock('TOFU');
    const closed = once(socket, 'close');
    const approved = await world.operator.call('POST', '/unknown-stations/TOFU/approve');
    expect(approved).toMatchObject({ id: 'TOFU', security_profile: 1 });
    expect((await closed)[0]).toBe(1012);
    expect(await listed('TOFU')).toBeUndefined();
    expect(await statusOf({ url: urlOf('TOFU'), user: 'TOFU', password: PASSWORD })).toBe(101);
    expect(await statusOf({ url: urlOf('TOFU'), user: 'TOFU', password: 'another-password' })).toBe(401);
    const again = await knock('TOFU');
    expect(await ask(again, 'BootNotification', BOOTS['ocpp1.6'])).toMatchObject([
      3,
      'id-BootNotification',
      { status: 'Accepted' },
    ]);
  });

  test('the operator may give another password and a name', async () => {
    await knock('GIVEN');
    await world.operator.post('/unknown-stations/GIVEN/approve', {
      security_profile: 1,
      password: 'given-by-the-operator',
      name: 'Harbour 7',
    });
    expect(await world.operator.get('/stations/GIVEN')).toMatchObject({ name: 'Harbour 7' });
    expect(await statusOf({ url: urlOf('GIVEN'), user: 'GIVEN', password: PASSWORD })).toBe(401);
    expect(await statusOf({ url: urlOf('GIVEN'), user: 'GIVEN', password: 'given-by-the-operator' })).toBe(
      101,
    );
  });

  test('one that showed no password is shown and approved as security profile 0', async () => {
    const socket = openSocket({ url: urlOf('BARE') });
    sockets.push(socket);
    await once(socket, 'open');
    expect(await listed('BARE')).toMatchObject({ security_profile: 0 });
    expect(await world.operator.post('/unknown-stations/BARE/approve', {})).toMatchObject({
      security_profile: 0,
    });
    expect(await statusOf({ url: urlOf('BARE') })).toBe(101);
  });

  test('nobody, a station that exists and an identity that none may have are refused', async () => {
    const approve = (id: string) =>
      world.operator.call('POST', `/unknown-stations/${encodeURIComponent(id)}/approve`, {});
    await expect(approve('NOBODY')).rejects.toThrow(/404/);
    await world.operator.put('/stations/KNOWN', { security_profile: 0 });
    await expect(approve('KNOWN')).rejects.toThrow(/409/);
    await knock('with:colon', { user: 'x' });
    await expect(approve('with:colon')).rejects.toThrow(/422/);
  });
});

describe('refused attempts say why, and what to enter instead', () => {
  beforeAll(async () => {
    await world.operator.put('/stations/KNOCKER', { security_profile: 1, password: PASSWORD });
    await world.operator.put('/stations/OFF', { security_profile: 1, password: PASSWORD, disabled: true });
  });

  // 0: the socket opens without a subprotocol, which the client takes for a failure.
  const attempts: [string, string, () => Partial<Attempt>, number, string][] = [
    ['a wrong password', 'KNOCKER', () => ({ user: 'KNOCKER', password: 'wrong' }), 401, 'wrong password'],
    ['no credentials', 'KNOCKER', () => ({}), 401, 'no Basic credentials'],
    [
      'another user',
      'KNOCKER',
      () => ({ user: 'SOMEBODY', password: PASSWORD }),
      401,
      'Basic user is not the station',
    ],
    [
      'a disabled station (A-008)',
      'OFF',
      () => ({ user: 'OFF', password: PASSWORD }),
      403,
      'the station is disabled',
    ],
    [
      'a path without /ocpp',
      'LOST',
      () => ({ url: urlOf('LOST').replace('/ocpp/', '/steve/') }),
      404,
      'the path is not /ocpp/{identity}',
    ],
    [
      'no protocol in common (A-012)',
      'KNOCKER',
      () => ({ user: 'KNOCKER', password: PASSWORD, protocols: ['ocpp1.5'] }),
      0,
      'no subprotocol in common: it offers ocpp1.5',
    ],
  ];

  test.each(attempts)('%s', async (_title, id, more, status, reason) => {
    expect(await statusOf({ url: urlOf(id), ...more() })).toBe(status);
    expect(await listed(id)).toMatchObject({ state: 'refused', reason, url: urlOf(id) });
  });

  test('a charger that comes in is no longer listed', async () => {
    expect(await statusOf({ url: urlOf('KNOCKER') })).toBe(401);
    expect((await listed('KNOCKER'))?.attempts).toBeGreaterThan(0);
    expect(await statusOf({ url: urlOf('KNOCKER'), user: 'KNOCKER', password: PASSWORD })).toBe(101);
    expect(await listed('KNOCKER')).toBeUndefined();
  });

  test('a station that is disabled loses its socket (A-008)', async () => {
    const socket = await knock('KNOCKER');
    const closed = once(socket, 'close');
    await world.operator.put('/stations/KNOCKER', { security_profile: 1, disabled: true });
    expect((await closed)[0]).toBe(1008);
    expect(await statusOf({ url: urlOf('KNOCKER'), user: 'KNOCKER', password: PASSWORD })).toBe(403);
  });

  test('the list is paged, and bounded', async () => {
    const first = await world.operator.get('/unknown-stations?limit=1');
    expect(first).toMatchObject({ items: [{ id: 'KNOCKER' }], next_cursor: '1' });
    for (let n = 0; n < 510; n += 1)
      void statusOf({ url: `${urlOf(`flood-${n}`)}`.replace('/ocpp/', '/x/') });
    await eventually('flood', async () => (await listed('flood-509')) !== undefined);
    expect((await world.operator.list('/unknown-stations')).length).toBe(500);
  });
});
