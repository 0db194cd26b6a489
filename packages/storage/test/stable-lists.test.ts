import { expect, test } from '@jest/globals';
import type { ListPage, ListQuery } from '@roambridge/core';
import { onEveryDatabase } from './support/on-every-database.js';
import { cdr, location, session, T0, tariff, time } from './support/samples.js';

const LIMIT = 7;
const COUNT = 40;
const ids = (prefix: string, from = 0, to = COUNT) =>
  Array.from({ length: to - from }, (_, index) => `${prefix}-${String(from + index).padStart(3, '0')}`);

onEveryDatabase((opened) => {
  /** Reads a list to its end, by its links or by offsets alone; something changes after each page. */
  async function crawl(
    list: (page: Pick<ListQuery, 'offset' | 'limit' | 'after' | 'total'>) => Promise<ListPage<string>>,
    meanwhile: (page: number) => Promise<unknown>,
    by: 'link' | 'offset' = 'link',
  ): Promise<string[]> {
    const seen: string[] = [];
    let link: { after: string; total: number } | undefined;
    for (let pages = 0; pages < 50; pages += 1) {
      const page = await list({ offset: seen.length, limit: LIMIT, ...link });
      seen.push(...page.items);
      if (page.next === undefined) return seen;
      if (by === 'link') link = { after: page.next, total: page.total };
      await meanwhile(pages);
    }
    throw new Error('the list does not end');
  }

  const commitSessions = (sessions: ReturnType<typeof session>[]) =>
    opened.store.commit({ stationId: 'CS', sessions });

  test('a list of sessions has no hole and no double while sessions change and come (PG-08, PG-09)', async () => {
    await commitSessions(ids('s').map((id) => session(id, 'CS', 'PL')));
    const list = (more: Partial<ListQuery>) => (page: Pick<ListQuery, 'offset' | 'limit'>) =>
      opened.store.sessions
        .list({ partnerId: 'PL', ...page, ...more })
        .then(({ items, ...rest }) => ({ ...rest, items: items.map((one) => one.session.id) }));
    // Those read already leave the filter, as date_to does it to a client that reads what is older.
    const seen = await crawl(list({ dateTo: T0 + 1_000 }), (page) =>
      commitSessions(
        ids('s', page * 5, page * 5 + 5).map((id) =>
          session(id, 'CS', 'PL', { last_updated: time(60 + page) }),
        ),
      ),
    );
    expect(new Set(seen).size).toBe(seen.length);
    const changed = new Set(ids('s', 0, 25));
    expect(ids('s').filter((id) => !changed.has(id) && !seen.includes(id))).toEqual([]);
    // Those read already come to match again, and new ones are made.
    const again = await crawl(list({ dateFrom: T0 + 500 }), (page) =>
      commitSessions([
        session(`s-${String(page + 30).padStart(3, '0')}`, 'CS', 'PL', { last_updated: time(90) }),
        session(`new-${page}`, 'CS', 'PL', { last_updated: time(90) }),
      ]),
    );
    expect(new Set(again).size).toBe(again.length);
    expect(ids('s', 0, 25).filter((id) => !again.includes(id))).toEqual([]);
  });

  test('a list of tariffs has no hole while tariffs that were read are removed', async () => {
    const { tariffs } = opened.store;
    for (const id of ids('t')) await tariffs.put(tariff(id), []);
    const key = (id: string) => ({ country_code: 'DE', party_id: 'RBG', id });
    const seen = await crawl(
      (page) =>
        tariffs.list(page).then(({ items, ...rest }) => ({ ...rest, items: items.map(({ id }) => id) })),
      (page) => tariffs.remove(key(`t-${String(page).padStart(3, '0')}`), []),
    );
    expect(seen.filter((id) => id.startsWith('t-'))).toEqual(ids('t'));
  });

  test('a partner that computes its offsets has no hole and no double either (PG-01, PG-08)', async () => {
    const { tariffs } = opened.store;
    for (const id of ids('o')) await tariffs.put(tariff(id, { party_id: 'OFF' }), []);
    const parties = [{ country_code: 'DE', party_id: 'OFF' }];
    const seen = await crawl(
      (page) =>
        tariffs
          .list({ ...page, parties })
          .then(({ items, ...rest }) => ({ ...rest, items: items.map(({ id }) => id) })),
      async (page) => {
        await tariffs.remove({ ...parties[0]!, id: ids('o')[page]! }, []);
        await tariffs.put(tariff(`new-${page}`, { party_id: 'OFF' }), []);
      },
      'offset',
    );
    expect(seen.filter((id) => id.startsWith('o-'))).toEqual(ids('o'));
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('a list of locations has no hole while some are withdrawn and published again', async () => {
    const { locations } = opened.store;
    for (const id of ids('l', 0, 20)) await locations.put(location(id, []), []);
    const seen = await crawl(
      (page) =>
        locations
          .list({ ...page, published: true })
          .then(({ items, ...rest }) => ({ ...rest, items: items.map(({ id }) => id) })),
      (page) => locations.put(location(`l-${String(page).padStart(3, '0')}`, [], { publish: false }), []),
    );
    expect(seen.filter((id) => id.startsWith('l-'))).toEqual(ids('l', 0, 20));
  });

  test('a list of CDRs goes on where it ended while others are released', async () => {
    const release = (names: string[], releaseAt: number) =>
      opened.store.commit({ stationId: 'CS', cdrs: names.map((id) => cdr(id, 'CS', 'PK', { releaseAt })) });
    await release(ids('c', 0, 10), T0 + 5);
    await release(ids('c', 10, 20), T0 + 3);
    let now = T0 + 10;
    const seen = await crawl(
      (page) =>
        opened.store.cdrs
          .list({ partnerId: 'PK', now, ...page })
          .then(({ items, ...rest }) => ({ ...rest, items: items.map((one) => one.cdr.id) })),
      async (page) => {
        now += 10;
        await release([`late-${page}`], now);
      },
    );
    expect(seen.slice(0, 20)).toEqual([...ids('c', 10, 20), ...ids('c', 0, 10)]);
    expect(new Set(seen).size).toBe(seen.length);
    await expect(
      opened.store.cdrs.list({ partnerId: 'PK', now, offset: 0, limit: 5, after: '1; drop' }),
    ).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
  });
});
