import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type JsonObject, OCPI_VERSIONS } from '@roambridge/sim-emsp';
import { eventually } from './support/eventually.js';
import { PARKING_RATES, provision, tariff, testStation } from './support/master-data.js';
import { startTestGateway, type TestGateway, type TestPartner } from './support/test-gateway.js';

const PATH = '/locations/DE/RBG';
const station = testStation('CS-1', 'ocpp1.6', ['ENERGY', 'ENERGY']);
const partners = new Map<string, TestPartner>();
let world: TestGateway;

beforeAll(async () => {
  world = await startTestGateway();
  await provision(world.operator, {
    tariffs: { ENERGY: tariff('ENERGY', PARKING_RATES) },
    stations: [station],
  });
  for (const version of OCPI_VERSIONS) {
    const options = { version, country_code: 'NL', party_id: `MS${version[2]}`, tokens: [] };
    partners.set(version, await world.partner(options));
  }
  for (const { emsp } of partners.values()) {
    await eventually('told', () => emsp.locations.has('LOC-1') && emsp.tariffs.has('ENERGY'));
  }
  await told();
});
afterAll(() => world?.stop());

const told = () =>
  eventually(
    'nothing to tell',
    async () => (await world.operator.list('/deliveries?state=pending')).length === 0,
  );

async function entered(): Promise<JsonObject & { evses: JsonObject[] }> {
  return (await world.operator.get(`${PATH}/LOC-1`)) as JsonObject & { evses: JsonObject[] };
}

async function pulled(version: string): Promise<(JsonObject & { evses: JsonObject[] })[]> {
  const { items } = await partners.get(version)!.emsp.pull('locations');
  return items as (JsonObject & { evses: JsonObject[] })[];
}

test('two tariffs of a type that count at the same time are refused, one after the other is not (LO-34)', async () => {
  const put = (id: string, changes: object) =>
    world.operator.put(`/tariffs/DE/RBG/${id}`, { ...tariff(id, PARKING_RATES), ...changes });
  await put('ALSO', { type: 'REGULAR' });
  await put('FROM-2030', { start_date_time: '2030-01-01T00:00:00Z' });
  await put('UNTIL-2030', { end_date_time: '2030-01-01T00:00:00Z' });
  await put('GREEN', { type: 'PROFILE_GREEN' });
  const location = await entered();
  const withTariffs = (...tariff_ids: string[]) => ({
    ...location,
    id: 'LOC-T',
    evses: location.evses.slice(0, 1).map(({ ocpp: _, ...evse }) => ({
      ...evse,
      connectors: (evse.connectors as JsonObject[]).map((connector) => ({ ...connector, tariff_ids })),
    })),
  });
  await expect(world.operator.put(`${PATH}/LOC-T`, withTariffs('ENERGY', 'ALSO'))).rejects.toThrow(
    /422.*\/evses\/0\/connectors\/0\/tariff_ids/,
  );
  await world.operator.put(`${PATH}/LOC-T`, withTariffs('UNTIL-2030', 'FROM-2030', 'GREEN'));
  await told();
  for (const [version, { emsp }] of partners) {
    const [evse] = emsp.locations.get('LOC-T')!.evses as JsonObject[];
    const [connector] = evse!.connectors as JsonObject[];
    // LO-33
    if (version === '2.1.1') expect(connector).toMatchObject({ tariff_id: 'UNTIL-2030' });
    else expect(connector).toMatchObject({ tariff_ids: ['UNTIL-2030', 'FROM-2030', 'GREEN'] });
  }
});

describe.each(OCPI_VERSIONS)('a partner of OCPI %s', (version) => {
  test('hears of tariffs before the locations that name them (LO-14, CR-27)', () => {
    const { requests } = partners.get(version)!.emsp;
    const first = (module: string) =>
      requests.findIndex(({ method, path }) => method === 'PUT' && path.includes(`/${module}/DE/RBG/`));
    expect(first('tariffs')).toBeGreaterThanOrEqual(0);
    expect(first('tariffs')).toBeLessThan(first('locations'));
  });

  test('gets with all pages every published location and no other, as new as it was pushed (LO-06, LO-12, LO-20, LO-22, LO-23, OF-08)', async () => {
    const { emsp } = partners.get(version)!;
    const location = await entered();
    // A site whose EVSEs are not all for everybody is two locations.
    await world.operator.put(`${PATH}/STAFF`, {
      ...location,
      id: 'STAFF',
      publish: false,
      publish_allowed_to: [{ group_id: 'STAFF' }],
      evses: [],
    });
    await told();
    const list = await pulled(version);
    expect(list.map(({ id }) => id).sort()).toEqual([...emsp.locations.keys()].sort());
    expect(list.map(({ id }) => id)).not.toContain('STAFF');
    expect(list.find(({ id }) => id === 'LOC-1')).toEqual(emsp.locations.get('LOC-1'));
    const one = await emsp.send('GET', 'locations', 'SENDER', '/STAFF');
    expect(one.httpStatus).toBe(404);
  });

  test('hears a planned change beforehand, and the change itself when it happens (LO-10)', async () => {
    const { emsp } = partners.get(version)!;
    const location = await entered();
    const status_schedule = [{ period_begin: '2030-01-01T00:00:00Z', status: 'REMOVED' }];
    const evses = location.evses.map((evse) => ({ ...evse, status_schedule }));
    await world.operator.put(`${PATH}/LOC-1`, { ...location, evses });
    const evse = await eventually('schedule', () => {
      const [first] = emsp.locations.get('LOC-1')!.evses as JsonObject[];
      return first?.status_schedule !== undefined && first;
    });
    expect(evse.status_schedule).toEqual(status_schedule);
    expect(evse.status).not.toBe('REMOVED');
    expect(emsp.conformance).toEqual([]);
  });
});

test('what is removed is told as REMOVED, stays in the list, and frees its EVSE id (LO-03, LO-07, LO-08, LO-09, ME-08)', async () => {
  const location = await entered();
  const [kept, gone] = location.evses as [JsonObject, JsonObject];
  const before = new Map([...partners].map(([version, { emsp }]) => [version, emsp.requests.length]));
  await world.operator.put(`${PATH}/LOC-1`, { ...location, evses: [kept] });
  for (const [version, { emsp }] of partners) {
    const evses = () => emsp.locations.get('LOC-1')!.evses as JsonObject[];
    await eventually('removed', () => evses().some(({ status }) => status === 'REMOVED'));
    expect(evses().map(({ uid, status }) => `${uid} ${status}`)).toContain(`${gone.uid} REMOVED`);
    expect(emsp.requests.slice(before.get(version)).map(({ method }) => method)).not.toContain('DELETE');
    const listed = (await pulled(version)).find(({ id }) => id === 'LOC-1')!;
    expect(listed.evses.map(({ uid }) => uid)).toEqual([kept.uid, gone.uid]);
  }
  const { evse_id: _id, ocpp: _ocpp, ...anonymous } = gone;
  await world.operator.put(`${PATH}/LOC-1`, {
    ...location,
    evses: [
      { ...kept, evse_id: gone.evse_id },
      { ...anonymous, status: 'REMOVED' },
    ],
  });
  for (const { emsp } of partners.values()) {
    await eventually('moved', () => {
      const [first] = emsp.locations.get('LOC-1')!.evses as JsonObject[];
      return first?.evse_id === gone.evse_id;
    });
    const evses = emsp.locations.get('LOC-1')!.evses as JsonObject[];
    expect(evses.map(({ evse_id, status }) => [evse_id, status === 'REMOVED'])).toEqual([
      [gone.evse_id, false],
      [undefined, true],
    ]);
    expect(emsp.conformance).toEqual([]);
  }
});
