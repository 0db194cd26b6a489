import { describe, expect, test } from '@jest/globals';
import { createGroupCommit } from '../src/commit.js';
import { valuesOf } from '../src/encoding/parameters.js';
import { CommitUnknown, DatabaseUnavailable, Overloaded } from '../src/index.js';
import { silentLog } from './support/databases.js';
import { onEveryDatabase } from './support/on-every-database.js';
import {
  attention,
  frame,
  session,
  station,
  T0,
  time,
  transaction,
  transactionEvent,
} from './support/samples.js';

const all = { limit: 100 };

onEveryDatabase((opened) => {
  test('a write set is stored whole, or nothing of it', async () => {
    const { store } = opened;
    const writes = {
      stationId: 'whole',
      frames: [frame('whole')],
      transactions: [transaction('whole-1', 'whole')],
      transactionEvents: [transactionEvent('whole-1', 'whole', 0)],
    };
    await store.commit(writes);
    await expect(
      store.commit({ ...writes, transactions: [transaction('whole-2', 'whole')] }),
    ).rejects.toMatchObject({ code: '23505' });
    expect(await store.transactions.get('whole-2')).toBeUndefined();
    expect((await store.frames.page({ ...all, stationId: 'whole' })).items).toHaveLength(1);
    expect(await store.transactions.events('whole-1')).toEqual([transactionEvent('whole-1', 'whole', 0)]);
  });

  test('the facts of 100 stations are written with as many statements as those of one', async () => {
    const { store } = opened;
    const before = store.statistics();
    const writes = (id: string) => ({
      stationId: id,
      frames: [frame(id), frame(id, { direction: 'out' as const })],
      transactionEvents: [transactionEvent(`tx-${id}`, id, 0)],
      sessions: [session(`s-${id}`, id, 'P1')],
    });
    await store.commit(writes('one'));
    const afterOne = store.statistics();
    expect(afterOne.statements - before.statements).toBe(1);
    await Promise.all(Array.from({ length: 100 }, (_, i) => store.commit(writes(`many-${i}`))));
    const afterMany = store.statistics();
    expect(afterMany.statements - afterOne.statements).toBe(1);
    expect(afterMany.commits - afterOne.commits).toBe(1);
    expect(afterMany.writeSets - afterOne.writeSets).toBe(100);
  });

  test('a bad fact hurts only the write sets of its own station', async () => {
    const { store } = opened;
    await store.commit({ stationId: 'bad', transactionEvents: [transactionEvent('bad-1', 'bad', 0)] });
    const before = store.statistics().retries;
    const results = await Promise.allSettled([
      store.commit({ stationId: 'good-a', frames: [frame('good-a')] }),
      store.commit({ stationId: 'bad', frames: [frame('bad')] }),
      store.commit({ stationId: 'bad', transactionEvents: [transactionEvent('bad-1', 'bad', 0)] }),
      store.commit({ stationId: 'good-b', transactionEvents: [transactionEvent('good-1', 'good-b', 0)] }),
    ]);
    expect(results.map((result) => result.status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
    ]);
    expect(store.statistics().retries - before).toBe(3);
    expect((await store.frames.page({ ...all, stationId: 'bad' })).items).toEqual([]);
    expect((await store.frames.page({ ...all, stationId: 'good-a' })).items).toHaveLength(1);
    expect(await store.transactions.events('good-1')).toHaveLength(1);
  });

  test('a value that fits no column is refused by name, and the other stations are stored', async () => {
    const { store } = opened;
    const results = await Promise.allSettled([
      store.commit({ stationId: 'nan', frames: [frame('nan', { at: Number.NaN })] }),
      store.commit({ stationId: 'fine', frames: [frame('fine')] }),
    ]);
    expect(results[0]).toMatchObject({
      status: 'rejected',
      reason: { code: 'VALUE_INVALID', message: 'frames.at: number NaN is not a whole number' },
    });
    expect(results[1]).toMatchObject({ status: 'fulfilled' });
  });

  test('the last of several writes of one object in one group stays', async () => {
    const { store } = opened;
    const id = 'order';
    await Promise.all(
      [10, 20, 30].map((energyWh, ordinal) =>
        store.commit({
          stationId: id,
          transactions: [transaction(id, id, { energyWh })],
          transactionEvents: [transactionEvent(id, id, ordinal)],
          sessions: [session(id, id, 'P1', { kwh: String(energyWh / 1000), last_updated: time(ordinal) })],
          stationState: { connectors: [], remoteStartId: ordinal },
        }),
      ),
    );
    expect((await store.transactions.get(id))?.energyWh).toBe(30);
    expect((await store.sessions.get(id))?.session.kwh).toBe('0.03');
    expect((await store.transactions.events(id)).map((event) => event.ordinal)).toEqual([0, 1, 2]);
    await store.stations.put(station(id));
    expect((await store.stations.snapshots([id]))[0]?.state.remoteStartId).toBe(2);
  });

  test('the snapshot of a session is written once (D3-002)', async () => {
    const { store } = opened;
    const first = session('once', 'once', 'P1');
    const later = session('once', 'once', 'P1', { kwh: '1' });
    later.snapshot = { ...later.snapshot, tariffs: [] };
    await Promise.all([
      store.commit({ stationId: 'once', sessions: [first] }),
      store.commit({ stationId: 'once', sessions: [later] }),
    ]);
    await store.commit({
      stationId: 'once',
      sessions: [{ ...later, session: { ...later.session, kwh: '2' } }],
    });
    const stored = await store.sessions.get('once');
    expect(stored?.session.kwh).toBe('2');
    expect(stored?.snapshot).toEqual(first.snapshot);
  });

  test('a group that is larger than any before it is stored whole', async () => {
    const { store } = opened;
    const texts = ['é'.repeat(100_000), 'x'.repeat(300_000), '', '€'.repeat(48), 'short'];
    await store.commit({ stationId: 'large', frames: texts.map((raw) => frame('large', { raw })) });
    const { items } = await store.frames.page({ ...all, stationId: 'large' });
    expect(items.map(({ raw }) => raw).reverse()).toEqual(texts);
  });

  test('NUL, lone surrogates and every other character come back as they were (S7)', async () => {
    const { store } = opened;
    const raw = 'a\u0000b\ud800c\udc00\ud83d\ude00\u001a0000\u001a\\"{},NULL\u0001\uffff é';
    const id = 'poison\u0000\ud800';
    await store.commit({
      stationId: id,
      frames: [frame(id, { raw, messageId: raw, action: raw, anomalies: [raw], correlationId: raw })],
      transactions: [transaction(id, id, { ocppTransactionId: raw, naturalKey: raw, stopReason: raw })],
      attention: [attention(id, { message: raw })],
      dirty: [{ partnerId: id, kind: 'session', key: raw, dueAt: T0 }],
    });
    const { items } = await store.frames.page({ ...all, stationId: id, actions: [raw] });
    expect(items[0]).toMatchObject({
      stationId: id,
      raw,
      messageId: raw,
      anomalies: [raw],
      correlationId: raw,
    });
    expect(await store.transactions.findByNaturalKey(id, raw)).toMatchObject({ id, stopReason: raw });
    expect(await store.transactions.findByOcppId(id, raw)).toMatchObject({ id });
    expect(await store.deliveries.get(id, 'session', raw)).toMatchObject({ key: raw });
    expect((await store.attention.page(all)).items).toContainEqual(attention(id, { message: raw }));
    await store.settings.put(raw, raw);
    expect(await store.settings.get(raw)).toBe(raw);
  });

  test('frames of one turn keep their order, and all their members', async () => {
    const { store } = opened;
    const written = Array.from({ length: 50 }, (_, i) =>
      frame('sequence', {
        raw: `${i}`,
        at: T0 + i,
        latencyMs: i % 2 ? null : i + 0.5,
        messageType: i % 3 ? 3 : null,
      }),
    );
    await Promise.all(written.map((one) => store.commit({ stationId: 'sequence', frames: [one] })));
    const { items } = await store.frames.page({ limit: 50, stationId: 'sequence' });
    expect(items.reverse().map(({ id: _, ...rest }) => rest)).toEqual(written);
  });

  test('an empty write set resolves without a database transaction', async () => {
    const { store } = opened;
    const before = store.statistics().commits;
    await store.commit({ stationId: 'empty', frames: [] });
    expect(store.statistics().commits).toBe(before);
  });

  test('a closed store refuses, after storing what came before', async () => {
    const { database, store } = opened;
    await store.close();
    const again = await database.open();
    const last = again.commit({ stationId: 'closing', frames: [frame('closing')] });
    const closed = again.close();
    await expect(again.commit({ stationId: 'closing' })).rejects.toMatchObject({ code: 'STORE_CLOSED' });
    await Promise.all([last, closed]);
    opened.store = await database.open({ now: () => opened.clock.now });
    expect((await opened.store.frames.page({ ...all, stationId: 'closing' })).items).toHaveLength(1);
  });
});

describe('the queue of a group commit', () => {
  const now = () => T0;
  const writes = (stationId: string) => ({ stationId, frames: [frame(stationId)] });

  test('refuses at once what exceeds its bound, and stores what was taken', async () => {
    const commits = createGroupCommit({
      execute: async () => undefined,
      now,
      log: silentLog,
      settings: { maxWaiting: 2 },
    });
    const taken = [commits.commit(writes('a')), commits.commit(writes('b'))];
    await expect(commits.commit(writes('c'))).rejects.toBeInstanceOf(Overloaded);
    await Promise.all(taken);
    await commits.commit(writes('d'));
  });

  test('splits what is waiting into groups of the largest size, in order', async () => {
    const sizes: number[] = [];
    const commits = createGroupCommit({
      execute: async () => undefined,
      now,
      log: silentLog,
      settings: { maxGroup: 4 },
      committed: (size) => sizes.push(size),
    });
    await Promise.all(Array.from({ length: 10 }, (_, i) => commits.commit(writes(`${i}`))));
    expect(sizes).toEqual([4, 4, 2]);
  });

  test('the next group is handed over while one is under way, but never with a station of that one', async () => {
    const underWay: (() => void)[] = [];
    const stations: string[][] = [];
    const commits = createGroupCommit({
      execute: (statement) => {
        const values = valuesOf(statement);
        stations.push(names.filter((name) => values.some((value) => value.includes(name))));
        return new Promise((resolve) => underWay.push(resolve));
      },
      now,
      log: silentLog,
      settings: { maxUnderWay: 2 },
    });
    const names = ['CP-A', 'CP-B', 'CP-C', 'CP-D'];
    const turn = () => new Promise((resolve) => setTimeout(resolve, 5));
    const stored: string[] = [];
    const commit = (name: string, label: string) =>
      commits.commit(writes(name)).then(() => void stored.push(label));
    const all = [commit('CP-A', 'a1'), commit('CP-B', 'b1')];
    await turn();
    all.push(commit('CP-A', 'a2'), commit('CP-C', 'c1'));
    await turn();
    expect(stations).toEqual([['CP-A', 'CP-B'], ['CP-C']]);
    all.push(commit('CP-D', 'd1'));
    await turn();
    expect(stations).toHaveLength(2);
    underWay[1]?.();
    await turn();
    expect(stations[2]).toEqual(['CP-D']);
    underWay[0]?.();
    await turn();
    expect(stations[3]).toEqual(['CP-A']);
    for (const done of underWay) done();
    await Promise.all(all);
    await commits.idle();
    expect(stored).toEqual(['c1', 'a1', 'b1', 'd1', 'a2']);
  });

  test.each([
    ['a lost connection', new DatabaseUnavailable(new Error('refused'))],
    ['an unknown outcome', new CommitUnknown(new Error('reset'))],
  ])('%s rejects the whole group without another try, and the next group is written', async (_, failure) => {
    let calls = 0;
    const commits = createGroupCommit({
      execute: async () => {
        calls += 1;
        if (calls === 1) throw failure;
      },
      now,
      log: silentLog,
    });
    const results = await Promise.allSettled([commits.commit(writes('a')), commits.commit(writes('b'))]);
    expect(results.map((one) => one.status === 'rejected' && one.reason)).toEqual([failure, failure]);
    expect(calls).toBe(1);
    await commits.commit(writes('a'));
    await commits.idle();
    expect(calls).toBe(2);
  });

  test('after a deadlock the group is written again, though the memory of its statement was handed over', async () => {
    const deadlock = Object.assign(new Error('deadlock detected'), { severity: 'ERROR', code: '40P01' });
    const sent: Buffer[] = [];
    const commits = createGroupCommit({
      execute: async ({ bytes, sizes }) => {
        const taken = structuredClone(bytes, { transfer: [bytes.buffer] });
        sent.push(Buffer.concat(valuesOf({ bytes: taken, sizes })));
        if (sent.length === 1) throw deadlock;
      },
      now,
      log: silentLog,
    });
    await Promise.all([commits.commit(writes('a')), commits.commit(writes('b'))]);
    expect(sent).toHaveLength(2);
    expect(sent[1]).toEqual(sent[0]);
    expect(sent[1]?.length).toBeGreaterThan(0);
  });

  test('a listener that fails does not fail the commit', async () => {
    let calls = 0;
    const commits = createGroupCommit({
      execute: async () => {
        calls += 1;
      },
      now,
      log: silentLog,
      committed: () => {
        throw new Error('listener');
      },
    });
    await Promise.all([commits.commit(writes('a')), commits.commit(writes('b'))]);
    expect(calls).toBe(1);
  });
});
