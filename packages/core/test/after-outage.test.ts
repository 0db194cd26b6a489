import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type RunningCore, startCore, until } from './support/running-core.js';

const INTERVAL_MS = 12 * 3_600_000;

/** The interval differs by a tenth at most (OF-02). */
const isInterval = ({ delayMs }: { delayMs: number }) =>
  delayMs >= INTERVAL_MS && delayMs <= INTERVAL_MS * 1.1;
const isSoon = ({ delayMs }: { delayMs: number }) => delayMs >= 30_000 && delayMs <= 33_000;

const timers: { delayMs: number; task: () => void }[] = [];
let world: RunningCore;
beforeAll(async () => {
  world = await startCore(undefined, {
    settings: { tokenPullIntervalMs: INTERVAL_MS },
    clock: {
      now: () => Date.now(),
      after(delayMs, task) {
        timers.push({ delayMs, task });
        const timer = delayMs < 5_000 ? setTimeout(task, delayMs).unref() : undefined;
        return () => clearTimeout(timer);
      },
    },
  });
});
afterAll(() => world.stop());
beforeEach(() => {
  world.tokenPage = () => ({ kind: 'not-applicable', detail: 'no list' });
});

const told = (kind: string) => world.told.filter((notice) => notice.kind === kind).length;

test('a partner that goes to another version is told everything in it (CR-22)', async () => {
  await until(async () => told('location') > 0 && told('tariff') > 0);
  await world.core.idle();
  const [partner] = await world.core.operator.partners();
  const registration = {
    versionsUrl: 'http://localhost/versions',
    outboundToken: 'their-token',
    tokenEncoding: 'base64' as const,
    roles: partner!.roles,
    endpoints: [],
  };
  world.told.length = 0;
  await world.core.partner.updateRegistration(partner!.id, { ...registration, version: '2.2.1' });
  await world.core.idle();
  expect(told('tariff')).toBe(0);
  await world.core.partner.updateRegistration(partner!.id, { ...registration, version: '2.3.0' });
  await until(async () => told('location') > 0 && told('tariff') > 0);
});

test('lists are read again after an outage, ours or the partner’s (OF-02, OF-04)', async () => {
  await world.core.idle();
  timers.length = 0;
  let read = 0;
  world.tokenPage = () => {
    read += 1;
    return { kind: 'page', tokens: [], unreadable: 0 };
  };
  // The partner does not answer for a while: what it pushed meanwhile was lost.
  world.answer = () => ({ kind: 'unreachable', detail: 'down' });
  const before = world.told.length;
  const elements = [{ price_components: [{ type: 'ENERGY' as const, price: 0.3, step_size: 1 }] }];
  for (const id of ['T2', 'T3', 'T4']) {
    const tariff = { country_code: 'DE', party_id: 'RBG', id, currency: 'EUR', elements };
    await world.core.operator.putTariff({
      ...tariff,
      tax_included: 'N/A',
      last_updated: '2026-01-01T00:00:00Z',
    });
  }
  await until(async () => world.told.length >= before + 3);
  world.answer = () => ({ kind: 'acknowledged' });
  await until(async () => timers.some(isSoon));
  for (const { task } of timers.filter(isSoon)) task();
  await world.core.idle();
  expect(read).toBe(1);

  timers.length = 0;
  await world.restart();
  expect(timers.filter(isInterval)).toHaveLength(1);
  for (const { task } of timers.filter(isSoon)) task();
  await world.core.idle();
  expect(read).toBe(2);
});
