import type { Store } from '@roambridge/core';
import type { Location } from '@roambridge/domain';
import type { Kysely } from 'kysely';
import { despiteDeadlock } from '../database/failure.js';
import type { Tables } from '../database/tables.js';
import { refusingTaken } from './conflict.js';
import type { StoreContext } from './context.js';
import { extendMarks, lookUp } from './list-marks.js';
import { countAndSkip, listPage } from './list-page.js';
import { createListPlaces } from './list-places.js';
import { matching, publishedOf } from './location-lists.js';
import { putLocation } from './location-put.js';
import { withStatuses } from './location-rows.js';
import { before, cursorPage, oneMore } from './paging.js';

const COLUMNS = ['seq', 'last_updated', 'document'] as const;

/** Locations, composed with the live statuses of their EVSEs. */
export function locationStore({ tables, now }: Pick<StoreContext, 'tables' | 'now'>): Store['locations'] {
  const places = createListPlaces(now);
  return {
    put: (location, dirty) =>
      refusingTaken(
        (constraint) =>
          constraint === 'evses_binding'
            ? `location ${location.id}: an EVSE's ocpp (station_id, evse_id) belongs to another EVSE`
            : `location ${location.id}: two EVSEs have the same uid, or it was just created by another request`,
        () => despiteDeadlock(() => putLocation(tables, location, dirty)),
      ),
    async get(key) {
      const row = await tables
        .selectFrom('locations')
        .select(COLUMNS)
        .where('country_code', '=', key.country_code)
        .where('party_id', '=', key.party_id)
        .where('id', '=', key.id)
        .executeTakeFirst();
      return row && (await withStatuses(tables, [row])).get(row.seq);
    },
    async list(query) {
      const list = publishedOf(query.parties);
      const marked = query.published === true && query.dateFrom === undefined && query.dateTo === undefined;
      let unmarked = 0;
      const page = await listPage({
        tables,
        places,
        marked,
        name: `${list.name} ${query.published}`,
        query,
        async find(tables, offset) {
          if (!marked) return countAndSkip(tables, (await matching(tables, query)).select('seq'), offset);
          const found = await lookUp(tables, list, { offset });
          unmarked = found.unmarked;
          return found;
        },
        async rows(tables, after, limit) {
          const rows = (await matching(tables, query)).select(COLUMNS).orderBy('seq').limit(limit);
          return (after === undefined ? rows : rows.where('seq', '>', after[0] ?? 0)).execute();
        },
        position: ({ seq }) => [seq],
        items: (rows, tables) => composed(tables, rows),
      });
      await extendMarks(tables, list, unmarked);
      return page;
    },
    async page(query) {
      const rows = await tables
        .selectFrom('locations')
        .select(COLUMNS)
        .where('seq', '<', before(query))
        .orderBy('seq', 'desc')
        .limit(oneMore(query))
        .execute();
      const page = cursorPage(
        rows,
        query,
        (row) => row.seq,
        (row) => row,
      );
      return { ...page, items: await composed(tables, page.items) };
    },
  };
}

async function composed(
  tables: Kysely<Tables>,
  rows: readonly { seq: number; last_updated: number; document: string }[],
): Promise<Location[]> {
  const locations = await withStatuses(tables, rows);
  return rows.flatMap((row) => locations.get(row.seq) ?? []);
}
