import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Emsp, InboundRequest, JsonObject } from '@roambridge/sim-emsp';
import { energyOf, priceIn } from './support/billing-document.js';
import { eventually, pause } from './support/eventually.js';
import { expectedCost } from './support/expected-cost.js';
import { PARKING_RATES, provision, tariff, testStation } from './support/master-data.js';
import { duration, quickest } from './support/quickest.js';
import { startTestGateway, type TestGateway, type TestPartner } from './support/test-gateway.js';

const CARDS = { away: '04AAAAAAAAAA01', well: '04BBBBBBBBBB01' };
const stations = {
  away: testStation('CS-AWAY', 'ocpp1.6', ['ENERGY']),
  well: testStation('CS-WELL', 'ocpp2.0.1', ['ENERGY']),
};
/** A healthy partner has its CDR before the other one was tried a third time. */
const PROMPT_MS = 2_500;

let world: TestGateway;
let away: TestPartner;
let well: TestPartner;

beforeAll(async () => {
  world = await startTestGateway();
  await provision(world.operator, {
    tariffs: { ENERGY: tariff('ENERGY', PARKING_RATES) },
    stations: Object.values(stations),
  });
  away = await world.partner({
    version: '2.2.1',
    country_code: 'DE',
    party_id: 'AWY',
    tokens: [{ uid: CARDS.away }],
  });
  well = await world.partner({
    version: '2.3.0',
    country_code: 'NL',
    party_id: 'WEL',
    tokens: [{ uid: CARDS.well }],
  });
});

afterAll(() => world?.stop());

/** Deliveries under way reach the partner before it is cut off, later ones do not. */
async function untilTold({ id }: TestPartner): Promise<void> {
  await eventually('nothing left to tell', async () => {
    const pending = await world.operator.list(`/deliveries?partner_id=${id}&state=pending`);
    return pending.length === 0;
  });
}

function told(emsp: Emsp, method: string, module: string, since = 0): InboundRequest[] {
  return emsp.requests.slice(since).filter((one) => one.method === method && one.path.includes(`/${module}`));
}

async function onlyOf(
  objects: ReadonlyMap<string, JsonObject>,
  known: ReadonlySet<string>,
): Promise<JsonObject> {
  return eventually('new object', () => [...objects.values()].find(({ id }) => !known.has(String(id))));
}

const idsOf = (objects: ReadonlyMap<string, JsonObject>) => new Set(objects.keys());

test('a partner that is away while a session runs and ends gets its last state and its CDR once, and delays nobody (D2-080, D2-082, D2-083)', async () => {
  const charger = await world.connect(stations.away);
  const neighbour = await world.connect(stations.well);
  await charger.startTransaction({ outlet: 1, idTag: CARDS.away, meterStartWh: 100_000 });
  await eventually('running session', () => away.emsp.sessions.size === 1);
  await untilTold(away);
  await away.emsp.down();
  const before = away.emsp.requests.length;

  for (const wh of [100_100, 100_250, 100_400]) {
    await charger.meterValues(1, wh);
    await pause(200);
  }
  await charger.stopTransaction(1, { meterStopWh: 100_425, reason: 'Local', idTag: CARDS.away });

  const longest = await quickest(PROMPT_MS, () =>
    duration(async () => {
      const known = idsOf(well.emsp.cdrs);
      await neighbour.startTransaction({ outlet: 1, idTag: CARDS.well, meterStartWh: 5_000 });
      await neighbour.stopTransaction(1, { meterStopWh: 5_300, reason: 'Local', idTag: CARDS.well });
      expect(energyOf(await onlyOf(well.emsp.cdrs, known))).toBe(0.3);
    }),
  );
  expect(longest).toBeLessThan(PROMPT_MS);

  // Several attempts fail meanwhile.
  await pause(1_500);
  expect(away.emsp.cdrs.size).toBe(0);
  await away.emsp.up();
  const cdr = await onlyOf(away.emsp.cdrs, new Set());
  await untilTold(away);
  const [session] = [...away.emsp.sessions.values()];
  expect(session).toMatchObject({ id: cdr.session_id, status: 'COMPLETED', kwh: 0.425 });
  const cost = expectedCost(PARKING_RATES, {
    energyDeciWh: 4_250n,
    chargingSeconds: 0n,
    parkingSeconds: 0n,
  });
  expect(priceIn(cdr, '2.2.1')).toEqual(cost);
  expect(session && priceIn(session, '2.2.1')).toEqual(cost);
  const sessionRequests = [
    ...told(away.emsp, 'PUT', 'sessions', before),
    ...told(away.emsp, 'PATCH', 'sessions', before),
  ];
  expect(sessionRequests.map(({ method, body }) => [method, (body as JsonObject).status])).toEqual([
    ['PUT', 'COMPLETED'],
  ]);
  expect(told(away.emsp, 'POST', 'cdrs', before)).toHaveLength(1);
  expect(away.emsp.conformance).toEqual([]);
  expect(well.emsp.conformance).toEqual([]);
  await charger.close();
  await neighbour.close();
});

test('a partner that stores the CDR but drops the connection is sent the same CDR again (D3-031)', async () => {
  const known = idsOf(away.emsp.cdrs);
  const since = away.emsp.requests.length;
  let dropped = 0;
  const undo = away.emsp.respondWith({ method: 'POST', path: '/cdrs' }, ({ body }) => {
    dropped += 1;
    if (dropped > 2) return undefined;
    const sent = body as JsonObject;
    (away.emsp.cdrs as Map<string, JsonObject>).set(String(sent.id), sent);
    return { drop: true };
  });
  const charger = await world.connect(stations.away);
  await charger.startTransaction({ outlet: 1, idTag: CARDS.away, meterStartWh: 200_000 });
  await charger.stopTransaction(1, { meterStopWh: 200_150, reason: 'Local', idTag: CARDS.away });
  const cdr = await onlyOf(away.emsp.cdrs, known);
  await untilTold(away);
  undo();
  const posts = told(away.emsp, 'POST', 'cdrs', since).map(({ body }) => body as JsonObject);
  expect(posts).toHaveLength(3);
  expect(new Set(posts.map(({ id }) => id))).toEqual(new Set([cdr.id]));
  expect(new Set(posts.map((post) => JSON.stringify(post))).size).toBe(1);
  expect(away.emsp.cdrs.size).toBe(known.size + 1);
  expect(energyOf(cdr)).toBe(0.15);
  expect(away.emsp.conformance).toEqual([]);
  await charger.close();
});

test('a session that the partner does not know any more is told in full after the PATCH was answered 404 (D2-082, OF-05)', async () => {
  const { emsp } = well;
  const known = idsOf(emsp.sessions);
  const charger = await world.connect(stations.well);
  await charger.startTransaction({ outlet: 1, idTag: CARDS.well, meterStartWh: 300_000 });
  const session = await onlyOf(emsp.sessions, known);
  await untilTold(well);
  const since = emsp.requests.length;
  const undo = emsp.respondWith({ method: 'PATCH', path: '/sessions' }, () => ({
    status: 404,
    body: { status_code: 2001, status_message: 'unknown session', timestamp: new Date().toISOString() },
  }));
  await charger.meterValues(1, 300_125);
  await eventually('progress', () => emsp.sessions.get(String(session.id))?.kwh === 0.125);
  undo();
  const methods = emsp.requests
    .slice(since)
    .filter(({ path }) => path.endsWith(`/${session.id}`))
    .map(({ method }) => method);
  expect(methods).toEqual(['PATCH', 'PUT']);

  await charger.meterValues(1, 300_200);
  await eventually('progress', () => emsp.sessions.get(String(session.id))?.kwh === 0.2);
  const last = emsp.requests.findLast(({ path }) => path.endsWith(`/${session.id}`));
  expect(last?.method).toBe('PATCH');
  await charger.stopTransaction(1, { meterStopWh: 300_250, reason: 'Local', idTag: CARDS.well });
  await eventually('CDR', () => [...emsp.cdrs.values()].find((cdr) => cdr.session_id === session.id));
  expect(emsp.conformance).toEqual([]);
  await charger.close();
});
