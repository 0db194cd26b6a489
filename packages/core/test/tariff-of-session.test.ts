import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Location, Tariff } from '@roambridge/domain';
import { type RunningCore, start, startCore, stop } from './support/running-core.js';

const OWNER = { country_code: 'DE', party_id: 'RBG' };
const MINUTE = 60_000;

let running: RunningCore;
let location: Location;
let now: number;
beforeAll(async () => {
  running = await startCore();
  now = Date.now();
  const base = (await running.store.tariffs.get({ ...OWNER, id: 'T1' })) as Tariff;
  const at = (ms: number) => new Date(now + ms).toISOString();
  for (const [id, changes] of [
    ['FAST', { type: 'PROFILE_FAST' }],
    ['OLD', { end_date_time: at(-10 * MINUTE) }],
    ['NEW', { type: 'REGULAR', start_date_time: at(-10 * MINUTE), end_date_time: at(60 * MINUTE) }],
    ['NEXT', { start_date_time: at(60 * MINUTE) }],
  ] as const) {
    await running.core.operator.putTariff({ ...base, id, ...changes });
  }
  location = (await running.store.locations.get({ ...OWNER, id: 'L1' })) as Location;
  const [evse] = location.evses;
  const [connector] = evse!.connectors;
  const tariff_ids = ['FAST', 'NEXT', 'OLD', 'NEW'];
  await running.core.operator.putLocation({
    ...location,
    evses: [{ ...evse!, connectors: [{ ...connector!, tariff_ids }] }],
  });
});
afterAll(() => running.stop());

/** Ids of the tariffs at the connector, as a partner of the version sees them. */
async function shownTo(version: string) {
  const [partner] = await running.store.partners.list();
  const page = { offset: 0, limit: 10 };
  const { items } = await running.core.partner.locations({ ...partner!, version }, page);
  const location = await running.core.partner.location({ ...partner!, version }, 'L1');
  expect(items).toEqual([location]);
  return items[0]?.evses[0]?.connectors[0]?.tariff_ids;
}

async function tariffOf(startedAt: number): Promise<string | undefined> {
  const { ocppTransactionId } = await start(running.core, startedAt);
  await stop(running.core, ocppTransactionId);
  await running.core.idle();
  const { items } = await running.store.sessions.page({ limit: 1 });
  const { location, tariffs } = items[0]!.snapshot;
  // OCPI 2.1.1 embeds the location with one tariff.
  expect(location.evses[0]?.connectors[0]?.tariff_ids?.[0]).toBe(tariffs[0]?.id);
  return tariffs[0]?.id;
}

test('a session follows the regular tariff that was valid when it began (TA-04, TA-05, TA-06)', async () => {
  expect(await tariffOf(now - 15 * MINUTE)).toBe('OLD');
  // The successor stands beside it, and counts from its first moment on.
  expect(await tariffOf(now - 10 * MINUTE)).toBe('NEW');
  expect(await tariffOf(now - 5 * MINUTE)).toBe('NEW');
});

test('a connector that has room for one tariff shows the regular one of now (MP-03)', async () => {
  expect(await shownTo('2.2.1')).toEqual(['FAST', 'NEXT', 'OLD', 'NEW']);
  expect(await shownTo('2.1.1')).toEqual(['NEW']);
  await running.core.operator.removeTariff({ ...OWNER, id: 'NEW' });
  expect(await shownTo('2.1.1')).toBeUndefined();
});
