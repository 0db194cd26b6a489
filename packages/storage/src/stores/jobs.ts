import type { StationJob, Store } from '@roambridge/core';
import { fromDocument } from '../encoding/document.js';
import type { StoreContext } from './context.js';
import { before, cursorPage, oneMore } from './paging.js';

/** Jobs at stations; written by group commits only. */
export function jobStore({ tables }: Pick<StoreContext, 'tables'>): Store['jobs'] {
  return {
    async get(id) {
      const row = await tables.selectFrom('jobs').select('document').where('id', '=', id).executeTakeFirst();
      return row && fromDocument<StationJob>(row.document);
    },
    async newest(stationId, kind, limit) {
      const rows = await tables
        .selectFrom('jobs')
        .select('document')
        .where('station_id', '=', stationId)
        .where('kind', '=', kind)
        .orderBy('seq', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => fromDocument<StationJob>(row.document));
    },
    async page(query) {
      let rows = tables
        .selectFrom('jobs')
        .select(['seq', 'document'])
        .where('seq', '<', before(query))
        .orderBy('seq', 'desc')
        .limit(oneMore(query));
      if (query.stationId !== undefined) rows = rows.where('station_id', '=', query.stationId);
      return cursorPage(
        await rows.execute(),
        query,
        (row) => row.seq,
        (row) => fromDocument<StationJob>(row.document),
      );
    },
    async prune(updatedBefore) {
      const { numDeletedRows } = await tables
        .deleteFrom('jobs')
        .where('updated_at', '<', updatedBefore)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
