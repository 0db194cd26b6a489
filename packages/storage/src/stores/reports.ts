import type { StationReport, Store } from '@roambridge/core';
import { fromDocument, toDocument } from '../encoding/document.js';
import type { StoreContext } from './context.js';
import { before, cursorPage, oneMore } from './paging.js';

/** Reports of one station that are kept. */
const KEPT = 20;

type WithoutItems = Omit<StationReport, 'items'>;

/** The newest reports of stations. */
export function reportStore({ tables }: Pick<StoreContext, 'tables'>): Store['reports'] {
  return {
    async put({ items, ...report }) {
      const { id, stationId } = report;
      const row = { document: toDocument(report), items: toDocument(items) };
      await tables
        .insertInto('reports')
        .values({ id, station_id: stationId, ...row })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute();
      await tables
        .deleteFrom('reports')
        .where('station_id', '=', stationId)
        .where('seq', '<', (old) =>
          old
            .selectFrom('reports')
            .select('seq')
            .where('station_id', '=', stationId)
            .orderBy('seq', 'desc')
            .offset(KEPT - 1)
            .limit(1),
        )
        .execute();
    },
    async get(stationId, id) {
      const row = await tables
        .selectFrom('reports')
        .select(['document', 'items'])
        .where('id', '=', id)
        .where('station_id', '=', stationId)
        .executeTakeFirst();
      return (
        row && {
          ...fromDocument<WithoutItems>(row.document),
          items: fromDocument<StationReport['items']>(row.items),
        }
      );
    },
    async page(query) {
      const rows = await tables
        .selectFrom('reports')
        .select(['seq', 'document'])
        .where('station_id', '=', query.stationId)
        .where('seq', '<', before(query))
        .orderBy('seq', 'desc')
        .limit(oneMore(query))
        .execute();
      return cursorPage(
        rows,
        query,
        (row) => row.seq,
        (row) => fromDocument<WithoutItems>(row.document),
      );
    },
  };
}
