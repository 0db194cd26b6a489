import type { ListQuery, Store } from '@roambridge/core';
import type { Location } from '@roambridge/domain';
import type { Kysely } from 'kysely';
import { despiteDeadlock } from '../database/failure.js';
import type { Tables } from '../database/tables.js';
import { refusingTaken } from './conflict.js';
import type { StoreContext } from './context.js';
import { listPage } from './list-page.js';
import { putLocation } from './location-put.js';
import { withStatuses } from './location-rows.js';
import { before, cursorPage, oneMore } from './paging.js';
import { ofParties, type Party } from './parties.js';

const COLUMNS = ['seq', 'last_updated', 'document'] as const;

/** Locations, composed with the live statuses of their EVSEs. */
export function locationStore({ tables }: Pick<StoreContext, 'tables'>): Store['locations'] {
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
    list: (query) =>
      listPage({
        tables,
        query,
        count: (tables) => matching(tables, query).select((eb) => eb.fn.countAll<number>().as('total')),
        page: (tables, direction, after) => {
          const rows = matching(tables, query).select(COLUMNS).orderBy('seq', direction);
          return after === undefined ? rows : rows.where('seq', '>', after[0] ?? 0);
        },
        position: ({ seq }) => [seq],
        items: (rows, tables) => composed(tables, rows),
      }),
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

/** A location matches when it or one of its EVSEs changed since; and neither may have changed after. */
function matching(tables: Kysely<Tables>, query: ListQuery & { parties?: Party[]; published?: boolean }) {
  const { dateFrom, dateTo } = query;
  let rows = tables.selectFrom('locations').where((eb) => ofParties(eb, query.parties));
  if (query.published !== undefined) rows = rows.where('publish', '=', query.published);
  if (dateFrom !== undefined) {
    rows = rows.where('seq', 'in', (eb) =>
      eb
        .selectFrom('locations')
        .select('seq')
        .where('last_updated', '>=', dateFrom)
        .union(eb.selectFrom('evses').select('location_seq as seq').where('last_updated', '>=', dateFrom)),
    );
  }
  if (dateTo !== undefined) {
    rows = rows
      .where('last_updated', '<', dateTo)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('evses')
              .select('uid')
              .whereRef('evses.location_seq', '=', 'locations.seq')
              .where('evses.last_updated', '>=', dateTo),
          ),
        ),
      );
  }
  return rows;
}

async function composed(
  tables: Kysely<Tables>,
  rows: readonly { seq: number; last_updated: number; document: string }[],
): Promise<Location[]> {
  const locations = await withStatuses(tables, rows);
  return rows.flatMap((row) => locations.get(row.seq) ?? []);
}
