import type { SessionRecord, SessionSnapshot } from '@roambridge/core';
import { timeOf, toDocument } from '../encoding/document.js';
import { collect, defineWriter } from './writer.js';

/** A session is written often, always with the snapshot object that it began with. */
const snapshotTexts = new WeakMap<SessionSnapshot, string>();

function snapshotText(snapshot: SessionSnapshot): string {
  const known = snapshotTexts.get(snapshot);
  if (known !== undefined) return known;
  const text = toDocument(snapshot);
  snapshotTexts.set(snapshot, text);
  return text;
}

/** D3-002: the snapshot is that of the first write, whatever later ones carry. */
export const sessions = defineWriter<SessionRecord>({
  table: 'sessions',
  columns: {
    id: ['text', ({ session }) => session.id],
    partner_id: ['text', (record) => record.partnerId],
    station_id: ['text', (record) => record.stationId],
    transaction_id: ['text', (record) => record.transactionId],
    last_updated: ['int8', ({ session }) => timeOf(session.last_updated, 'sessions.last_updated')],
    document: ['document', ({ session }) => toDocument(session)],
    snapshot: ['document', ({ snapshot }) => snapshotText(snapshot)],
  },
  rows(group) {
    const merged = new Map<string, SessionRecord>();
    for (const record of collect(group, (writes) => writes.sessions)) {
      const first = merged.get(record.session.id);
      merged.set(record.session.id, first ? { ...record, snapshot: first.snapshot } : record);
    }
    return [...merged.values()];
  },
  statement: (
    rows,
  ) => `insert into sessions (id, partner_id, station_id, transaction_id, last_updated, document,
      snapshot)
    select * from ${rows}
    on conflict (id) do update set partner_id = excluded.partner_id, station_id = excluded.station_id,
      transaction_id = excluded.transaction_id, last_updated = excluded.last_updated,
      document = excluded.document,
      -- A reservation becomes a transaction: where it stands is known better then.
      snapshot = case when sessions.transaction_id = excluded.transaction_id then sessions.snapshot
        else excluded.snapshot end`,
});
