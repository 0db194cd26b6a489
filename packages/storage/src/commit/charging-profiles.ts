import type { SessionProfile } from '@roambridge/core';
import { toDocument } from '../encoding/document.js';
import { collect, defineWriter, lastOfEach } from './writer.js';

export const chargingProfiles = defineWriter<SessionProfile>({
  table: 'charging_profiles',
  columns: {
    session_id: ['text', (profile) => profile.sessionId],
    transaction_id: ['text', (profile) => profile.transactionId],
    document: ['document', toDocument],
  },
  rows: (group) =>
    lastOfEach(
      collect(group, (writes) => writes.chargingProfiles),
      (profile) => profile.sessionId,
    ),
  statement: (rows) => `insert into charging_profiles (session_id, transaction_id, document)
    select * from ${rows}
    on conflict (session_id) do update set document = excluded.document`,
});
