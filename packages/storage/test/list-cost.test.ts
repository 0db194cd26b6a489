import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ListPage, ListQuery } from '@roambridge/core';
import { sql } from 'kysely';
import { openPglite } from '../src/database/pglite.js';
import { openPostgres } from '../src/database/postgres.js';
import type { OpenedStore } from '../src/index.js';
import { databases, silentLog, type TestDatabase } from './support/databases.js';
import { type WatchedDatabase, watch } from './support/rows-read.js';
import { cdr, evse, location, T0 } from './support/samples.js';

/** Objects of a list, large enough that reading them all would show; LIST_ROWS=900000 takes minutes. */
const COUNT = Number(process.env.LIST_ROWS ?? 3_000);
const LIMIT = 50;
/** One location in so many is of the party whose partner sees no other. */
const PARTIES = 30;
/** What a page may read, however long the list is: twice the way to a mark, the unmarked end, and its own rows. */
const MOST_ROWS = 1_200;
/** As many changes are looked at to see whether they are few; in a small table a bitmap has all of them. */
const CHANGES_LOOKED_AT = Math.min(2_001, COUNT) + (COUNT < 100_000 ? COUNT : 0);
const NOW = T0 + COUNT * 1_000 + 3_600_000;
const DE = { country_code: 'DE', party_id: 'RBG' };

for (const kind of databases) {
  (kind.available ? describe : describe.skip)(`a page of ${COUNT} rows on ${kind.name}`, () => {
    let base: TestDatabase;
    let watched: WatchedDatabase;
    let store: OpenedStore;

    beforeAll(async () => {
      base = await kind.create();
      const directory = join(base.dataDir, 'pglite');
      watched = watch(
        base.databaseUrl === undefined
          ? await openPglite({ directory, log: silentLog })
          : await openPostgres({ url: base.databaseUrl, log: silentLog }),
        { small: COUNT < 100_000 },
      );
      store = await base.open({ database: watched.database, now: () => NOW });
      await seed(watched);
      // The first reader of a list leaves the marks.
      for (const partnerId of ['OWN', 'MANY']) {
        await store.cdrs.list({ partnerId, now: NOW, offset: 0, limit: 1 });
      }
      await store.locations.list({ published: true, offset: 0, limit: 1 });
      await store.locations.list({ parties: [DE], published: true, offset: 0, limit: 1 });
    }, 600_000);

    afterAll(async () => {
      await watched?.database.close();
      await base?.dispose();
    });

    type Page = Pick<ListQuery, 'offset' | 'limit' | 'after' | 'total' | 'dateFrom' | 'dateTo'>;
    const lists: Record<string, { size: number; read: (page: Page) => Promise<ListPage<unknown>> }> = {
      'CDRs of the partner that has most': {
        size: COUNT,
        read: (page) => store.cdrs.list({ partnerId: 'MANY', now: NOW, ...page }),
      },
      "CDRs of a partner among many others'": {
        size: COUNT / 10,
        read: (page) => store.cdrs.list({ partnerId: 'OWN', now: NOW, ...page }),
      },
      locations: {
        size: COUNT,
        read: (page) => store.locations.list({ published: true, ...page }),
      },
      'locations of one party': {
        size: COUNT / PARTIES,
        read: (page) => store.locations.list({ published: true, parties: [DE], ...page }),
      },
    };

    for (const [name, { size, read }] of Object.entries(lists)) {
      test(`${name}: the first, a middle and the last page read as few rows (PG-05, PG-08)`, async () => {
        for (const offset of [0, Math.trunc(size / 2) + 7, size - 3, size, size * 2]) {
          let page: ListPage<unknown> | undefined;
          const { rows, wholeTables } = await watched.rowsReadBy(async () => {
            page = await read({ offset, limit: LIMIT });
          });
          const items = Math.max(0, Math.min(LIMIT, size - offset));
          expect({ offset, total: page?.total, items: page?.items.length, wholeTables }).toEqual({
            offset,
            total: size,
            items,
            wholeTables: [],
          });
          expect(page?.next === undefined).toBe(offset + LIMIT >= size);
          expect(rows).toBeLessThan(MOST_ROWS);
        }
      });
    }

    test('CDRs between two dates are counted and skipped from the nearest marks (PG-02)', async () => {
      const from = Math.trunc(COUNT / 3);
      const dates = { dateFrom: T0 + from * 1_000, dateTo: T0 + (COUNT - 5) * 1_000 };
      const size = COUNT - 5 - from;
      for (const offset of [0, Math.trunc(size / 2), size - 2, size]) {
        let page: ListPage<{ cdr: { id: string } }> | undefined;
        const { rows } = await watched.rowsReadBy(async () => {
          page = await store.cdrs.list({ partnerId: 'MANY', now: NOW, offset, limit: LIMIT, ...dates });
        });
        expect(page?.total).toBe(size);
        expect(page?.items[0]?.cdr.id).toBe(offset === size ? undefined : `MANY-${from + offset}`);
        expect(rows).toBeLessThan(MOST_ROWS);
      }
      const none = { partnerId: 'MANY', now: NOW, offset: 0, limit: LIMIT, dateFrom: NOW, dateTo: T0 };
      expect(await store.cdrs.list(none)).toEqual({ items: [], total: 0 });
    });

    test('a page after a link counts nothing and reads its own rows', async () => {
      for (const { read } of Object.values(lists)) {
        const { next = '', total } = await read({ offset: 0, limit: LIMIT });
        const { rows } = await watched.rowsReadBy(() =>
          read({ offset: LIMIT, limit: LIMIT, after: next, total }),
        );
        expect(rows).toBeLessThanOrEqual(2 * LIMIT + 1);
      }
    });

    test('locations that changed since a date are read in the same way, few or many (LO-06)', async () => {
      const since = (dateFrom: number, offset: number) =>
        store.locations.list({ published: true, dateFrom, offset, limit: LIMIT });
      const { next = '', total } = await since(T0, 0);
      expect(total).toBe(COUNT);
      const page = { dateFrom: T0, offset: LIMIT, limit: LIMIT, after: next, total };
      const { rows } = await watched.rowsReadBy(() => store.locations.list({ published: true, ...page }));
      // Whether changes are few is looked at first, and the EVSEs of a row twice.
      expect(rows).toBeLessThan(CHANGES_LOOKED_AT + 4 * LIMIT);
      // Deep in the list, without a link: on from where the page before ended.
      await since(T0, 500);
      const onward = await watched.rowsReadBy(() => since(T0, 500 + LIMIT));
      expect(onward.rows).toBeLessThan(CHANGES_LOOKED_AT + 4 * LIMIT);
      const few = await since(T0 + 1, 0);
      expect([few.total, few.items]).toEqual([0, []]);
    });

    test('CDRs that come later get their marks when they are read', async () => {
      await seedCdrs(watched, 'LATER', 0, 400);
      const list = (offset: number) => store.cdrs.list({ partnerId: 'LATER', now: NOW, offset, limit: 1 });
      expect((await list(0)).total).toBe(400);
      for (const count of [900, 1_000, 2_600]) {
        await seedCdrs(watched, 'LATER', (await list(0)).total, count);
        for (const offset of [0, 249, 250, 251, 499, 500, 999, count - 1]) {
          const { total, items } = await list(offset);
          expect([total, items[0]?.cdr.id]).toEqual([count, offset < count ? `LATER-${offset}` : undefined]);
        }
      }
      const { rows } = await watched.rowsReadBy(() => list(2_599));
      expect(rows).toBeLessThan(MOST_ROWS);
    });

    test('a location withdrawn in the middle moves all behind it, and the total', async () => {
      const all = (offset: number) => store.locations.list({ published: true, offset, limit: 1 });
      const [middle] = (await all(400)).items;
      const [next] = (await all(401)).items;
      await store.locations.put({ ...middle!, publish: false }, []);
      const shifted = await all(400);
      expect(shifted).toMatchObject({ total: COUNT - 1, items: [{ id: next?.id }] });
      expect((await all(COUNT - 2)).next).toBeUndefined();
      await store.locations.put({ ...middle!, publish: true }, []);
      expect((await all(COUNT - 1)).items).toHaveLength(1);
    });
  });
}

/** CDRs of a partner with these numbers, released in their order a second apart. */
async function seedCdrs(
  { database: { tables } }: WatchedDatabase,
  partner: string,
  from: number,
  to: number,
): Promise<void> {
  const record = JSON.stringify(cdr('ID', 'CS', partner));
  await sql`insert into cdrs (id, partner_id, station_id, transaction_id, session_id, release_at, document)
    select ${partner} || '-' || n, ${partner}, 'CS', 'tx', 'session-' || n, ${T0}::int8 + n * 1000,
      replace(${record}, '"id":"ID"', '"id":"' || ${partner} || '-' || n || '"')
    from generate_series(${from}::int8, ${to}::int8 - 1) as n`.execute(tables);
}

/** CDRs of two partners and locations of two parties, made in the order of their numbers. */
async function seed(watched: WatchedDatabase): Promise<void> {
  const { tables, kind } = watched.database;
  await seedCdrs(watched, 'OWN', 0, COUNT / 10);
  await seedCdrs(watched, 'MANY', 0, COUNT);
  const place = JSON.stringify(location('ID', [evse('E')]));
  await sql`insert into locations (country_code, party_id, id, publish, last_updated, document)
    select 'DE', case n % ${PARTIES}::int8 when 0 then 'RBG' else 'OTH' end, 'L' || n, true, ${T0}::int8,
      replace(replace(${place}, '"ID"', '"L' || n || '"'), '"RBG"', case n % ${PARTIES}::int8 when 0 then '"RBG"' else '"OTH"' end)
    from generate_series(0, ${COUNT}::int8 - 1) as n`.execute(tables);
  await sql`insert into evses (location_seq, uid, status, last_updated)
    select seq, 'E', 'AVAILABLE', ${T0}::int8 from locations`.execute(tables);
  // What autovacuum does on PostgreSQL sooner or later; the embedded database never does.
  if (kind === 'postgresql') await sql`analyze`.execute(tables);
}
