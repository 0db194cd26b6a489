import type { StationJob } from '@roambridge/core';
import { toDocument } from '../encoding/document.js';
import { collect, defineWriter, lastOfEach } from './writer.js';

export const jobs = defineWriter<StationJob>({
  table: 'jobs',
  columns: {
    id: ['text', (job) => job.id],
    station_id: ['text', (job) => job.stationId],
    kind: ['text', (job) => job.kind],
    updated_at: ['int8', (job) => job.updatedAt],
    document: ['document', toDocument],
  },
  rows: (group) =>
    lastOfEach(
      collect(group, (writes) => writes.jobs),
      (job) => job.id,
    ),
  statement: (rows) => `insert into jobs (id, station_id, kind, updated_at, document)
    select * from ${rows}
    on conflict (id) do update set updated_at = excluded.updated_at, document = excluded.document`,
});
