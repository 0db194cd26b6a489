import { expect, test } from '@jest/globals';
import type { Token } from '@roambridge/domain';
import type { TokenPage } from '../src/index.js';
import { startCore, until } from './support/running-core.js';

const INTERVAL_MS = 12 * 3_600_000;

const token = (uid: string, more: Partial<Token> = {}): Token => ({
  country_code: 'NL',
  party_id: 'MSP',
  uid,
  type: 'RFID',
  contract_id: `NL-${uid}`,
  issuer: 'eMSP',
  valid: true,
  whitelist: 'ALLOWED',
  last_updated: '2026-01-01T00:00:00Z',
  ...more,
});

test('lists of tokens are read page by page; what is no longer listed is invalid (TO-06, TO-07, S11)', async () => {
  const timers: { delayMs: number; task: () => void }[] = [];
  const world = await startCore(undefined, {
    settings: { tokenPullIntervalMs: INTERVAL_MS },
    clock: {
      now: () => Date.now(),
      after(delayMs, task) {
        timers.push({ delayMs, task });
        const timer = delayMs < 1_000 ? setTimeout(task, delayMs).unref() : undefined;
        return () => clearTimeout(timer);
      },
    },
  });
  const { operator } = world.core;
  await operator.putToken(token('GONE'));
  await operator.putToken(token('KEPT'));
  const pages: Record<string, TokenPage> = {
    first: {
      kind: 'page',
      tokens: [token('kept'), token('FOREIGN', { party_id: 'XXX' })],
      unreadable: 0,
      next: 'second',
    },
    second: { kind: 'page', tokens: [token('NEW'), token('CARD')], unreadable: 0 },
  };
  world.tokenPage = (next) => pages[next ?? 'first']!;
  const read = (uid: string) => operator.token({ country_code: 'NL', party_id: 'MSP', uid });
  // OF-02: the interval differs by a tenth at most.
  const compare = timers.find(({ delayMs }) => delayMs >= INTERVAL_MS && delayMs <= INTERVAL_MS * 1.1)!;
  compare.task();
  await until(async () => (await read('GONE'))?.valid === false);
  expect(await read('NEW')).toMatchObject({ valid: true });
  expect(await read('KEPT')).toMatchObject({ valid: true });
  expect(await operator.token({ country_code: 'NL', party_id: 'XXX', uid: 'FOREIGN' })).toBeUndefined();

  // A list with something unreadable in it, or one that breaks off, says nothing about what is missing.
  pages.second = { kind: 'page', tokens: [], unreadable: 1 };
  compare.task();
  await world.core.idle();
  expect(await read('NEW')).toMatchObject({ valid: true });
  await world.stop();
});

test('a list that leads in circles, never ends or changes while it is read concludes nothing (R24, TO-07)', async () => {
  const world = await startCore();
  const { operator } = world.core;
  await operator.putToken(token('KEPT'));
  const [partner] = await operator.partners();
  const resync = () => operator.resyncPartner(partner!.id, 'tokens');
  const isKept = async () =>
    (await operator.token({ country_code: 'NL', party_id: 'MSP', uid: 'KEPT' }))?.valid;
  let asked = 0;
  const page = (more: Partial<Extract<TokenPage, { kind: 'page' }>>): TokenPage => {
    asked += 1;
    return { kind: 'page', tokens: [], unreadable: 0, ...more };
  };

  world.tokenPage = (next) => page({ tokens: [token('CARD')], next: next === 'a' ? 'b' : 'a' });
  expect(await resync()).toMatchObject({ state: 'stopped', detail: expect.stringContaining('twice') });
  expect(asked).toBe(3);

  asked = 0;
  world.tokenPage = () => page({ tokens: [token('CARD')], next: `page-${asked}` });
  expect(await resync()).toMatchObject({ state: 'stopped', detail: expect.stringContaining('nothing new') });
  expect(asked).toBeLessThan(50);

  // One was deleted while the list was read: the page after it began with another one.
  world.tokenPage = (next) =>
    next === undefined
      ? page({ tokens: [token('CARD')], total: 3, next: 'second' })
      : page({ tokens: [token('NEW')], total: 2 });
  expect(await resync()).toMatchObject({ state: 'done' });
  world.tokenPage = () => page({ tokens: [token('CARD')], total: 1_000_000 });
  expect(await resync()).toMatchObject({ state: 'done' });
  expect(await isKept()).toBe(true);

  world.tokenPage = () => page({ tokens: [token('CARD'), token('NEW')], total: 2 });
  expect(await resync()).toMatchObject({ state: 'done' });
  expect(await isKept()).toBe(false);
  await world.stop();
});

test('a list that is still being read is not asked for again (R10)', async () => {
  const world = await startCore(undefined, { settings: { tokenPullIntervalMs: 20 } });
  let asked = 0;
  let answer = (_page: TokenPage): void => {};
  world.tokenPage = () => {
    asked += 1;
    return new Promise<TokenPage>((resolve) => {
      answer = resolve;
    });
  };
  await until(() => asked === 1);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(asked).toBe(1);
  answer({ kind: 'page', tokens: [], unreadable: 1 });
  await until(() => asked === 2);
  answer({ kind: 'page', tokens: [], unreadable: 1 });
  world.tokenPage = () => ({ kind: 'not-applicable', detail: 'no list' });
  await world.stop();
});
