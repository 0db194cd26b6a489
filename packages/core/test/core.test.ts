import { expect, test } from '@jest/globals';
import type { Store, WriteSet } from '../src/index.js';
import { connection, frame, start, startCore, stop, until } from './support/running-core.js';

test('a charger is answered after the commit, not before (C1)', async () => {
  let open = (): void => {};
  let gate = Promise.resolve();
  const running = await startCore(
    (store): Store => ({
      ...store,
      async commit(writes: WriteSet) {
        await gate;
        return store.commit(writes);
      },
    }),
  );
  gate = new Promise((resolve) => {
    open = resolve;
  });
  let answered = false;
  const answer = start(running.core).then((given) => {
    answered = true;
    return given;
  });
  await new Promise((tick) => setTimeout(tick, 100));
  expect(answered).toBe(false);
  open();
  const { ocppTransactionId } = await answer;
  expect(await running.store.transactions.findByOcppId('CS-1', ocppTransactionId)).toMatchObject({
    open: true,
  });
  await running.stop();
});

test('what a failed commit was about is not remembered, and told again it is recorded once (C10)', async () => {
  let fail = false;
  let stored = false;
  const running = await startCore(
    (store): Store => ({
      ...store,
      async commit(writes: WriteSet) {
        if (!fail) return store.commit(writes);
        fail = false;
        // The commit is made, but its answer is lost.
        if (stored) await store.commit(writes);
        throw new Error('connection lost');
      },
    }),
  );
  const at = Date.now() - 600_000;
  fail = true;
  await expect(start(running.core, at)).rejects.toThrow('connection lost');
  const first = await start(running.core, at);
  fail = true;
  stored = true;
  await expect(stop(running.core, first.ocppTransactionId)).rejects.toThrow('connection lost');
  await stop(running.core, first.ocppTransactionId);
  await until(() => running.told.some(({ kind }) => kind === 'cdr'));
  const { items } = await running.core.operator.cdrs({ limit: 10 });
  expect(items.map(({ cdr }) => cdr.total_energy)).toEqual(['2']);
  await running.stop();
});

test('the close of a replaced connection concerns nobody: the station stays connected (A-053)', async () => {
  const running = await startCore();
  await running.core.charger.connected(connection(2));
  running.core.charger.disconnected('CS-1', 1, 'replaced');
  await running.core.charger.journal(frame('DataTransfer'));
  await running.core.idle();
  expect(await running.core.operator.station('CS-1')).toMatchObject({ connected: true });
  running.core.charger.disconnected('CS-1', 2, 'gone');
  await running.core.idle();
  expect(await running.core.operator.station('CS-1')).toMatchObject({ connected: false });
  await running.stop();
});

test('a partner hears that the session is over before it gets the bill (D2-083)', async () => {
  const running = await startCore();
  let refusals = 2;
  running.answer = (notice) => {
    if (notice.kind !== 'session' || notice.session.status !== 'COMPLETED' || refusals === 0) {
      return { kind: 'acknowledged' };
    }
    refusals -= 1;
    return { kind: 'unreachable', detail: 'HTTP 503' };
  };
  const { ocppTransactionId } = await start(running.core);
  await stop(running.core, ocppTransactionId);
  await until(() => running.told.some(({ kind }) => kind === 'cdr'));
  const ends = running.told.filter(
    (notice) => notice.kind === 'cdr' || (notice.kind === 'session' && notice.session.status === 'COMPLETED'),
  );
  expect(ends.map(({ kind }) => kind)).toEqual(['session', 'session', 'session', 'cdr']);
  await running.stop();
});

test('what was to be done later does not outlive the core: its database is closed', async () => {
  const late: unknown[] = [];
  let closed = false;
  const complain = (...what: unknown[]) => late.push(what);
  const running = await startCore(
    (store): Store => ({
      ...store,
      async commit(writes: WriteSet) {
        if (closed) late.push(writes);
        return store.commit(writes);
      },
      close() {
        closed = true;
        return store.close();
      },
    }),
    {
      settings: { offlineGraceMs: 50, offlineInoperativeAfterMs: 80 },
      log: { debug() {}, info() {}, warn: complain, error: complain },
    },
  );
  running.core.charger.disconnected('CS-1', 1, 'gone');
  await running.stop();
  await new Promise((tick) => setTimeout(tick, 100));
  expect(late).toEqual([]);
});
