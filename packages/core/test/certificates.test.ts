import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { ManualClock } from '../../../apps/gateway/test/support/manual-clock.js';
import type { CallOutcome, StationRequest } from '../src/index.js';
import { connection, frame, type RunningCore, startCore } from './support/running-core.js';

const MINUTE_MS = 60_000;
const clock = new ManualClock(Date.UTC(2026, 2, 1, 10));
let running: RunningCore;
let sent: StationRequest[] = [];
let answers: CallOutcome[] = [];
let signs = true;

beforeAll(async () => {
  running = await startCore(undefined, {
    clock,
    station: {
      call: async (_station, request) => {
        sent.push(request);
        return answers.shift() ?? { kind: 'timeout', messageId: 'm' };
      },
    },
    authority: {
      check: async (csr) => (csr === 'good' ? { kind: 'accepted' } : { kind: 'refused', reason: 'no' }),
      sign: async () => {
        if (!signs) throw new Error('the authority is away');
        return { chain: 'CHAIN' };
      },
    },
  });
  await running.core.charger.connected({ ...connection(1), at: clock.now() });
});

afterAll(() => running?.stop());

beforeEach(() => {
  sent = [];
  signs = true;
});

const settle = () => running.core.idle();
const answer = (status: string): CallOutcome => ({ kind: 'result', messageId: 'm', payload: { status } });

async function request(csr: string): Promise<boolean> {
  const message = { ...frame('SignCertificate'), at: clock.now() };
  const decision = await running.core.charger.requestCertificate(
    'CS-1',
    { csr, certificateType: 'V2GCertificate', requestId: 9 },
    message,
  );
  if (!decision.accepted) return false;
  expect(sent).toEqual([]);
  decision.proceed();
  await settle();
  return true;
}

const newestJob = async () => (await running.core.operator.jobs({ limit: 1 })).items[0];

test('the certificate follows after the answer, with what the request said of itself (B-012)', async () => {
  answers = [answer('Accepted')];
  expect(await request('good')).toBe(true);
  expect(sent).toEqual([
    { kind: 'certificate-signed', chain: 'CHAIN', certificateType: 'V2GCertificate', requestId: 9 },
  ]);
  expect(await newestJob()).toMatchObject({ kind: 'certificate', state: 'done', status: 'Installed' });
});

test('one that the charger does not take is sent three times, a minute apart; then a person is told (B-012)', async () => {
  answers = [answer('Rejected'), { kind: 'timeout', messageId: 'm' }, answer('Rejected')];
  await request('good');
  for (const times of [1, 2, 3, 3]) {
    expect(sent).toHaveLength(times);
    await clock.moveTo(clock.now() + MINUTE_MS, settle);
  }
  const job = await newestJob();
  expect(job?.history.map(({ status }) => status)).toEqual([
    'Requested',
    'Signed',
    'Rejected',
    'timeout',
    'Rejected',
  ]);
  expect(job?.state).toBe('failed');
  const { items } = await running.core.operator.attention({ limit: 10 });
  expect(items.map(({ kind }) => kind)).toContain('certificate-not-installed');
});

test('what is refused, and what cannot be signed, sends nothing (B-012)', async () => {
  expect(await request('bad')).toBe(false);
  signs = false;
  expect(await request('good')).toBe(true);
  expect(sent).toEqual([]);
  expect(await newestJob()).toMatchObject({ state: 'failed', status: 'SigningFailed' });
});
