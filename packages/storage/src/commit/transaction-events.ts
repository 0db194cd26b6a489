import type { TransactionEventRecord } from '@roambridge/core';
import { toDocument } from '../encoding/document.js';
import { collect, defineWriter } from './writer.js';

/** Nothing is merged: a repeated ordinal is an error of the station that sent it. */
export const transactionEvents = defineWriter<TransactionEventRecord>({
  table: 'transaction_events',
  columns: {
    transaction_id: ['text', (record) => record.transactionId],
    ordinal: ['int8', (record) => record.ordinal],
    station_id: ['text', (record) => record.stationId],
    document: ['document', ({ event, messageId, context }) => toDocument({ event, messageId, context })],
  },
  rows: (group) => collect(group, (writes) => writes.transactionEvents),
  statement: (rows) => `insert into transaction_events (transaction_id, ordinal, station_id, document)
    select * from ${rows}`,
});
