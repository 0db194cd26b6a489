import type { ListQuery, Store } from '@roambridge/core';
import type { Tariff } from '@roambridge/domain';
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../database/tables.js';
import { fromDocument, timeOf, toDocument } from '../encoding/document.js';
import type { StoreContext } from './context.js';
import { markDirty } from './delivery-marks.js';
import { countAndSkip, listPage } from './list-page.js';
import { createListPlaces } from './list-places.js';
import { before, cursorPage, oneMore } from './paging.js';
import { nameOf, ofParties, type Party } from './parties.js';

/** Tariffs of the hosted parties. */
export function tariffStore({ tables, now }: Pick<StoreContext, 'tables' | 'now'>): Store['tariffs'] {
  const places = createListPlaces(now);
  return {
    put: (tariff, dirty) =>
      tables.transaction().execute(async (tables) => {
        const { created } = await tables
          .insertInto('tariffs')
          .values({
            country_code: tariff.country_code,
            party_id: tariff.party_id,
            id: tariff.id,
            last_updated: timeOf(tariff.last_updated, 'tariff.last_updated'),
            document: toDocument(tariff),
          })
          .onConflict((row) =>
            row.constraint('tariffs_key').doUpdateSet((eb) => ({
              last_updated: eb.ref('excluded.last_updated'),
              document: eb.ref('excluded.document'),
            })),
          )
          .returning(sql<boolean>`xmax = 0`.as('created'))
          .executeTakeFirstOrThrow();
        await markDirty(tables, dirty);
        return { created };
      }),
    async get(key) {
      const row = await tables
        .selectFrom('tariffs')
        .select('document')
        .where('country_code', '=', key.country_code)
        .where('party_id', '=', key.party_id)
        .where('id', '=', key.id)
        .executeTakeFirst();
      return row && toTariff(row);
    },
    remove: (key, dirty) =>
      tables.transaction().execute(async (tables) => {
        const { numDeletedRows } = await tables
          .deleteFrom('tariffs')
          .where('country_code', '=', key.country_code)
          .where('party_id', '=', key.party_id)
          .where('id', '=', key.id)
          .executeTakeFirst();
        if (numDeletedRows === 0n) return false;
        await markDirty(tables, dirty);
        return true;
      }),
    list: (query) =>
      listPage({
        tables,
        places,
        marked: false,
        name: nameOf(query.parties),
        query,
        find: (tables, offset) => countAndSkip(tables, matching(tables, query).select('seq'), offset),
        rows: (tables, after, limit) => {
          const rows = matching(tables, query).select(['seq', 'document']).orderBy('seq').limit(limit);
          return (after === undefined ? rows : rows.where('seq', '>', after[0] ?? 0)).execute();
        },
        position: ({ seq }) => [seq],
        items: (rows) => rows.map(toTariff),
      }),
    async page(query) {
      const rows = await tables
        .selectFrom('tariffs')
        .select(['seq', 'document'])
        .where('seq', '<', before(query))
        .orderBy('seq', 'desc')
        .limit(oneMore(query))
        .execute();
      return cursorPage(rows, query, (row) => row.seq, toTariff);
    },
  };
}

function matching(tables: Kysely<Tables>, query: ListQuery & { parties?: Party[] }) {
  let rows = tables.selectFrom('tariffs').where((eb) => ofParties(eb, query.parties));
  if (query.dateFrom !== undefined) rows = rows.where('last_updated', '>=', query.dateFrom);
  if (query.dateTo !== undefined) rows = rows.where('last_updated', '<', query.dateTo);
  return rows;
}

function toTariff(row: { document: string }): Tariff {
  return fromDocument<Tariff>(row.document);
}
