import type { Station, Store } from '@roambridge/core';
import { fromDocument, toDocument } from '../encoding/document.js';
import { refusingTaken } from './conflict.js';
import type { StoreContext } from './context.js';
import { readSnapshots } from './station-snapshots.js';

/** What the operator entered about stations. */
export function stationStore(context: StoreContext): Store['stations'] {
  const { tables } = context;
  return {
    async list() {
      const rows = await tables.selectFrom('stations').select('document').orderBy('seq').execute();
      return rows.map((row) => fromDocument<Station>(row.document));
    },
    async put(station) {
      await refusingTaken(
        () => `station id ${station.id} differs from that of another station only in case`,
        () =>
          tables
            .insertInto('stations')
            .values({ id: station.id, document: toDocument(station) })
            .onConflict((row) =>
              row.column('id').doUpdateSet({ document: (eb) => eb.ref('excluded.document') }),
            )
            .execute(),
      );
    },
    remove: (id) =>
      tables.transaction().execute(async (tables) => {
        for (const table of ['station_states', 'device_models', 'reports'] as const) {
          await tables.deleteFrom(table).where('station_id', '=', id).execute();
        }
        const { numDeletedRows } = await tables
          .deleteFrom('stations')
          .where('id', '=', id)
          .executeTakeFirst();
        return numDeletedRows > 0n;
      }),
    snapshots: (ids) => readSnapshots(context, ids),
    async unfinished() {
      const rows = await tables
        .selectFrom('transactions')
        .select('station_id')
        .where('open', '=', true)
        .union(tables.selectFrom('commands').select('station_id').where('state', '<>', 'settled'))
        .orderBy('station_id')
        .execute();
      return rows.map((row) => row.station_id);
    },
  };
}
