import type { AttentionRecord } from '@roambridge/core';
import { toDocument } from '../encoding/document.js';
import { collect, defineWriter, lastOfEach } from './writer.js';

/** A record whose id exists is written again, so that what comes back after it was resolved is open again. */
export const attention = defineWriter<AttentionRecord>({
  table: 'attention',
  columns: {
    id: ['text', (record) => record.id],
    resolved_at: ['int8', (record) => record.resolvedAt ?? null],
    document: ['document', toDocument],
  },
  rows: (group) =>
    lastOfEach(
      collect(group, (writes) => writes.attention),
      (record) => record.id,
    ),
  statement: (rows) => `insert into attention (id, resolved_at, document)
    select * from ${rows}
    on conflict (id) do update set resolved_at = excluded.resolved_at, document = excluded.document`,
});
