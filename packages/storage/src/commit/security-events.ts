import type { SecurityEvent } from '@roambridge/core';
import { toDocument } from '../encoding/document.js';
import { collect, defineWriter, lastOfEach } from './writer.js';

/** An audit log: what is in it is never changed. */
export const securityEvents = defineWriter<SecurityEvent>({
  table: 'security_events',
  columns: {
    id: ['text', (event) => event.id],
    station_id: ['text', (event) => event.stationId],
    critical: ['bool', (event) => event.critical],
    received_at: ['int8', (event) => event.receivedAt],
    document: ['document', toDocument],
  },
  rows: (group) =>
    lastOfEach(
      collect(group, (writes) => writes.securityEvents),
      (event) => event.id,
    ),
  statement: (rows) => `insert into security_events (id, station_id, critical, received_at, document)
    select * from ${rows}
    on conflict (id) do nothing`,
});
