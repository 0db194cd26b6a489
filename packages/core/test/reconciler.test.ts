import { expect, test } from '@jest/globals';
import { type RunningCore, start, startCore, stop, until } from './support/running-core.js';

const findings = async ({ core }: RunningCore) =>
  (await core.operator.attention({ limit: 50 })).items.filter(({ kind }) => kind.startsWith('ledger:'));

test('what the books say is compared round by round, and what disagrees is shown (D3-050)', async () => {
  const running = await startCore(undefined, { settings: { reconcileIntervalMs: 40 } });
  const { core, store } = running;
  const position = async () => JSON.parse((await store.settings.get('reconciliation')) ?? '{"seq":0}').seq;
  const first = await start(core);
  await stop(core, first.ocppTransactionId);
  await until(async () => (await position()) > 0);
  const { ocppTransactionId } = await start(core, Date.now() - 60_000);
  const [open] = (await core.operator.transactions({ limit: 1 })).items;
  await new Promise((round) => setTimeout(round, 150));
  // A session that runs is no finding, and the books stay open for it.
  expect(await findings(running)).toEqual([]);
  const closed = await position();

  // As if the CDR of a session had been lost.
  const [session] = await store.sessions.ofTransaction(open?.id ?? '');
  if (!session) throw new Error('the session is not stored');
  const [{ seq } = { seq: 0 }] = await store.ledger.page({ after: closed, limit: 1 });
  expect(seq).toBe(closed + 1);
  await store.commit({
    stationId: 'CS-1',
    sessions: [{ ...session, session: { ...session.session, kwh: '2', status: 'COMPLETED' } }],
  });
  await until(async () => (await findings(running)).length > 0);
  expect(await findings(running)).toMatchObject([
    { kind: 'ledger:session-without-cdr', subject: session.session.id, stationId: 'CS-1' },
  ]);
  await stop(core, ocppTransactionId);
  await running.stop();
});
