import type { EvseStatusWrite } from '@roambridge/core';
import { collect, defineWriter, lastOfEach } from './writer.js';

/** EVSEs that no location has are left out: the station may report before its location is entered. */
export const evseStatuses = defineWriter<EvseStatusWrite>({
  table: 'evses',
  columns: {
    station_id: ['text', (write) => write.stationId],
    evse_id: ['int8', (write) => write.evseId],
    status: ['text', (write) => write.status],
    last_updated: ['int8', (write) => write.lastUpdated],
  },
  rows: (group) =>
    lastOfEach(
      collect(group, (writes) => writes.evseStatuses),
      (write) => `${write.evseId} ${write.stationId}`,
    ),
  statement: (rows) => `update evses set status = new.status,
      last_updated = greatest(evses.last_updated, new.last_updated)
    from ${rows}
    where evses.station_id = new.station_id and evses.evse_id = new.evse_id and evses.status <> 'REMOVED'`,
});
