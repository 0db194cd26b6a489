import type { StationConfiguration, Store } from '@roambridge/core';
import { fromDocument, toDocument } from '../encoding/document.js';
import type { StoreContext } from './context.js';

/** What stations told about their configuration, one document for each station. */
export function stationConfigurationStore({
  tables,
}: Pick<StoreContext, 'tables'>): Store['stationConfigurations'] {
  return {
    async get(stationId) {
      const row = await tables
        .selectFrom('station_configurations')
        .select('document')
        .where('station_id', '=', stationId)
        .executeTakeFirst();
      return row && fromDocument<StationConfiguration>(row.document);
    },
    async put(stationId, configuration) {
      const document = toDocument(configuration);
      await tables
        .insertInto('station_configurations')
        .values({ station_id: stationId, document })
        .onConflict((row) => row.column('station_id').doUpdateSet({ document }))
        .execute();
    },
    async remove(stationId) {
      await tables.deleteFrom('station_configurations').where('station_id', '=', stationId).execute();
    },
  };
}
