import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Protocol } from '@roambridge/sim-charger';
import { textOf } from '@roambridge/sim-emsp';
import { WebSocket } from 'ws';
import { energyOf } from './support/billing-document.js';
import { eventually, pause } from './support/eventually.js';
import { PARKING_RATES, provision, tariff, testStation } from './support/master-data.js';
import { startTestGateway, type TestGateway, type TestPartner } from './support/test-gateway.js';

const PROTOCOLS: readonly Protocol[] = ['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'];
const CARD = '04A1C0FFEE2210';
const stations = {
  'ocpp1.6': testStation('CS-16', 'ocpp1.6', ['ENERGY']),
  'ocpp2.0.1': testStation('CS-201', 'ocpp2.0.1', ['ENERGY']),
  'ocpp2.1': testStation('CS-21', 'ocpp2.1', ['ENERGY']),
} satisfies Record<Protocol, unknown>;
/** Longest frame of the default settings is 1 MiB. */
const TWO_MIB = 2 * 1024 * 1024;

let world: TestGateway;
let owner: TestPartner;
let stranger: TestPartner;

beforeAll(async () => {
  world = await startTestGateway();
  await provision(world.operator, {
    tariffs: { ENERGY: tariff('ENERGY', PARKING_RATES) },
    stations: Object.values(stations),
  });
  const card = { uid: CARD };
  owner = await world.partner({ version: '2.2.1', country_code: 'DE', party_id: 'OWN', tokens: [card] });
  stranger = await world.partner({
    version: '2.3.0',
    country_code: 'NL',
    party_id: 'STR',
    tokens: [{ uid: '04DEADBEEF0001' }],
  });
});

afterAll(() => world?.stop());

async function expectAlive(): Promise<void> {
  expect((await fetch(`${world.gateway.urls.operator}/livez`)).status).toBe(200);
}

interface RawSocket {
  send(text: string): void;
  /** The next frame, parsed; undefined when none comes in `ms`. */
  next(ms?: number): Promise<unknown>;
  /** Code with which the gateway closed. */
  closed: Promise<number>;
  close(): void;
}

async function openSocket(protocol: Protocol): Promise<RawSocket> {
  const { id, password } = stations[protocol];
  const socket = new WebSocket(`${world.gateway.urls.ocpp}${id}`, [protocol], {
    headers: { authorization: basic(id, password) },
  });
  const frames: unknown[] = [];
  socket.on('message', (data) => frames.push(JSON.parse(String(data))));
  socket.on('error', () => undefined);
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await once(socket, 'open');
  return {
    send: (text) => socket.send(text),
    async next(ms) {
      await eventually('frame', () => frames.length > 0, ms).catch(() => undefined);
      return frames.shift();
    },
    closed,
    close: () => socket.terminate(),
  };
}

function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

const BOOTS: Record<Protocol, object> = {
  'ocpp1.6': { chargePointVendor: 'V', chargePointModel: 'M' },
  'ocpp2.0.1': { reason: 'PowerUp', chargingStation: { vendorName: 'V', model: 'M' } },
  'ocpp2.1': { reason: 'PowerUp', chargingStation: { vendorName: 'V', model: 'M' } },
};

const heartbeatAnswer = (id: string) => [3, id, { currentTime: expect.any(String) }];

/** HTTP status that refuses the upgrade. */
function upgradeStatus(path: string, authorization?: string): Promise<number | undefined> {
  const socket = new WebSocket(`${world.gateway.urls.ocpp}${path}`, ['ocpp1.6'], {
    headers: authorization === undefined ? {} : { authorization },
  });
  return new Promise((resolve, reject) => {
    socket.once('unexpected-response', (_request, response) => {
      resolve(response.statusCode);
      socket.terminate();
    });
    socket.once('open', () => reject(new Error('the upgrade was accepted')));
    socket.on('error', () => undefined);
  });
}

describe('chargers', () => {
  const incomplete: Record<Protocol, string> = {
    'ocpp1.6': 'OccurenceConstraintViolation',
    'ocpp2.0.1': 'OccurrenceConstraintViolation',
    'ocpp2.1': 'OccurrenceConstraintViolation',
  };

  test.each(PROTOCOLS)(
    '%s: unknown actions and broken payloads get their CALLERROR, and the socket goes on (A-077, A-082)',
    async (protocol) => {
      const socket = await openSocket(protocol);
      socket.send(JSON.stringify([2, 'boot', 'BootNotification', BOOTS[protocol]]));
      expect(await socket.next()).toEqual([3, 'boot', expect.objectContaining({ status: 'Accepted' })]);
      socket.send('[2,"a1","MineBitcoin",{}]');
      expect(await socket.next()).toEqual([4, 'a1', 'NotImplemented', expect.any(String), {}]);
      socket.send('[2,"b1","Authorize",{}]');
      expect(await socket.next()).toEqual([4, 'b1', incomplete[protocol], expect.any(String), {}]);
      // What may be billing data is taken and put aside for a person.
      socket.send('[2,"b2","StatusNotification",{}]');
      expect(await socket.next()).toEqual([3, 'b2', {}]);
      const journal = `/stations/${stations[protocol].id}/frames?action=StatusNotification`;
      const frame = await eventually('journaled frame', async () =>
        (await world.operator.list(journal)).find(({ direction }) => direction === 'in'),
      );
      expect(frame).toMatchObject({ verdict: 'quarantined', message_id: 'b2' });
      socket.send('[2,"c1","Heartbeat",{"__proto__":{"admin":true}}]');
      expect((await socket.next()) as unknown[]).toContain('c1');
      socket.send('[2,"d1","Heartbeat",{}]');
      expect(await socket.next()).toEqual(heartbeatAnswer('d1'));
      socket.close();
      await expectAlive();
    },
  );

  test('1.6 is not answered what is no JSON, 2.0.1 is answered RpcFrameworkError (A-078)', async () => {
    const silent = await openSocket('ocpp1.6');
    silent.send('{"this is": not JSON');
    expect(await silent.next(400)).toBeUndefined();
    silent.send('[2,"h1","Heartbeat",{}]');
    expect(await silent.next()).toEqual(heartbeatAnswer('h1'));
    silent.close();
    const told = await openSocket('ocpp2.0.1');
    told.send('{"this is": not JSON');
    expect(await told.next()).toEqual([4, '-1', 'RpcFrameworkError', expect.any(String), {}]);
    told.send('[2,"h1","Heartbeat",{}]');
    expect(await told.next()).toEqual(heartbeatAnswer('h1'));
    told.close();
    await expectAlive();
  });

  test('a frame of 2 MiB closes that socket with 1009 and nothing else', async () => {
    const neighbour = await openSocket('ocpp2.0.1');
    neighbour.send(JSON.stringify([2, 'boot', 'BootNotification', BOOTS['ocpp2.0.1']]));
    await neighbour.next();
    const socket = await openSocket('ocpp1.6');
    socket.send(JSON.stringify([2, 'big', 'DataTransfer', { vendorId: 'V', data: 'x'.repeat(TWO_MIB) }]));
    expect(await socket.closed).toBe(1009);
    neighbour.send('[2,"h1","Heartbeat",{}]');
    expect(await neighbour.next()).toEqual(heartbeatAnswer('h1'));
    neighbour.close();
    await expectAlive();
  });

  test('who is unknown, has the wrong password or a broken path is refused before any frame (A-002, A-007, A-025)', async () => {
    const { id, password } = stations['ocpp1.6'];
    expect(await upgradeStatus('CS-NOBODY', basic('CS-NOBODY', password))).toBe(401);
    expect(await upgradeStatus(id, basic(id, 'wrong-password-0000'))).toBe(401);
    expect(await upgradeStatus(id)).toBe(401);
    expect(await upgradeStatus(id, basic(stations['ocpp2.0.1'].id, stations['ocpp2.0.1'].password))).toBe(
      401,
    );
    expect(await upgradeStatus('%E0%A4%A', basic('x', password))).toBe(400);
    await expectAlive();
  });

  test.each(Object.values(stations).map((station) => [station.protocol, station] as const))(
    'after all that a charger of %s charges as ever',
    async (_protocol, station) => {
      const known = owner.emsp.cdrs.size;
      const charger = await world.connect(station);
      await charger.startTransaction({ outlet: 1, idTag: CARD, meterStartWh: 1_000 });
      await charger.stopTransaction(1, { meterStopWh: 1_300, reason: 'Local', idTag: CARD });
      await eventually('CDR', () => owner.emsp.cdrs.size > known);
      expect(energyOf([...owner.emsp.cdrs.values()].at(-1) ?? {})).toBe(0.3);
      expect(charger.violations).toEqual([]);
      await charger.close();
    },
  );
});

describe('partners', () => {
  const get = (url: string, token?: string) =>
    fetch(url, {
      headers: token === undefined ? {} : { authorization: `Token ${Buffer.from(token).toString('base64')}` },
    });

  async function data<T>(url: string, token: string): Promise<T> {
    return ((await (await get(url, token)).json()) as { data: T }).data;
  }

  async function endpoints(token: string): Promise<{ identifier: string; url: string }[]> {
    const versions = await data<{ version: string; url: string }[]>(world.gateway.urls.ocpiVersions, token);
    const url = versions.find(({ version }) => version === '2.2.1')?.url ?? '';
    return (await data<{ endpoints: { identifier: string; url: string }[] }>(url, token)).endpoints;
  }

  test('a registration token opens versions and credentials and nothing else (TR-010, TR-011)', async () => {
    const invitation = await world.operator.post('/partners', { name: 'Not yet registered' });
    const tokenA = String(invitation.registration_token);
    const listed = await endpoints(tokenA);
    const functional = listed.filter(({ identifier }) => identifier !== 'credentials');
    expect(functional.map(({ identifier }) => identifier)).toEqual(
      expect.arrayContaining(['locations', 'sessions', 'cdrs', 'tariffs', 'tokens', 'commands']),
    );
    for (const { url } of functional) {
      expect((await get(url, tokenA)).status).toBe(401);
      expect((await get(url)).status).toBe(401);
      expect((await get(url, 'made-up-token')).status).toBe(401);
    }
    expect((await get(world.gateway.urls.ocpiVersions)).status).toBe(401);
  });

  test('a partner neither sees nor stops the sessions of another one (D5-002)', async () => {
    const station = stations['ocpp1.6'];
    const charger = await world.connect(station);
    const known = new Set(owner.emsp.sessions.keys());
    await charger.startTransaction({ outlet: 1, idTag: CARD, meterStartWh: 10_000 });
    const session = await eventually('session', () =>
      [...owner.emsp.sessions.values()].find(({ id }) => !known.has(String(id))),
    );
    const refused = await stranger.emsp.stopSession(textOf(session, 'id') ?? '');
    expect(refused.response.result).toBe('UNKNOWN_SESSION');
    const date_from = '2020-01-01T00:00:00Z';
    expect((await stranger.emsp.pull('sessions', { date_from })).items).toEqual([]);
    expect((await stranger.emsp.pull('cdrs', { date_from })).items).toEqual([]);
    expect((await owner.emsp.pull('sessions', { date_from })).items.length).toBe(known.size + 1);
    await pause(200);
    expect(charger.received.filter(({ action }) => action === 'RemoteStopTransaction')).toEqual([]);
    expect([stranger.emsp.sessions.size, stranger.emsp.cdrs.size]).toEqual([0, 0]);
    await charger.stopTransaction(1, { meterStopWh: 11_000, reason: 'Local', idTag: CARD });
    await charger.close();
  });

  test('a partner does not speak for the tokens of another one (TO-02, CO-10)', async () => {
    const { party } = owner.emsp;
    const path = `/${party.country_code}/${party.party_id}/${CARD}`;
    const stored = await stranger.emsp.send('GET', 'tokens', 'RECEIVER', path);
    expect(stored.statusCode).toBeGreaterThanOrEqual(2000);
    const token = {
      uid: CARD,
      type: 'RFID',
      contract_id: 'NL-STR-1',
      issuer: 'Stranger',
      whitelist: 'NEVER',
    };
    const body = { ...party, ...token, valid: false, last_updated: '2026-01-01T00:00:00Z' };
    const overwritten = await stranger.emsp.send('PUT', 'tokens', 'RECEIVER', path, body);
    expect(overwritten.statusCode).toBeGreaterThanOrEqual(2000);
    expect(overwritten.statusCode).toBeLessThan(3000);
    const still = await world.operator.get(`/tokens${path}`);
    expect(still).toMatchObject({ valid: true, contract_id: `DE-OWN-${CARD}` });
    const started = await stranger.emsp.command('START_SESSION', { location_id: 'LOC-1', token: body });
    expect(started.response.result).not.toBe('ACCEPTED');
  });
});

describe('the operator API', () => {
  test.each([
    ['GET', '/stations'],
    ['PUT', '/stations/CS-16'],
    ['GET', '/partners'],
    ['GET', '/cdrs'],
    ['POST', '/stations/CS-16/ocpp/Reset'],
    ['POST', '/sign-in-links'],
    ['GET', '/events'],
  ])('%s %s without a token, or with a wrong one, is answered 401', async (method, path) => {
    const body = method === 'GET' ? {} : { body: '{}', headers: { 'content-type': 'application/json' } };
    const url = `${world.gateway.urls.operator}/api/v1${path}`;
    expect((await fetch(url, { method, ...body })).status).toBe(401);
    const wrong = { authorization: 'Bearer not-the-operator-token' };
    expect((await fetch(url, { method, ...body, headers: { ...body.headers, ...wrong } })).status).toBe(401);
  });
});
