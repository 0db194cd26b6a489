import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type JsonObject, OCPI_VERSIONS } from '@roambridge/sim-emsp';
import { eventually } from './support/eventually.js';
import { closeGoldenDatabase } from './support/golden-gateway.js';
import { World } from './support/golden-world.js';
import { PARKING_RATES, provision, tariff, testStation } from './support/master-data.js';
import type { Row } from './support/operator-api.js';
import { startTestGateway, type TestGateway, type TestPartner } from './support/test-gateway.js';
import { timeOf } from './support/vector.js';

let world: TestGateway;
const station = testStation('CS-1', 'ocpp1.6', ['ENERGY']);
const partners = new Map<string, TestPartner>();
const card = (version: string) => `04AAAAAAAAAA0${version[2]}`;

beforeAll(async () => {
  world = await startTestGateway();
  await provision(world.operator, {
    tariffs: { ENERGY: tariff('ENERGY', PARKING_RATES) },
    stations: [station],
  });
  const charger = await world.connect(station);
  for (const version of OCPI_VERSIONS) {
    const party_id = `MS${version[2]}`;
    const tokens = [{ uid: card(version) }];
    const partner = await world.partner({ version, country_code: 'NL', party_id, tokens });
    partners.set(version, partner);
    await charger.startTransaction({ outlet: 1, idTag: card(version), meterStartWh: 100_000 });
    await charger.stopTransaction(1, { meterStopWh: 100_100, reason: 'Local', idTag: card(version) });
    await eventually('CDR', () => partner.emsp.cdrs.size === 1);
    await eventually('location', () => partner.emsp.locations.size === 1);
  }
  await charger.close();
  await eventually(
    'nothing to tell',
    async () => (await world.operator.list('/deliveries?state=pending')).length === 0,
  );
});
afterAll(() => world?.stop());

const resync = (id: string, module: string) => world.operator.post(`/partners/${id}/resync`, { module });

/** What the partner stored, for a fault to be put in. */
function objectsOf(partner: TestPartner, module: 'locations' | 'tariffs' | 'sessions' | 'cdrs') {
  const objects = partner.emsp[module] as Map<string, JsonObject>;
  const [entry] = objects;
  if (!entry) throw new Error(`the partner has no ${module}`);
  return { objects, id: entry[0], object: entry[1] };
}

describe.each(OCPI_VERSIONS)('a partner of OCPI %s', (version) => {
  test('that has everything is told nothing', async () => {
    const partner = partners.get(version)!;
    const before = partner.emsp.requests.length;
    for (const module of ['tariffs', 'locations', 'sessions', 'cdrs', 'tokens']) {
      const report = await resync(partner.id, module);
      expect(report).toMatchObject({ module, state: 'done', repaired: 0, owed: 0, findings: [] });
      expect(report.compared).toBe(report.same);
      expect(report.compared).toBeGreaterThan(0);
    }
    expect(partner.emsp.requests.slice(before).filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  test.each(['locations', 'tariffs', 'sessions', 'cdrs'] as const)(
    'that lost one of its %s gets it again, and only that (R9)',
    async (module) => {
      const partner = partners.get(version)!;
      const { objects, id, object } = objectsOf(partner, module);
      objects.delete(id);
      const before = partner.emsp.requests.length;
      const report = await resync(partner.id, module);
      expect(report).toMatchObject({ repaired: 1, findings: [{ problem: 'missing', repaired: true }] });
      // 2.1.1 has whole seconds only.
      const missed = Date.parse(String(report.missed_since)) - Date.parse(String(object.last_updated));
      expect(Math.floor(missed / 1000)).toBe(0);
      await eventually('told again', () => objects.has(id));
      expect(objects.get(id)).toEqual(object);
      const told = partner.emsp.requests.slice(before).filter(({ method }) => method !== 'GET');
      expect(told).toHaveLength(1);
    },
  );

  test('whose objects differ is told what differs: all but CDRs, which never change (CD-04)', async () => {
    const partner = partners.get(version)!;
    const faults = {
      locations: { name: 'Wrong' },
      tariffs: { currency: 'CHF' },
      sessions: { status: 'ACTIVE', kwh: 0 },
      cdrs: { total_energy: 99 },
    };
    for (const [module, fault] of Object.entries(faults) as [keyof typeof faults, JsonObject][]) {
      const { objects, id, object } = objectsOf(partner, module);
      objects.set(id, { ...object, ...fault });
      const repaired = module !== 'cdrs';
      const [finding] = (await resync(partner.id, module)).findings as Row[];
      expect(finding).toMatchObject({
        problem: 'different',
        members: expect.arrayContaining(Object.keys(fault)),
        repaired,
      });
      if (repaired)
        await eventually(
          'told again',
          () =>
            objects.get(id)?.last_updated === object.last_updated &&
            Object.keys(fault).every((name) => objects.get(id)?.[name] === object[name]),
        );
      else objects.set(id, object);
    }
    expect(partner.emsp.conformance).toEqual([]);
    const last = (await world.operator.get(`/partners/${partner.id}/resyncs`)).items as Row[];
    expect(last.map(({ module }) => module)).toEqual(expect.arrayContaining(Object.keys(faults)));
  });

  test('is probed; what its version has no place for is counted', async () => {
    const { id } = partners.get(version)!;
    const probed = await world.operator.post(`/partners/${id}/probe`, {});
    expect((probed.findings as Row[]).filter(({ verdict }) => verdict === 'problem')).toEqual([]);
    const { lost, locations } = await world.operator.get(`/partners/${id}/downgrades`);
    expect(locations).toEqual({ total: 1, not_told: 0 });
    if (version === '2.3.0') expect(lost).toEqual([]);
    else expect((lost as Row[]).length).toBeGreaterThanOrEqual(version === '2.1.1' ? 1 : 0);
  });
});

test('what was found is known after a restart too', async () => {
  const reports = async () => {
    const all = [...partners.values()].map(({ id }) => world.operator.get(`/partners/${id}/resyncs`));
    return (await Promise.all(all)).map(({ items }) => items as Row[]);
  };
  const before = await reports();
  expect(before.map((items) => items.length)).toEqual([5, 5, 5]);
  await world.down();
  await world.up();
  expect(await reports()).toEqual(before);
});

test('a partner that does not answer, or lets nobody read, ends the comparison with its reason', async () => {
  const { id, emsp } = partners.get('2.2.1')!;
  const closed = emsp.respondWith({ method: 'GET', path: '/tariffs' }, () => ({ status: 405, body: {} }));
  expect(await resync(id, 'tariffs')).toMatchObject({
    state: 'stopped',
    detail: expect.stringContaining('405'),
  });
  closed();
  for (const extra of ['A', 'B', 'C', 'D']) {
    await world.operator.put(`/tariffs/DE/RBG/${extra}`, tariff(extra, PARKING_RATES));
  }
  await eventually('told', () => emsp.tariffs.size === 5);
  await eventually(
    'nothing to tell',
    async () => (await world.operator.list('/deliveries?state=pending')).length === 0,
  );
  await emsp.down();
  expect(await resync(id, 'tariffs')).toMatchObject({
    state: 'stopped',
    // A connection that was open may be found closed.
    detail: expect.stringMatching(/ECONNREFUSED|ECONNRESET|closed/),
  });
  await emsp.up();
});

test('all partners are compared with every RESYNC_INTERVAL, without anybody asking for it (R9)', async () => {
  const night = await World.start(
    { id: 'night', title: '', settings: { RESYNC_INTERVAL: '30m' }, forms: {} },
    { form: '1.6', version: '2.2.1' },
  );
  try {
    const { tariffs, locations } = night.partner();
    await night.moveTo(timeOf('08:10:00'));
    for (const lost of [tariffs, locations]) (lost as Map<string, JsonObject>).clear();
    await night.moveTo(timeOf('08:30:00'));
    expect([tariffs.size, locations.size]).toEqual([1, 1]);
    const [partner] = await night.golden.operator.list('/partners');
    const { items } = await night.golden.operator.get(`/partners/${partner?.id}/resyncs`);
    const found = (items as Row[]).map(({ module, state, repaired }) => [module, state, repaired]);
    expect(found).toEqual([
      ['cdrs', 'done', 0],
      ['locations', 'done', 1],
      ['sessions', 'done', 0],
      ['tariffs', 'done', 1],
    ]);
  } finally {
    await night.stop();
    await closeGoldenDatabase();
  }
});
