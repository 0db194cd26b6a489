import type { LocalListRecord, Store } from '@roambridge/core';
import { fromDocument, toDocument } from '../encoding/document.js';
import type { StoreContext } from './context.js';

/** The lists that stations acknowledged, one for each station. */
export function localListStore({ tables }: Pick<StoreContext, 'tables'>): Store['localLists'] {
  return {
    async get(stationId) {
      const row = await tables
        .selectFrom('local_lists')
        .select('document')
        .where('station_id', '=', stationId)
        .executeTakeFirst();
      return row && fromDocument<LocalListRecord>(row.document);
    },
    async put(record) {
      const document = toDocument(record);
      await tables
        .insertInto('local_lists')
        .values({ station_id: record.stationId, document })
        .onConflict((row) => row.column('station_id').doUpdateSet({ document }))
        .execute();
    },
    async remove(stationId) {
      await tables.deleteFrom('local_lists').where('station_id', '=', stationId).execute();
    },
  };
}
