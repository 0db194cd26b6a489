import { expect, test } from '@jest/globals';
import { onEveryDatabase } from './support/on-every-database.js';
import { cdr, session, T0 } from './support/samples.js';

const mark = (partnerId: string, kind: 'session' | 'cdr', key: string) => ({
  partnerId,
  kind,
  key,
  dueAt: T0,
});

onEveryDatabase((opened) => {
  test('sessions are narrowed to a station, a partner, a status and how far they were told', async () => {
    const { store } = opened;
    await store.commit({
      stationId: 'L1',
      sessions: [session('l1', 'L1', 'LP1'), session('l2', 'L1', 'LP2', { status: 'COMPLETED' })],
      dirty: [mark('LP1', 'session', 'l1')],
    });
    await store.commit({ stationId: 'L2', sessions: [session('l3', 'L2', 'LP1')] });
    const found = async (query: object) =>
      (await store.sessions.page({ limit: 9, ...query })).items.map((record) => record.session.id);
    expect(await found({ partnerId: 'LP1' })).toEqual(['l3', 'l1']);
    expect(await found({ stationId: 'L1' })).toEqual(['l2', 'l1']);
    expect(await found({ stationId: 'L1', status: 'COMPLETED' })).toEqual(['l2']);
    expect(await found({ partnerId: 'LP1', delivery: 'pending' })).toEqual(['l1']);
    const [, l1] = (await store.sessions.page({ limit: 9, partnerId: 'LP1' })).items;
    expect(l1?.delivery).toMatchObject({ partnerId: 'LP1', kind: 'session', key: 'l1', state: 'pending' });
  });

  test('CDRs are narrowed to what is held, to how far they were told and to when they were released', async () => {
    const { store } = opened;
    await store.commit({
      stationId: 'L1',
      cdrs: [
        cdr('c1', 'L1', 'LP1', { releaseAt: T0 }),
        cdr('c2', 'L1', 'LP1', { releaseAt: T0 + 5, hold: 'NO_TARIFF' }),
        cdr('c3', 'L1', 'LP2', { releaseAt: T0 + 9 }),
      ],
      dirty: [mark('LP1', 'cdr', 'c1'), mark('LP2', 'cdr', 'c3')],
    });
    const found = async (query: object) =>
      (await store.cdrs.page({ limit: 9, stationId: 'L1', ...query })).items.map((record) => record.cdr.id);
    expect(await found({ delivery: 'held' })).toEqual(['c2']);
    expect(await found({ delivery: 'pending' })).toEqual(['c3', 'c1']);
    expect(await found({ partnerId: 'LP1' })).toEqual(['c2', 'c1']);
    expect(await found({ releasedFrom: T0 + 5, releasedTo: T0 + 9 })).toEqual(['c2']);
    const pending = await store.deliveries.page({ limit: 9, partnerId: 'LP1', kind: 'cdr' });
    expect(pending.items.map(({ key }) => key)).toEqual(['c1']);
  });
});
