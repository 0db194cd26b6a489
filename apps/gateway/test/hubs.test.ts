import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Charger } from '@roambridge/sim-charger';
import { type Emsp, type HubClient, startEmsp } from '@roambridge/sim-emsp';
import { eventually } from './support/eventually.js';
import { PARKING_RATES, provision, tariff, testStation } from './support/master-data.js';
import type { Row } from './support/operator-api.js';
import { startTestGateway, type TestGateway } from './support/test-gateway.js';

const HUB = { country_code: 'DE', party_id: 'HUB' };
const AAA = { country_code: 'NL', party_id: 'AAA' };
const BBB = { country_code: 'FR', party_id: 'BBB' };
const station = testStation('CS-1', 'ocpp1.6', ['ENERGY']);

describe.each(['2.2.1', '2.3.0'] as const)('a hub of OCPI %s', (version) => {
  let world: TestGateway;
  let hub: Emsp;
  let charger: Charger;
  let id: string;
  const card = { AAA: `04AA${version[2]}`, BBB: `04BB${version[2]}` };

  beforeAll(async () => {
    world = await startTestGateway();
    await provision(world.operator, {
      tariffs: { ENERGY: tariff('ENERGY', PARKING_RATES) },
      stations: [station],
    });
    const clients: HubClient[] = [
      { ...AAA, status: 'CONNECTED' },
      { ...BBB, status: 'OFFLINE' },
    ];
    hub = await startEmsp({ version, ...HUB, name: 'Hub', hub: { clients } });
    const { versionsUrl, token } = hub.offerRegistration();
    const made = await world.operator.post('/partners', { name: 'Hub', versions_url: versionsUrl, token });
    id = String(made.id);
    await eventually(
      'parties read',
      async () => ((await partner()).hub_clients as Row[] | undefined)?.length === 2,
    );
    for (const [uid, owner] of [
      [card.AAA, AAA],
      [card.BBB, BBB],
    ] as const)
      await hub.pushToken({ uid, owner });
    charger = await world.connect(station);
  });
  afterAll(async () => {
    await charger?.close();
    await hub?.close();
    await world?.stop();
  });

  const partner = () => world.operator.get(`/partners/${id}`);
  const to = (headers: Record<string, string>) =>
    `${headers['ocpi-to-country-code']}*${headers['ocpi-to-party-id']}`;
  const told = (module: string) =>
    hub.requests.filter(({ method, path }) => method !== 'GET' && path.includes(`/${module}`));

  async function charge(uid: string) {
    await charger.startTransaction({ outlet: 1, idTag: uid, meterStartWh: 100_000 });
    await charger.stopTransaction(1, { meterStopWh: 100_100, reason: 'Local', idTag: uid });
  }

  test('is told what is for everyone once, addressed to itself (RT-07, HU-09)', async () => {
    await eventually('told', () => hub.locations.size === 1 && hub.tariffs.size === 1);
    for (const { headers } of [...told('locations'), ...told('tariffs')]) expect(to(headers)).toBe('DE*HUB');
    const { hub_clients } = await partner();
    expect(hub_clients).toMatchObject([
      { ...AAA, role: 'EMSP', status: 'CONNECTED' },
      { ...BBB, status: 'OFFLINE' },
    ]);
  });

  test('gets sessions and CDRs for the party of their token only (RT-05, HU-09)', async () => {
    await charge(card.AAA);
    await eventually('CDR', () => hub.cdrs.size === 1);
    for (const { headers } of [...told('sessions'), ...told('cdrs')]) expect(to(headers)).toBe('NL*AAA');
    expect(hub.conformance).toEqual([]);
  });

  test('is sent nothing for a party that is offline; its CDR comes when it is back (OF-07, HU-03, HU-07)', async () => {
    const before = hub.requests.length;
    await charge(card.BBB);
    const [waiting] = await eventually('CDR waits', async () => {
      const rows = await world.operator.list('/deliveries?state=pending');
      return (
        rows.some(({ kind, last_error }) => kind === 'cdr' && /FR\*BBB/.test(String(last_error))) && rows
      );
    });
    expect(hub.requests.slice(before).filter(({ path }) => /sessions|cdrs/.test(path))).toEqual([]);
    await hub.setClient({ ...BBB, status: 'CONNECTED' });
    await world.operator.post(`/deliveries/${waiting?.id}/retry`, {});
    await eventually('CDR', () => hub.cdrs.size === 2);
    expect(to(told('cdrs').at(-1)?.headers ?? {})).toBe('FR*BBB');
    expect(hub.conformance).toEqual([]);
  });

  test('that cannot reach one party does not hold up the others (RT-13, HU-08)', async () => {
    const away = hub.respondWith({ method: 'POST', path: '/cdrs' }, ({ headers }) =>
      headers['ocpi-to-party-id'] === 'BBB'
        ? { body: { status_code: 4003, timestamp: new Date().toISOString() } }
        : undefined,
    );
    for (let i = 0; i < 4; i += 1) await charge(card.BBB);
    await charge(card.AAA);
    await eventually('CDR of the other', () => hub.cdrs.size === 3);
    expect((await partner()).lane).toMatchObject({ failures: 0 });
    away();
  });

  test('is told nothing more for a party that it cannot reach, until it tells of the party or the party calls; 4002 changes nothing (HU-08)', async () => {
    const toB = () =>
      told('sessions').filter(({ headers }) => headers['ocpi-to-party-id'] === BBB.party_id).length;
    const answer = (status_code: number) =>
      hub.respondWith({ method: 'PUT', path: '/sessions' }, ({ headers }) =>
        headers['ocpi-to-party-id'] === 'BBB'
          ? { body: { status_code, timestamp: new Date().toISOString() } }
          : undefined,
      );
    const begin = async () => {
      const before = toB();
      await charger.startTransaction({ outlet: 1, idTag: card.BBB, meterStartWh: 100_000 });
      return before;
    };
    // Its CDR is not sent while the test runs: it would tell that the party is there.
    const end = () => charger.stopTransaction(1, { meterStopWh: 100_000, reason: 'Local', idTag: card.BBB });
    await hub.setClient({ ...BBB, status: 'CONNECTED' });

    const slow = answer(4002);
    let before = await begin();
    await eventually('tried', () => toB() > before);
    slow();
    await end();
    await eventually('told', () => toB() > before + 1);

    const gone = answer(4001);
    before = await begin();
    await eventually('tried', () => toB() === before + 1);
    gone();
    await end();
    await charge(card.AAA);
    expect(toB()).toBe(before + 1);

    await hub.setClient({ ...BBB, status: 'CONNECTED' });
    before = await begin();
    await eventually('told', () => toB() > before);
    await end();
  });

  test('gets the result of a command for the party that asked (RT-04)', async () => {
    const from = { 'OCPI-from-country-code': AAA.country_code, 'OCPI-from-party-id': AAA.party_id };
    const response_url = `${hub.url.replace(/versions$/, `${version}/commands`)}/STOP_SESSION/1`;
    await hub.send(
      'POST',
      'commands',
      'RECEIVER',
      '/CANCEL_RESERVATION',
      { response_url, reservation_id: 'R' },
      from,
    );
    const result = await eventually('result', () =>
      hub.requests.find(({ method, path }) => method === 'POST' && path.includes('/commands/')),
    );
    expect(to(result.headers)).toBe('NL*AAA');
  });

  test('speaks for itself and the parties that it named, for nobody else (RT-12, S11)', async () => {
    const as = (country_code: string, party_id: string) =>
      hub.send('GET', 'tariffs', 'SENDER', '', undefined, {
        'OCPI-from-country-code': country_code,
        'OCPI-from-party-id': party_id,
      });
    expect((await as('NL', 'AAA')).statusCode).toBe(1000);
    expect((await as('DE', 'HUB')).statusCode).toBe(1000);
    expect((await as('NL', 'ZZZ')).statusCode).toBe(2001);
    await expect(
      hub.pushToken({ uid: '04ZZ', owner: { country_code: 'NL', party_id: 'ZZZ' } }),
    ).rejects.toThrow();
    const info = { ...AAA, role: 'EMSP', status: 'GONE', last_updated: new Date().toISOString() };
    const put = (body: object) => hub.send('PUT', 'hubclientinfo', 'RECEIVER', '/NL/AAA', body as never);
    expect((await put(info)).statusCode).toBe(2001);
    expect((await put({ ...info, status: 'CONNECTED', party_id: 'CCC' })).statusCode).toBe(2001);
    const read = await hub.send('GET', 'hubclientinfo', 'RECEIVER', '/NL/AAA');
    expect(read.data).toMatchObject({ ...AAA, status: 'CONNECTED' });
  });

  test('its parties are never deleted, and read again at a start (HU-04, HU-05)', async () => {
    expect((await hub.send('DELETE', 'hubclientinfo', 'RECEIVER', '/NL/AAA')).httpStatus).toBe(405);
    const reads = () =>
      hub.requests.filter(({ method, path }) => method === 'GET' && path.includes('hubclientinfo')).length;
    const before = reads();
    await world.down();
    await world.up();
    await eventually('read again', () => reads() === before + 1);
    expect((await partner()).hub_clients).toHaveLength(2);
  });
});

test('a partner that is no hub tells of nobody else (HU-01)', async () => {
  const world = await startTestGateway();
  const { emsp } = await world.partner({ version: '2.2.1', ...AAA, tokens: [] });
  const body = { ...BBB, role: 'EMSP', status: 'CONNECTED', last_updated: new Date().toISOString() };
  expect((await emsp.send('PUT', 'hubclientinfo', 'RECEIVER', '/FR/BBB', body)).httpStatus).toBe(404);
  await world.stop();
});
