import type { DeviceModel, Store } from '@roambridge/core';
import { fromDocument, toDocument } from '../encoding/document.js';
import type { StoreContext } from './context.js';

/** What stations told of what they are made of, one document for each station. */
export function deviceModelStore({ tables }: Pick<StoreContext, 'tables'>): Store['deviceModels'] {
  return {
    async get(stationId) {
      const row = await tables
        .selectFrom('device_models')
        .select('document')
        .where('station_id', '=', stationId)
        .executeTakeFirst();
      return row && fromDocument<DeviceModel>(row.document);
    },
    async put(stationId, model) {
      const document = toDocument(model);
      await tables
        .insertInto('device_models')
        .values({ station_id: stationId, document })
        .onConflict((row) => row.column('station_id').doUpdateSet({ document }))
        .execute();
    },
  };
}
