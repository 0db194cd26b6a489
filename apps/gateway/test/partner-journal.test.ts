import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventually } from './support/eventually.js';
import { PARKING_RATES, provision, tariff, testStation } from './support/master-data.js';
import type { Row } from './support/operator-api.js';
import { startTestGateway, type TestGateway, type TestPartner } from './support/test-gateway.js';

const CARD = '04AAAAAAAAAA01';
const station = testStation('CS-1', 'ocpp1.6', ['ENERGY']);
const data = { tariffs: { ENERGY: tariff('ENERGY', PARKING_RATES) }, stations: [station] };

let world: TestGateway;
let partner: TestPartner;

beforeAll(async () => {
  world = await startTestGateway();
  await provision(world.operator, data);
  partner = await world.partner({
    version: '2.2.1',
    country_code: 'DE',
    party_id: 'MSP',
    tokens: [{ uid: CARD }],
  });
});
afterAll(() => world?.stop());

const exchanges = () => world.operator.list(`/partners/${partner.id}/exchanges`);
const pending = async () =>
  (await world.operator.list(`/deliveries?partner_id=${partner.id}&state=pending`)).length;

test('the journal shows both directions of a registration, and no token in any form (S20)', async () => {
  await eventually('locations told', () => partner.emsp.locations.size === 1);
  const nameOf = ({ direction, method, url }: Row) =>
    `${direction} ${method} ${String(url).split('/').at(-1)}`;
  // An exchange is in the journal a moment after its answer.
  const rows = await eventually('the last exchange', async () => {
    const found = await exchanges();
    return found.map(nameOf).includes('out PUT LOC-1') && found;
  });
  expect(rows.map(nameOf)).toEqual(
    expect.arrayContaining(['in POST credentials', 'out GET versions', 'in GET versions']),
  );
  const text = JSON.stringify(rows);
  const tokens = partner.emsp.requests.map(({ headers }) =>
    String(headers.authorization).replace('Token ', ''),
  );
  for (const token of new Set(tokens)) {
    expect(text).not.toContain(token);
    expect(text).not.toContain(Buffer.from(token, 'base64').toString());
  }
  expect(text).toContain('\\"token\\":\\"***\\"');
});

test('a partner shows its lane and when each direction last succeeded, also after a restart', async () => {
  await eventually('nothing to tell', async () => (await pending()) === 0);
  await exchanges();
  const shown = await world.operator.get(`/partners/${partner.id}`);
  expect(shown.lane).toMatchObject({ failures: 0 });
  await world.down();
  await world.up();
  const { last_success_at, last_inbound_at } = await world.operator.get(`/partners/${partner.id}`);
  expect(Date.parse(String(last_success_at))).toBeGreaterThan(0);
  expect(Date.parse(String(last_inbound_at))).toBeGreaterThan(0);
});

test('a trace names the exchanges in which a transaction was told', async () => {
  const charger = await world.connect(station);
  await charger.startTransaction({ outlet: 1, idTag: CARD, meterStartWh: 100_000 });
  await charger.stopTransaction(1, { meterStopWh: 100_100, reason: 'Local', idTag: CARD });
  await eventually('CDR', () => partner.emsp.cdrs.size === 1);
  const [transaction] = await world.operator.list('/transactions');
  const trace = await eventually('exchanges', async () => {
    const { entries } = await world.operator.get(`/trace/${transaction?.id}`);
    const told = (entries as Row[])
      .filter(({ kind }) => kind === 'exchange')
      .map((one) => one.exchange as Row);
    return told.some(({ method }) => method === 'POST') && told;
  });
  expect(trace.map(({ method, url }) => `${method} ${String(url).split('/').at(-2)}`)).toEqual(
    expect.arrayContaining(['PUT RBG', `POST ${partner.emsp.version}`]),
  );
  await charger.close();
});

test('a parked delivery is told when the operator says so, a discarded one is not (D2-082, R25)', async () => {
  const refuse = partner.emsp.respondWith({ method: 'PUT', path: '/tariffs' }, () => ({
    body: { status_code: 2001, timestamp: new Date().toISOString() },
  }));
  const parked = async (id: string) => {
    await world.operator.put(`/tariffs/DE/RBG/${id}`, tariff(id, PARKING_RATES));
    return eventually('parked', async () => {
      const rows = await world.operator.list('/deliveries?state=parked');
      return rows.find(({ key }) => key === `DE/RBG/${id}`);
    });
  };
  const [first, second] = [await parked('T-A'), await parked('T-B')];
  expect(await world.operator.list('/attention')).toHaveLength(2);
  refuse();
  await world.operator.post(`/deliveries/${first.id}/retry`, {});
  await eventually('told', () => partner.emsp.tariffs.has('T-A'));
  const discarded = await world.operator.post(`/deliveries/${second.id}/discard`, {});
  expect(discarded.state).toBe('discarded');
  await eventually('nothing to tell', async () => (await pending()) === 0);
  expect(partner.emsp.tariffs.has('T-B')).toBe(false);
  const open = (await world.operator.list('/attention')).filter(
    ({ resolved_at }) => resolved_at === undefined,
  );
  expect(open).toEqual([]);
  await expect(world.operator.post(`/deliveries/${first.id}/retry`, {})).rejects.toThrow('409');
  // A change is told all the same.
  await world.operator.put('/tariffs/DE/RBG/T-B', tariff('T-B', PARKING_RATES));
  await eventually('told', () => partner.emsp.tariffs.has('T-B'));
});
