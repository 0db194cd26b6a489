import type { TransactionRecord } from '@roambridge/core';
import { toDocument } from '../encoding/document.js';
import { collect, defineWriter, lastOfEach } from './writer.js';

export const transactions = defineWriter<TransactionRecord>({
  table: 'transactions',
  columns: {
    id: ['text', (transaction) => transaction.id],
    station_id: ['text', (transaction) => transaction.stationId],
    ocpp_transaction_id: ['text', (transaction) => transaction.ocppTransactionId],
    natural_key: ['text', (transaction) => transaction.naturalKey ?? null],
    started_at: ['int8', (transaction) => transaction.startedAt],
    open: ['bool', (transaction) => transaction.open],
    document: ['document', toDocument],
  },
  rows: (group) =>
    lastOfEach(
      collect(group, (writes) => writes.transactions),
      (transaction) => transaction.id,
    ),
  statement: (
    rows,
  ) => `insert into transactions (id, station_id, ocpp_transaction_id, natural_key, started_at, open, document)
    select * from ${rows}
    on conflict (id) do update set station_id = excluded.station_id,
      ocpp_transaction_id = excluded.ocpp_transaction_id, natural_key = excluded.natural_key, started_at = excluded.started_at,
      open = excluded.open, document = excluded.document`,
});
