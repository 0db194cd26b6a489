import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Emsp, OCPI_VERSIONS, startEmsp } from '@roambridge/sim-emsp';
import { eventually, pause } from './support/eventually.js';
import { PARKING_RATES, provision, tariff, testStation } from './support/master-data.js';
import { startTestGateway, type TestGateway } from './support/test-gateway.js';

let world: TestGateway;
const settings: Record<string, string> = { PARTIES: 'DE*RBG,DE*TWO' };
const open: Emsp[] = [];

beforeAll(async () => {
  world = await startTestGateway(settings);
  await provision(world.operator, {
    tariffs: { ENERGY: tariff('ENERGY', PARKING_RATES) },
    stations: [testStation('CS-1', 'ocpp1.6', ['ENERGY'])],
  });
});
afterEach(async () => {
  for (const { id } of await world.operator.list('/partners'))
    await world.operator.call('DELETE', `/partners/${id}`);
  await Promise.all(open.splice(0).map((emsp) => emsp.close()));
});
afterAll(() => world?.stop());

const partner = (id: unknown) => world.operator.get(`/partners/${id}`);

async function emspOf(version: Emsp['version'], party_id = 'MSP'): Promise<Emsp> {
  const emsp = await startEmsp({
    version,
    country_code: 'NL',
    party_id,
    name: party_id,
    tokens: [{ uid: '04AAAAAAAAAA01' }],
  });
  open.push(emsp);
  return emsp;
}

async function registerWith(emsp: Emsp, more: object = {}) {
  const { versionsUrl, token } = emsp.offerRegistration();
  return world.operator.post('/partners', { name: 'MSP', versions_url: versionsUrl, token, ...more });
}

describe.each(OCPI_VERSIONS)('with a partner of OCPI %s', (version) => {
  test('we register with it, tell it everything, read its tokens, and end it (CR-11, CR-14, CR-27, CR-23)', async () => {
    const emsp = await emspOf(version);
    const { id, ...made } = await registerWith(emsp);
    expect(made).toEqual({ status: 'registered', version });
    await eventually('all told', () => emsp.locations.size === 1 && emsp.tariffs.has('ENERGY'));
    await eventually('tokens read', async () => (await world.operator.list('/tokens')).length === 1);
    expect((await emsp.pull('locations')).items).toHaveLength(1);
    const shown = await world.operator.get(`/partners/${id}`);
    expect(shown).toMatchObject({ token_encoding: version === '2.1.1' ? 'raw' : 'base64', rotating: false });
    await world.operator.call('DELETE', `/partners/${id}`);
    await eventually('ended at the partner', () => !emsp.isRegistered());
    expect(emsp.conformance).toEqual([]);
  });

  test('tokens are replaced by us and by it; nothing is lost meanwhile (CR-20, CR-21, CR-25)', async () => {
    const emsp = await emspOf(version);
    const { id } = await registerWith(emsp);
    await eventually('all told', () => emsp.locations.size === 1);
    const before = new Set(emsp.requests.map(({ headers }) => headers.authorization));
    const rotated = await world.operator.post(`/partners/${id}/rotate`, {});
    expect(rotated).toMatchObject({ rotating: false, rotated_at: expect.any(String) });
    await world.operator.put(`/tariffs/DE/RBG/NEXT-${version}`, tariff(`NEXT-${version}`, PARKING_RATES));
    await eventually('told', () => emsp.tariffs.has(`NEXT-${version}`));
    expect(before).not.toContain(emsp.requests.at(-1)?.headers.authorization);
    expect((await emsp.pull('tariffs')).items.length).toBeGreaterThan(0);
    await emsp.rotate();
    expect((await emsp.pull('tariffs')).items.length).toBeGreaterThan(0);
    await world.operator.put(`/tariffs/DE/RBG/LAST-${version}`, tariff(`LAST-${version}`, PARKING_RATES));
    await eventually('told', () => emsp.tariffs.has(`LAST-${version}`));
    expect(emsp.conformance).toEqual([]);
  });
});

test('a lost answer is asked for again, and what the partner then says counts (CR-19)', async () => {
  const emsp = await emspOf('2.2.1');
  const undo = emsp.respondWith({ method: 'POST', path: '/credentials' }, () => ({ drop: true }));
  const { id, status } = await registerWith(emsp);
  expect(status).toBe('registering');
  undo();
  // Taken up by the next process, on what the first one left.
  await world.down();
  await world.up();
  await eventually(
    'registered',
    async () => (await world.operator.get(`/partners/${id}`)).status === 'registered',
  );
  await eventually('all told', () => emsp.locations.size === 1);
});

test('a partner that did not get our answer registers again with the same token, also after a restart; one that did cannot (CR-15, CR-16)', async () => {
  const lost = await Promise.all(
    OCPI_VERSIONS.map(async (version, index) => {
      const emsp = await emspOf(version, `MS${index}`);
      const made = await world.operator.post('/partners', { name: version });
      const [url, token] = [String(made.versions_url), String(made.registration_token)];
      const connection = new AbortController();
      const cut = emsp.respondWith({ path: new RegExp(`${version}$`) }, async () => {
        cut();
        connection.abort();
        // The gateway notices before it can answer.
        await pause(100);
        return undefined;
      });
      await expect(emsp.register(url, token, connection.signal)).rejects.toThrow(/abort/);
      await eventually(
        'registered all the same',
        async () => (await partner(made.id)).status === 'registered',
      );
      const get = async (path: string) => {
        const headers = { authorization: `Token ${token}` };
        return (await fetch(url.replace(/versions$/, path), { headers })).status;
      };
      return { emsp, url, token, get, id: made.id, version };
    }),
  );
  await world.down();
  await world.up();
  for (const { emsp, url, token, get, id, version } of lost) {
    // TR-011: it opens what a registration needs.
    expect([await get('versions'), await get(`${version}/tariffs`)]).toEqual([200, 401]);
    await emsp.register(url, token);
    expect(await get('versions')).toBe(401);
    expect(await partner(id)).toMatchObject({ status: 'registered', version });
    expect((await emsp.pull('tariffs')).items.length).toBeGreaterThan(0);
    await eventually('all told', () => emsp.locations.size === 1);
    expect(emsp.conformance).toEqual([]);
  }
});

test('a platform that cannot be used is named, and leaves nothing behind (CR-12, CR-16)', async () => {
  const emsp = await emspOf('2.2.1');
  const { versionsUrl, token } = emsp.offerRegistration();
  const attempt = (body: object) => world.operator.post('/partners', { name: 'MSP', ...body });
  await expect(attempt({ versions_url: versionsUrl, token: 'wrong' })).rejects.toThrow(/422.*401.*\/token/);
  await expect(attempt({ versions_url: 'http://127.0.0.1:1/versions', token })).rejects.toThrow(
    /422.*ECONNREFUSED/,
  );
  const old = emsp.respondWith({ path: /versions$/ }, () => ({
    body: {
      data: [{ version: '2.0', url: versionsUrl }],
      status_code: 1000,
      timestamp: new Date().toISOString(),
    },
  }));
  await expect(attempt({ versions_url: versionsUrl, token })).rejects.toThrow(/422.*it offers 2.0/);
  old();
  const bare = emsp.respondWith({ path: /2\.2\.1$/ }, () => ({
    body: {
      data: { version: '2.2.1', endpoints: [] },
      status_code: 1000,
      timestamp: new Date().toISOString(),
    },
  }));
  await expect(attempt({ versions_url: versionsUrl, token })).rejects.toThrow(/422.*credentials endpoint/);
  bare();
  expect(emsp.requests.filter(({ method }) => method === 'POST')).toEqual([]);
  expect(await world.operator.list('/partners')).toEqual([]);
});

test('a 2.1.1 connection is about one of our parties, a newer one about all (CR-01, CR-02)', async () => {
  const [old, current] = [await emspOf('2.1.1'), await emspOf('2.2.1')];
  await registerWith(old, { party: 'DE*TWO' });
  await registerWith(current);
  await world.operator.put('/tariffs/DE/TWO/OTHER', { ...tariff('OTHER', PARKING_RATES), party_id: 'TWO' });
  await eventually(
    'told',
    () => old.tariffs.has('OTHER') && current.tariffs.has('OTHER') && current.tariffs.has('ENERGY'),
  );
  expect([...old.tariffs.keys()]).toEqual(['OTHER']);
  expect((await old.pull('tariffs')).items.map(({ id }) => id)).toEqual(['OTHER']);
  expect((await old.pull('locations')).items).toEqual([]);
  expect((await current.pull('tariffs')).items.map(({ id }) => id)).toContain('ENERGY');
  await expect(registerWith(await emspOf('2.1.1'), { party: 'FR*XXX' })).rejects.toThrow(/422.*\/party/);
});

test('partners are told of a party that is hosted from a start on (CR-31, VE-08)', async () => {
  const emsp = await emspOf('2.2.1');
  const { id } = await registerWith(emsp);
  const before = emsp.requests.length;
  await world.down();
  settings.PARTIES = 'DE*RBG,DE*TWO,DE*NEW';
  await world.up();
  const told = await eventually('credentials', () =>
    emsp.requests.slice(before).find(({ method, path }) => method === 'PUT' && path.endsWith('/credentials')),
  );
  expect((told.body as { roles: { party_id: string }[] }).roles.map(({ party_id }) => party_id)).toEqual([
    'RBG',
    'TWO',
    'NEW',
  ]);
  await eventually(
    'new tokens',
    async () => (await world.operator.get(`/partners/${id}`)).rotated_at !== undefined,
  );
  expect((await emsp.pull('tariffs')).items.length).toBeGreaterThan(0);
});
