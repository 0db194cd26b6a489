import type { CdrRecord, LedgerPage, Store, TransactionRecord } from '@roambridge/core';
import type { Session } from '@roambridge/domain';
import { fromDocument } from '../encoding/document.js';
import type { StoreContext } from './context.js';

/** Sessions beside their transactions and CDRs, in the order in which they began. */
export function ledgerStore({ tables }: Pick<StoreContext, 'tables'>): Store['ledger'] {
  return {
    async page({ after, limit }) {
      // Sessions are read first: one that is over has its CDR by the time the CDRs are read (C4).
      const sessions = await tables
        .selectFrom('sessions')
        .select(['seq', 'id', 'partner_id', 'station_id', 'transaction_id', 'document'])
        .where('seq', '>', after)
        .orderBy('seq')
        .limit(limit)
        .execute();
      if (sessions.length === 0) return [];
      const transactions = await tables
        .selectFrom('transactions')
        .select(['id', 'document'])
        .where(
          'id',
          'in',
          sessions.map((row) => row.transaction_id),
        )
        .execute();
      const cdrs = await tables
        .selectFrom('cdrs')
        .select(['session_id', 'document'])
        .where(
          'session_id',
          'in',
          sessions.map((row) => row.id),
        )
        .orderBy('seq')
        .execute();
      const byId = new Map(transactions.map((row) => [row.id, row.document]));
      return sessions.map((row): LedgerPage[number] => {
        const transaction = byId.get(row.transaction_id);
        return {
          seq: row.seq,
          partnerId: row.partner_id,
          stationId: row.station_id,
          session: fromDocument<Session>(row.document),
          ...(transaction === undefined ? {} : { transaction: fromDocument<TransactionRecord>(transaction) }),
          cdrs: cdrs
            .filter((cdr) => cdr.session_id === row.id)
            .map((cdr) => fromDocument<CdrRecord>(cdr.document)),
        };
      });
    },
  };
}
