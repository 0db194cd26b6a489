import { expect, test } from '@jest/globals';
import type { Partner, RawExchange } from '../src/index.js';
import { createExchangeJournal } from '../src/partners/exchange-journal.js';
import { redacted, shortened } from '../src/partners/redact-exchange.js';

const partner: Partner = {
  id: 'P1',
  name: 'MSP',
  status: 'registered',
  roles: [],
  endpoints: [],
  inboundToken: 'our-secret-for-them',
  outboundToken: 'their-secret-for-us',
  createdAt: 0,
};
const raw: RawExchange = {
  at: 1,
  direction: 'out',
  method: 'POST',
  url: 'https://emsp.example/x',
  httpStatus: 200,
  latencyMs: 3,
  requestId: null,
  correlationId: null,
  requestBody: null,
  responseBody: '{"status_code":1000}',
  error: null,
};
const kept = (changes: Partial<RawExchange>) => redacted(partner, shortened({ ...raw, ...changes }));

test('no credentials token is kept, in no form and in no place (S20)', () => {
  const encoded = Buffer.from('their-secret-for-us').toString('base64');
  const text = JSON.stringify(
    kept({
      url: 'https://emsp.example/their-secret-for-us?response_token=abc&limit=5',
      requestBody: '{"token": "new \\"secret\\"", "roles": []}',
      responseBody: `{"status_code":1000,"data":{"token":"another","echo":"${encoded}"}}`,
      error: 'refused our-secret-for-them',
    }),
  );
  for (const secret of ['secret-for', 'abc', 'new', 'another', encoded]) expect(text).not.toContain(secret);
  expect(text).toContain('limit=5');
});

test('a command keeps the token object that it is about', () => {
  const requestBody = '{"token":{"uid":"04AA"}}';
  expect(kept({ requestBody }).requestBody).toBe(requestBody);
});

test('long bodies are shortened, those of failures less, and the status code is found all the same', () => {
  const long = 'x'.repeat(100_000);
  const good = kept({ requestBody: long, responseBody: `{"data":"${long}","status_code":1000}` });
  expect(good).toMatchObject({ statusCode: 1000 });
  expect(good.requestBody).toHaveLength(2_049);
  const bad = kept({ requestBody: long, responseBody: '{"status_code": 2001}' });
  expect(bad).toMatchObject({ statusCode: 2001 });
  expect(bad.requestBody).toHaveLength(8_193);
  expect(kept({ httpStatus: null, responseBody: null }).statusCode).toBeNull();
});

test('exchanges are written many at a time; what the database cannot take is lost and counted (R23)', async () => {
  const batches: number[] = [];
  let failing = false;
  let due: (() => void) | undefined;
  const journal = createExchangeJournal({
    store: {
      exchanges: {
        append: async (records) => {
          if (failing) throw new Error('no database');
          batches.push(records.length);
        },
        page: async () => ({ items: [] }),
        correlated: async () => [],
        lastSuccess: async () => ({}),
        prune: async () => 0,
      },
    },
    clock: {
      now: () => 0,
      after: (_delay, task) => {
        due = task;
        return () => undefined;
      },
    },
    log: { debug() {}, info() {}, warn() {}, error() {} },
  });
  for (let i = 0; i < 5_000; i += 1) journal.note(partner, raw);
  expect(journal.dropped()).toBe(1_000);
  due?.();
  await journal.flush();
  expect(batches).toEqual([1_000, 1_000, 1_000, 1_000]);
  failing = true;
  journal.note(partner, raw);
  await journal.flush();
  expect(journal.dropped()).toBe(1_001);
  failing = false;
  journal.note(partner, raw);
  await journal.flush();
  expect(batches).toHaveLength(5);
});
