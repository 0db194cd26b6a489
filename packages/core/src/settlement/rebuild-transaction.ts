import { type EventContext, foldEvent, newTransaction, type Transaction } from '@roambridge/domain';
import type { TransactionEventRecord, TransactionRecord } from '../model/transaction.js';

/** A transaction out of its recorded events, as it was folded when they came; undefined when there are none. */
export function rebuildTransaction(
  record: Pick<TransactionRecord, 'id' | 'stationId' | 'ocppTransactionId' | 'naturalKey'>,
  events: readonly TransactionEventRecord[],
): Transaction | undefined {
  let transaction: Transaction | undefined;
  for (const { event, context } of [...events].sort((a, b) => a.ordinal - b.ordinal)) {
    transaction ??= newTransaction(
      {
        id: record.id,
        stationId: record.stationId,
        ocppTransactionId: record.ocppTransactionId,
        ...(record.naturalKey === undefined ? {} : { naturalKey: record.naturalKey }),
      },
      event,
    );
    transaction = foldEvent(transaction, event, context as EventContext | undefined);
  }
  return transaction;
}
