import { expect, test } from '@jest/globals';
import type { Evse } from '@roambridge/domain';
import { onEveryDatabase } from './support/on-every-database.js';
import { evse, location, T0, time } from './support/samples.js';

const DE = { country_code: 'DE', party_id: 'RBG' };

onEveryDatabase((opened) => {
  const bound = (uid: string, station_id: string, evse_id = 1, changes: Partial<Evse> = {}) =>
    evse(uid, { ocpp: { station_id, evse_id }, ...changes });
  const get = (id: string) => opened.store.locations.get({ ...DE, id });
  const report = (stationId: string, evseId: number, status: Evse['status'], seconds: number) =>
    opened.store.commit({
      stationId,
      evseStatuses: [{ stationId, evseId, status, lastUpdated: T0 + seconds * 1000 }],
    });

  test('what was put comes back as it was, and is told dirty in the same transaction', async () => {
    const { store } = opened;
    const place = location('L1', [bound('L1-E1', 'L1'), evse('L1-E2', { status: 'PLANNED' })]);
    const mark = { partnerId: 'P1', kind: 'location' as const, key: 'DE/RBG/L1', dueAt: T0 };
    expect(await store.locations.put(place, [mark])).toEqual({ location: place, created: true });
    expect(await get('L1')).toEqual(place);
    expect(await store.deliveries.get('P1', 'location', 'DE/RBG/L1')).toMatchObject({ version: 1 });
    expect((await store.locations.put(place, [mark])).created).toBe(false);
    expect(await store.deliveries.get('P1', 'location', 'DE/RBG/L1')).toMatchObject({ version: 2 });
    expect(await get('L0')).toBeUndefined();
  });

  test('a reported status shows in the location and raises both times (LO-05)', async () => {
    await opened.store.locations.put(location('L2', [bound('L2-E1', 'L2'), bound('L2-E2', 'L2', 2)]), []);
    await Promise.all([
      report('L2', 1, 'CHARGING', 1),
      report('L2', 1, 'AVAILABLE', 2),
      report('L2', 2, 'BLOCKED', 1.5),
    ]);
    const place = await get('L2');
    expect(place?.evses).toMatchObject([
      { status: 'AVAILABLE', last_updated: time(2) },
      { status: 'BLOCKED', last_updated: time(1.5) },
    ]);
    expect(place?.last_updated).toBe(time(2));
  });

  test('a new PUT keeps reported statuses, and an EVSE left out becomes REMOVED (LO-07)', async () => {
    await opened.store.locations.put(location('L3', [bound('L3-E1', 'L3'), bound('L3-E2', 'L3', 2)]), []);
    await report('L3', 1, 'CHARGING', 5);
    const put = location('L3', [bound('L3-E1', 'L3', 1, { floor_level: '2' }), bound('L3-E3', 'L3', 3)], {
      last_updated: time(3),
    });
    const { location: stored } = await opened.store.locations.put(put, []);
    expect(stored.evses).toMatchObject([
      { uid: 'L3-E1', status: 'CHARGING', floor_level: '2', last_updated: time(5) },
      { uid: 'L3-E3', status: 'AVAILABLE' },
      { uid: 'L3-E2', status: 'REMOVED', last_updated: time(3), ocpp: { evse_id: 2 } },
    ]);
    expect(stored.last_updated).toBe(time(5));

    await report('L3', 2, 'AVAILABLE', 6);
    expect((await get('L3'))?.evses[2]).toMatchObject({ uid: 'L3-E2', status: 'REMOVED' });

    const back = location('L3', [bound('L3-E2', 'L3', 2, { last_updated: time(9) })], {
      last_updated: time(9),
    });
    const { location: again } = await opened.store.locations.put(back, []);
    expect(again.evses.map(({ uid, status }) => [uid, status])).toEqual([
      ['L3-E2', 'AVAILABLE'],
      ['L3-E1', 'REMOVED'],
      ['L3-E3', 'REMOVED'],
    ]);
  });

  test('hardware may change places within a location, and belongs to one EVSE only', async () => {
    const { locations } = opened.store;
    await locations.put(location('L4', [bound('L4-E1', 'L4', 1), bound('L4-E2', 'L4', 2)]), []);
    await locations.put(location('L4', [bound('L4-E1', 'L4', 2), bound('L4-E2', 'L4', 1)]), []);
    await expect(locations.put(location('L5', [bound('L5-E1', 'L4', 1)]), [])).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('station_id, evse_id'),
    });
    expect(await get('L5')).toBeUndefined();
    // The hardware of a removed EVSE is free.
    await locations.put(location('L4', [bound('L4-E1', 'L4', 2)]), []);
    await locations.put(location('L5', [bound('L5-E1', 'L4', 1)]), []);
  });

  test('statuses, marks and PUTs of one location at the same time all succeed', async () => {
    const { store } = opened;
    const evses = [1, 2, 3].map((n) => bound(`L7-E${n}`, 'L7', n));
    const marks = ['L7', 'L8', 'L9'].map((id) => ({
      partnerId: 'P7',
      kind: 'location' as const,
      key: `DE/RBG/${id}`,
      dueAt: T0,
    }));
    await store.locations.put(location('L7', evses), marks);
    const work: Promise<unknown>[] = [];
    for (let round = 1; round <= 20; round += 1) {
      work.push(store.locations.put(location('L7', evses), [...marks].reverse()));
      work.push(
        store.commit({
          stationId: 'L7',
          evseStatuses: [3, 2, 1].map((evseId) => ({
            stationId: 'L7',
            evseId,
            status: 'CHARGING' as const,
            lastUpdated: T0 + round,
          })),
          dirty: marks,
        }),
      );
      await new Promise((turn) => setImmediate(turn));
    }
    await Promise.all(work);
    expect((await get('L7'))?.evses.map(({ status }) => status)).toEqual([
      'CHARGING',
      'CHARGING',
      'CHARGING',
    ]);
    expect(await store.deliveries.get('P7', 'location', 'DE/RBG/L9')).toMatchObject({ version: 41 });
  });

  test('a date that is none is refused by name', async () => {
    await expect(
      opened.store.locations.put(location('L6', [], { last_updated: 'yesterday' }), []),
    ).rejects.toMatchObject({
      code: 'VALUE_INVALID',
      message: expect.stringContaining('location.last_updated'),
    });
  });

  test('a list has the party’s locations by creation, and filters by the newest of location and EVSEs', async () => {
    const { store } = opened;
    const party = { country_code: 'FR', party_id: 'ABC' };
    for (const id of ['F1', 'F2', 'F3', 'F4', 'F5']) {
      await store.locations.put({ ...location(id, [bound(`${id}-E`, id)]), ...party }, []);
    }
    await report('F3', 1, 'CHARGING', 100);
    await store.locations.put(
      { ...location('F1', [bound('F1-E', 'F1')]), ...party, last_updated: time(200) },
      [],
    );
    const list = async (query: { dateFrom?: number; dateTo?: number; offset?: number; limit?: number }) => {
      const page = await store.locations.list({ parties: [party], offset: 0, limit: 50, ...query });
      return [page.items.map((place) => place.id).join(' '), page.total];
    };
    expect(await list({})).toEqual(['F1 F2 F3 F4 F5', 5]);
    expect(await list({ dateFrom: T0 + 1 })).toEqual(['F1 F3', 2]);
    expect(await list({ dateFrom: T0 + 100_000 })).toEqual(['F1 F3', 2]);
    expect(await list({ dateFrom: T0 + 100_001 })).toEqual(['F1', 1]);
    expect(await list({ dateTo: T0 + 100_000 })).toEqual(['F2 F4 F5', 3]);
    expect(await list({ dateFrom: T0 + 1, dateTo: T0 + 200_000 })).toEqual(['F3', 1]);
    expect(await list({ offset: 1, limit: 2 })).toEqual(['F2 F3', 5]);
    expect(await list({ offset: 3, limit: 2 })).toEqual(['F4 F5', 5]);
    expect(await list({ offset: 4, limit: 2 })).toEqual(['F5', 5]);
    expect(await list({ offset: 5, limit: 2 })).toEqual(['', 5]);
    expect((await store.locations.list({ parties: [], offset: 0, limit: 5 })).total).toBe(0);

    const newest = await store.locations.page({ limit: 2 });
    expect(newest.items.map((place) => place.id)).toEqual(['F5', 'F4']);
    const next = await store.locations.page({ limit: 2, cursor: newest.nextCursor! });
    expect(next.items.map((place) => place.id)).toEqual(['F3', 'F2']);
    expect(next.items[0]?.evses[0]?.status).toBe('CHARGING');
  });
});
