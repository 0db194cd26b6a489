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
  const compare = timers.find(({ delayMs }) => delayMs === INTERVAL_MS)!;
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
