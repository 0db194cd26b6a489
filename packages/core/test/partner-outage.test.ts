import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type RunningCore, start, startCore, stop, until } from './support/running-core.js';

const RETRY_MS = 60_000;
/** The longest pause with its jitter. */
const PAUSE_MS = RETRY_MS * 1.25 + 1;
const TARIFFS = 30;

/** Goes like the real one, and can be put forward. */
function jumpingClock() {
  let offset = 0;
  const timers = new Map<() => void, number>();
  const clock = {
    now: () => Date.now() + offset,
    after(delayMs: number, task: () => void) {
      const fire = () => {
        if (timers.delete(fire)) task();
      };
      timers.set(fire, clock.now() + delayMs);
      const timer = setTimeout(fire, Math.min(delayMs, 2 ** 31 - 1)).unref();
      return () => {
        timers.delete(fire);
        clearTimeout(timer);
      };
    },
    jump(ms: number) {
      offset += ms;
      for (const [fire, at] of timers) if (at <= clock.now()) fire();
    },
  };
  return clock;
}

const clock = jumpingClock();
let world: RunningCore;
let partnerId: string;

beforeAll(async () => {
  world = await startCore(undefined, { clock, settings: { partnerRetryMs: RETRY_MS } });
  const [partner] = await world.core.operator.partners();
  partnerId = partner!.id;
  // What it is told first.
  await until(() => world.told.some(({ kind }) => kind === 'location'));
  await nothingToTell();
});
afterAll(() => world.stop());

const lane = async () => (await world.core.operator.partner(partnerId))!.lane;
const nothingToTell = () => until(async () => (await world.core.operator.partner(partnerId))?.backlog === 0);

test('a partner that does not answer is asked by one request a minute, and told everything once it is back (R9, D2-082)', async () => {
  world.answer = () => ({ kind: 'unreachable', detail: 'HTTP 503' });
  for (let number = 1; number <= TARIFFS; number += 1) {
    await world.core.operator.putTariff({
      country_code: 'DE',
      party_id: 'RBG',
      id: `OUT-${number}`,
      currency: 'EUR',
      elements: [{ price_components: [{ type: 'ENERGY', price: 0.3, step_size: 1 }] }],
      tax_included: 'N/A',
      last_updated: new Date(clock.now()).toISOString(),
    });
  }
  await until(async () => (await lane()).state === 'paused');
  await world.core.idle();
  for (let minute = 1; minute <= 10; minute += 1) {
    const before = world.told.length;
    clock.jump(PAUSE_MS);
    await until(async () => world.told.length > before && (await lane()).state === 'paused');
    await world.core.idle();
    expect([minute, world.told.slice(before).map(({ kind }) => kind)]).toEqual([minute, ['tariff']]);
  }

  world.answer = () => ({ kind: 'acknowledged' });
  const before = world.told.length;
  clock.jump(PAUSE_MS);
  // Some were tried often and would wait for minutes.
  await nothingToTell();
  expect(world.told.length - before).toBe(TARIFFS);
  expect(await lane()).toMatchObject({ failures: 0 });
});

test('objects that break the mapper are parked after eight tries, and hold up no other (R25)', async () => {
  const broken = ['BROKEN-1', 'BROKEN-2', 'BROKEN-3', 'BROKEN-4'];
  const toldOf = (id: string) =>
    world.told.filter((notice) => notice.kind === 'tariff' && notice.tariff.id === id).length;
  world.answer = (notice) => {
    if (notice.kind === 'tariff' && broken.includes(notice.tariff.id)) throw new Error('no words for it');
    return { kind: 'acknowledged' };
  };
  const put = (id: string) =>
    world.core.operator.putTariff({
      country_code: 'DE',
      party_id: 'RBG',
      id,
      currency: 'EUR',
      elements: [{ price_components: [{ type: 'ENERGY', price: 0.3, step_size: 1 }] }],
      tax_included: 'N/A',
      last_updated: new Date(clock.now()).toISOString(),
    });
  for (const id of broken) await put(id);
  for (let turn = 1; turn <= 8; turn += 1) {
    await until(() => broken.every((id) => toldOf(id) >= turn));
    await put(`WELL-${turn}`);
    await until(() => toldOf(`WELL-${turn}`) === 1);
    expect((await lane()).state).not.toBe('paused');
    await world.core.idle();
    clock.jump(15 * 60_000);
  }
  await nothingToTell();
  expect(broken.map(toldOf)).toEqual([8, 8, 8, 8]);
  const { items } = await world.core.operator.attention({ limit: 50 });
  expect(
    items.filter(({ kind, resolvedAt }) => kind === 'delivery-parked' && resolvedAt === undefined),
  ).toHaveLength(4);
  for (const { id } of items) await world.core.operator.resolveAttention(id);
});

test('what was refused is told again by a comparison, and is not for a person any more (R25)', async () => {
  const { operator } = world.core;
  world.answer = ({ kind }) =>
    kind === 'cdr' ? { kind: 'refused', httpStatus: 400, detail: 'HTTP 400' } : { kind: 'acknowledged' };
  const news: unknown[] = [];
  operator.subscribe({ topics: ['attention'] }, ({ data }) => news.push(data));
  const { ocppTransactionId } = await start(world.core);
  await stop(world.core, ocppTransactionId);
  const parked = async () =>
    (await operator.attention({ limit: 50 })).items.filter(
      ({ kind, resolvedAt }) => kind === 'delivery-parked' && resolvedAt === undefined,
    );
  await until(async () => (await parked()).length === 1);
  const told = () => world.told.filter(({ kind }) => kind === 'cdr').length;
  expect(told()).toBe(1);

  const refusedAgain = await operator.resyncPartner(partnerId, 'cdrs');
  expect(refusedAgain).toMatchObject({ state: 'done', repaired: 1, findings: [{ problem: 'missing' }] });
  await until(async () => told() === 2 && (await parked()).length === 1);

  world.answer = () => ({ kind: 'acknowledged' });
  await operator.resyncPartner(partnerId, 'cdrs');
  await until(() => told() === 3);
  await nothingToTell();
  expect(await parked()).toEqual([]);
  const entry = expect.objectContaining({ kind: 'delivery-parked' });
  expect(news).toEqual([entry, { id: expect.any(String) }, entry, { id: expect.any(String) }]);
  expect(await operator.resyncPartner(partnerId, 'cdrs')).toMatchObject({ repaired: 0, unverifiable: 1 });
});

test('who ends the connection hears nothing more: what is on its way is waited for, what is not stays here (CR-23)', async () => {
  const held: (() => void)[] = [];
  world.answer = () =>
    new Promise((resolve) => {
      held.push(() => resolve({ kind: 'acknowledged' }));
    });
  for (let number = 1; number <= TARIFFS; number += 1) {
    await world.core.operator.putTariff({
      country_code: 'DE',
      party_id: 'RBG',
      id: `END-${number}`,
      currency: 'EUR',
      elements: [{ price_components: [{ type: 'ENERGY', price: 0.3, step_size: 1 }] }],
      tax_included: 'N/A',
      last_updated: new Date(clock.now()).toISOString(),
    });
  }
  await until(() => held.length > 1);
  let isOver = false;
  const ending = world.core.partner.unregister(partnerId).then(() => {
    isOver = true;
  });
  await until(async () => (await world.core.operator.partner(partnerId))?.status === 'unregistered');
  expect(isOver).toBe(false);
  const before = world.told.length;
  for (const answer of held) answer();
  await ending;
  await world.core.idle();
  expect([world.told.length, held.length < TARIFFS]).toEqual([before, true]);
});
