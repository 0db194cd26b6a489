import type { Store, TransactionEventRecord, TransactionRecord } from '@roambridge/core';
import { fromDocument } from '../encoding/document.js';
import type { StoreContext } from './context.js';
import { before, cursorPage, oneMore } from './paging.js';

/** The chargers' records of transactions; written by group commits only. */
export function transactionStore({ tables }: Pick<StoreContext, 'tables'>): Store['transactions'] {
  const documents = tables.selectFrom('transactions').select('document');
  return {
    async get(id) {
      return toTransaction(await documents.where('id', '=', id).executeTakeFirst());
    },
    async events(id) {
      const rows = await tables
        .selectFrom('transaction_events')
        .selectAll()
        .where('transaction_id', '=', id)
        .orderBy('ordinal')
        .execute();
      return rows.map(toEvent);
    },
    async findByNaturalKey(stationId, naturalKey) {
      const found = documents.where('station_id', '=', stationId).where('natural_key', '=', naturalKey);
      return toTransaction(await found.executeTakeFirst());
    },
    async findByOcppId(stationId, ocppTransactionId) {
      const found = documents
        .where('station_id', '=', stationId)
        .where('ocpp_transaction_id', '=', ocppTransactionId)
        // After a factory reset a charger may use its ids again: the newest is meant.
        .orderBy('seq', 'desc')
        .limit(1);
      return toTransaction(await found.executeTakeFirst());
    },
    async list(query) {
      let rows = tables
        .selectFrom('transactions')
        .select(['seq', 'document'])
        .where('seq', '<', before(query))
        .orderBy('seq', 'desc')
        .limit(oneMore(query));
      if (query.stationId !== undefined) rows = rows.where('station_id', '=', query.stationId);
      if (query.open !== undefined) rows = rows.where('open', '=', query.open);
      return cursorPage(
        await rows.execute(),
        query,
        (row) => row.seq,
        (row) => fromDocument<TransactionRecord>(row.document),
      );
    },
  };
}

function toTransaction(row: { document: string } | undefined): TransactionRecord | undefined {
  return row && fromDocument<TransactionRecord>(row.document);
}

export function toEvent(row: {
  transaction_id: string;
  ordinal: number;
  station_id: string;
  document: string;
}): TransactionEventRecord {
  return {
    transactionId: row.transaction_id,
    stationId: row.station_id,
    ordinal: row.ordinal,
    ...fromDocument<Pick<TransactionEventRecord, 'event' | 'messageId' | 'context'>>(row.document),
  };
}
