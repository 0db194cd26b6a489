import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Tariff } from '@roambridge/domain';
import { ManualClock } from '../../../apps/gateway/test/support/manual-clock.js';
import { type RunningCore, startCore } from './support/running-core.js';

const OWNER = { country_code: 'DE', party_id: 'RBG' };
const T0 = Date.parse('2026-03-01T10:00:00Z');
const HOUR = 3_600_000;
const inHours = (hours: number) => new Date(T0 + hours * HOUR).toISOString();

let running: RunningCore;
let clock: ManualClock;
let base: Tariff;

beforeAll(async () => {
  clock = new ManualClock(T0);
  running = await startCore(undefined, { clock });
  const { operator, partner } = running.core;
  const { id } = await operator.createPartner('old');
  await partner.completeRegistration(id, {
    version: '2.1.1',
    versionsUrl: 'http://localhost/versions',
    outboundToken: 'their-token',
    tokenEncoding: 'raw',
    roles: [{ role: 'EMSP', country_code: 'NL', party_id: 'OLD', name: 'old' }],
    endpoints: [],
  });
  base = (await running.store.tariffs.get({ ...OWNER, id: 'T1' })) as Tariff;
  await operator.putTariff({ ...base, id: 'NOW', end_date_time: inHours(24) });
  await operator.putTariff({ ...base, id: 'NEXT', start_date_time: inHours(24), end_date_time: inHours(72) });
  await operator.putTariff({ ...base, id: 'LATER', start_date_time: inHours(72) });
  await name('NOW', 'NEXT', 'LATER');
  await settled(0);
});
afterAll(() => running.stop());

async function name(...tariff_ids: string[]) {
  const location = (await running.store.locations.get({ ...OWNER, id: 'L1' }))!;
  const [evse] = location.evses;
  const connectors = evse!.connectors.map((connector) => ({ ...connector, tariff_ids }));
  await running.core.operator.putLocation({ ...location, evses: [{ ...evse!, connectors }] });
}

/** The time passes; the tariffs by which the location was told meanwhile. */
async function settled(hours: number): Promise<string[]> {
  running.told.length = 0;
  await clock.moveTo(clock.now() + hours * HOUR + 1_000, () => running.core.idle());
  await clock.moveTo(clock.now() + 1_000, () => running.core.idle());
  return running.told.flatMap((notice) =>
    notice.kind === 'location' ? (notice.location.evses[0]?.connectors[0]?.tariff_ids?.join() ?? 'none') : [],
  );
}

test('a partner that can name one tariff is told when its successor begins, nobody else is (MP-03, TA-04)', async () => {
  expect(await settled(23)).toEqual([]);
  expect(await settled(1)).toEqual(['NEXT']);
});

test('it is told also of a turn while the gateway was away', async () => {
  await running.core.stop();
  await clock.moveTo(T0 + 80 * HOUR, async () => undefined);
  await running.restart();
  expect(await settled(0)).toEqual(['LATER']);
});

test('a tariff is refused that would count beside another one of its type, changed prices are not (LO-34)', async () => {
  const { operator } = running.core;
  const put = (changes: Partial<Tariff>) => operator.putTariff({ ...base, ...changes });
  await expect(put({ id: 'NEXT', start_date_time: inHours(24) })).rejects.toMatchObject({
    status: 422,
    pointer: '/start_date_time',
  });
  await put({ id: 'LATER', start_date_time: inHours(72), currency: 'SEK' });
  // Nobody names it, so it is in nobody's way.
  await put({ id: 'OTHER' });
  expect(await settled(0)).toEqual([]);
});

test('a partner that can name one tariff is told another one when a tariff counts at other times (MP-03)', async () => {
  const ends = { start_date_time: inHours(72), end_date_time: inHours(79) };
  await running.core.operator.putTariff({ ...base, id: 'LATER', ...ends });
  expect(await settled(0)).toEqual(['none']);
});
