import type { CdrRecord } from '@roambridge/core';
import type { EpochMs } from '@roambridge/domain';
import { toDocument } from '../encoding/document.js';
import { collect, defineWriter } from './writer.js';

/** CD-04: what the partner may have seen is never changed. */
function isChangeable(record: CdrRecord, now: EpochMs): boolean {
  return record.hold !== undefined || record.releaseAt > now;
}

export const cdrs = defineWriter<{ record: CdrRecord; now: EpochMs }>({
  table: 'cdrs',
  columns: {
    id: ['text', ({ record }) => record.cdr.id],
    partner_id: ['text', ({ record }) => record.partnerId],
    station_id: ['text', ({ record }) => record.stationId],
    transaction_id: ['text', ({ record }) => record.transactionId],
    session_id: ['text', ({ record }) => record.cdr.session_id],
    hold: ['text', ({ record }) => record.hold ?? null],
    release_at: ['int8', ({ record }) => record.releaseAt],
    document: ['document', ({ record }) => toDocument(record)],
    written_at: ['int8', ({ now }) => now],
  },
  rows(group, now) {
    const merged = new Map<string, CdrRecord>();
    for (const record of collect(group, (writes) => writes.cdrs)) {
      const earlier = merged.get(record.cdr.id);
      if (!earlier || isChangeable(earlier, now)) merged.set(record.cdr.id, record);
    }
    return [...merged.values()].map((record) => ({ record, now }));
  },
  statement: (
    rows,
    parameter,
  ) => `insert into cdrs (id, partner_id, station_id, transaction_id, session_id, hold, release_at,
      document)
    select id, partner_id, station_id, transaction_id, session_id, hold, release_at, document from ${rows}
    on conflict (id) do update set partner_id = excluded.partner_id, station_id = excluded.station_id,
      transaction_id = excluded.transaction_id, session_id = excluded.session_id, hold = excluded.hold,
      release_at = excluded.release_at, document = excluded.document
    where cdrs.hold is not null or cdrs.release_at > (${parameter('written_at')})[1]`,
});
