import { expect, test } from '@jest/globals';
import type { DeliveryUpdate, DirtyMark } from '@roambridge/core';
import { onEveryDatabase } from './support/on-every-database.js';
import { T0 } from './support/samples.js';

const INTERVAL_MS = 60_000;

onEveryDatabase((opened) => {
  let partners = 0;

  /** A partner of its own with one object to be told. */
  function partner() {
    partners += 1;
    const partnerId = `P${partners}`;
    const object = { partnerId, kind: 'session' as const, key: 'S1' };
    return {
      partnerId,
      mark: (...marks: Partial<DirtyMark>[]) =>
        opened.store.deliveries.mark(marks.map((mark) => ({ ...object, dueAt: T0, ...mark }))),
      due: (now: number, limit = 10) => opened.store.deliveries.due(partnerId, now, limit),
      update: (update: Partial<DeliveryUpdate>) =>
        opened.store.deliveries.update([
          { ...object, version: 1, outcome: 'acknowledged', at: T0, ...update },
        ]),
      row: (key = 'S1') => opened.store.deliveries.get(partnerId, 'session', key),
      nextDueAt: () => opened.store.deliveries.nextDueAt(partnerId),
    };
  }

  test('a mark makes an object due, and every further one is a new version', async () => {
    const { mark, row } = partner();
    await mark({});
    expect(await row()).toMatchObject({
      state: 'pending',
      version: 1,
      toldVersion: 0,
      dueAt: T0,
      attempts: 0,
    });
    await mark({ dueAt: T0 + 5 }, { dueAt: T0 - 5 });
    expect(await row()).toMatchObject({ version: 3, dueAt: T0 - 5 });
  });

  test('of several objects, those are named that a partner still has to be told (D2-083)', async () => {
    const { partnerId, mark, due, update } = partner();
    await mark({ key: 'S1' }, { key: 'S2' });
    await due(T0);
    await update({ key: 'S1' });
    const pending = await opened.store.deliveries.pendingAmong(partnerId, 'session', ['S1', 'S2', 'S3']);
    expect(pending).toEqual(new Set(['S2']));
    expect(await opened.store.deliveries.pendingAmong(partnerId, 'session', [])).toEqual(new Set());
    expect(await opened.store.deliveries.backlog()).toContainEqual({ partnerId, kind: 'session', count: 1 });
  });

  test('a later mark never delays what is due already', async () => {
    const { mark, row } = partner();
    await mark({ dueAt: T0 });
    await mark({ dueAt: T0 + 1000 }, { dueAt: T0 + 2000, minIntervalMs: INTERVAL_MS });
    expect((await row())?.dueAt).toBe(T0);
  });

  test('progress waits for its interval after the last acknowledgement; an urgent mark does not (D2-081)', async () => {
    const { mark, due, update, row } = partner();
    await mark({});
    await due(T0, 1);
    await update({ at: T0 + 10, told: { kwh: '1' } });
    expect(await row()).toMatchObject({
      state: 'acknowledged',
      toldVersion: 1,
      acknowledgedAt: T0 + 10,
      told: { kwh: '1' },
    });
    await mark({ dueAt: T0 + 100, minIntervalMs: INTERVAL_MS });
    expect((await row())?.dueAt).toBe(T0 + 10 + INTERVAL_MS);
    await mark({ dueAt: T0 + 200 });
    expect((await row())?.dueAt).toBe(T0 + 200);
  });

  test('what is worked on is given out once, until its result is written', async () => {
    const { mark, due, update, nextDueAt } = partner();
    await mark({}, { key: 'S2', dueAt: T0 - 1 });
    const claims = await Promise.all([due(T0, 1), due(T0, 1), due(T0, 1)]);
    const keys = claims.flat().map((row) => row.key);
    expect(keys.sort()).toEqual(['S1', 'S2']);
    expect(await due(T0)).toEqual([]);
    expect(await nextDueAt()).toBeGreaterThan(T0);
    await update({ outcome: 'retry', nextAt: T0 + 50, error: 'HTTP 503' });
    expect(await nextDueAt()).toBe(T0 + 50);
    expect(await due(T0 + 49)).toEqual([]);
    expect(await due(T0 + 50)).toMatchObject([{ key: 'S1', attempts: 1, lastError: 'HTTP 503' }]);
  });

  test('the oldest are given out first', async () => {
    const { mark, due } = partner();
    await mark({ key: 'c', dueAt: T0 - 1 }, { key: 'a', dueAt: T0 - 3 }, { key: 'b', dueAt: T0 - 2 });
    expect((await due(T0, 2)).map((row) => row.key)).toEqual(['a', 'b']);
  });

  test('a mark made while a delivery is worked on keeps it pending, urgent or paced', async () => {
    const urgent = partner();
    await urgent.mark({});
    await urgent.due(T0);
    await urgent.mark({ dueAt: T0 + 250 });
    await urgent.update({ at: T0 + 400 });
    expect(await urgent.row()).toMatchObject({
      state: 'pending',
      version: 2,
      toldVersion: 1,
      dueAt: T0 + 250,
      attempts: 0,
    });

    const paced = partner();
    await paced.mark({});
    await paced.due(T0);
    await paced.mark({ dueAt: T0 + 250, minIntervalMs: INTERVAL_MS });
    await paced.update({ at: T0 + 400 });
    expect(await paced.row()).toMatchObject({ state: 'pending', dueAt: T0 + 400 + INTERVAL_MS });
  });

  test('marks and results of many objects at the same time lose no version', async () => {
    const { partnerId, due, row } = partner();
    const keys = Array.from({ length: 20 }, (_, i) => `K${i}`);
    const { deliveries } = opened.store;
    const markAll = (order: string[]) =>
      deliveries.mark(order.map((key) => ({ partnerId, kind: 'session', key, dueAt: T0 })));
    await markAll(keys);
    for (let round = 0; round < 5; round += 1) {
      const claimed = await due(T0 + round, 20);
      await Promise.all([
        deliveries.update(
          claimed.reverse().map(({ kind, key, version }) => ({
            partnerId,
            kind,
            key,
            version,
            outcome: 'acknowledged',
            at: T0,
          })),
        ),
        markAll(keys),
        markAll([...keys].reverse()),
      ]);
    }
    for (const key of keys) expect(await row(key)).toMatchObject({ state: 'pending', version: 11 });
  });

  test('a parked document stays parked until it is marked, and then starts anew', async () => {
    const { mark, due, update, row } = partner();
    await mark({});
    await due(T0);
    await update({ outcome: 'retry', nextAt: T0 + 1 });
    await due(T0 + 1);
    await update({ outcome: 'parked', error: 'OCPI 2001', at: T0 + 2 });
    expect(await row()).toMatchObject({ state: 'parked', attempts: 2, lastError: 'OCPI 2001' });
    expect(await due(T0 + 99)).toEqual([]);
    await mark({ dueAt: T0 + 3 });
    expect(await row()).toMatchObject({ state: 'pending', attempts: 0, dueAt: T0 + 3 });
  });

  test('a postponed delivery is no attempt, and one without a time is refused', async () => {
    const { mark, due, update, row } = partner();
    await mark({});
    await due(T0);
    await expect(update({ outcome: 'postponed' })).rejects.toMatchObject({ code: 'VALUE_INVALID' });
    await update({ outcome: 'postponed', nextAt: T0 + 7 });
    expect(await row()).toMatchObject({ state: 'pending', attempts: 0, dueAt: T0 + 7 });
  });

  test('the Location header of a CDR is remembered (CD-02), and a result for a removed partner is ignored', async () => {
    const { partnerId, mark, update, row } = partner();
    await mark({});
    await update({ remoteUrl: 'https://msp.example/cdrs/1' });
    await mark({});
    await update({ version: 2, at: T0 + 1 });
    expect(await row()).toMatchObject({ remoteUrl: 'https://msp.example/cdrs/1', toldVersion: 2 });
    await opened.store.deliveries.removePartner(partnerId);
    await update({ version: 3 });
    expect(await row()).toBeUndefined();
  });

  test('a list is filtered by partner and state, newest first', async () => {
    const { partnerId, mark, update } = partner();
    await mark({ key: 'S1' }, { key: 'S2' }, { key: 'S3' });
    await update({ key: 'S2' });
    const { deliveries } = opened.store;
    const first = await deliveries.page({ partnerId, limit: 2 });
    expect(first.items.map((row) => row.key)).toEqual(['S3', 'S2']);
    const second = await deliveries.page({ partnerId, limit: 2, cursor: first.nextCursor! });
    expect(second).toEqual({ items: [expect.objectContaining({ key: 'S1' })] });
    const acknowledged = await deliveries.page({ partnerId, states: ['acknowledged'], limit: 5 });
    expect(acknowledged.items.map((row) => row.key)).toEqual(['S2']);
    const both = await deliveries.page({ partnerId, states: ['acknowledged', 'pending'], limit: 5 });
    expect(both.items.map((row) => row.key)).toEqual(['S3', 'S2', 'S1']);
    await expect(deliveries.page({ limit: 1, cursor: '1; drop' })).rejects.toMatchObject({
      code: 'CURSOR_INVALID',
    });
  });

  test('a restart frees what a killed process was working on', async () => {
    const { mark, due } = partner();
    await mark({});
    expect(await due(T0)).toHaveLength(1);
    await opened.store.close();
    opened.store = await opened.database.open();
    expect(await due(T0)).toHaveLength(1);
  });

  test('what failed is due at once when the partner is back, except for what is being told (R9)', async () => {
    const { partnerId, mark, due, update, row } = partner();
    await mark({ key: 'FAILED' }, { key: 'BUSY' }, { key: 'NEW', dueAt: T0 + 500 });
    await due(T0);
    await update({ key: 'FAILED', outcome: 'retry', nextAt: T0 + 900_000 });
    await opened.store.deliveries.hasten(partnerId, T0 + 10);
    expect(await row('FAILED')).toMatchObject({ state: 'pending', dueAt: T0 + 10, attempts: 1 });
    expect((await row('BUSY'))?.dueAt).toBe(T0);
    expect((await row('NEW'))?.dueAt).toBe(T0 + 500);
  });

  test('a person has a parked object told in full, or leaves it untold until it changes again', async () => {
    const { mark, due, update, row } = partner();
    const { deliveries } = opened.store;
    await mark({});
    const [claimed] = await due(T0);
    expect(claimed).toEqual(await deliveries.find(claimed!.id));
    expect(await deliveries.discard(claimed!.id)).toBe(true);
    // What was under way meanwhile does not bring it back.
    await update({ outcome: 'retry', nextAt: T0 + 5 });
    expect(await row()).toMatchObject({ state: 'discarded' });
    expect(await due(T0 + 10)).toEqual([]);
    expect(await deliveries.retry(claimed!.id, T0)).toBe(false);

    await mark({});
    await due(T0 + 10);
    await update({ version: 2, outcome: 'parked', error: 'refused' });
    expect(await deliveries.retry(claimed!.id, T0 + 20)).toBe(true);
    expect(await row()).toMatchObject({ state: 'pending', dueAt: T0 + 20, attempts: 1 });
    await update({ version: 2 });
    expect(await deliveries.retry(claimed!.id, T0)).toBe(false);
    expect(await deliveries.find('none')).toBeUndefined();
  });
});
