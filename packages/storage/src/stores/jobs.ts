import type { StationJob, Store } from '@roambridge/core';
import { fromDocument } from '../encoding/document.js';
import type { StoreContext } from './context.js';
import { documentPage } from './document-page.js';

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
    page: (query) => documentPage<StationJob>(tables, 'jobs', query),
    async prune(updatedBefore) {
      const { numDeletedRows } = await tables
        .deleteFrom('jobs')
        .where('updated_at', '<', updatedBefore)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
