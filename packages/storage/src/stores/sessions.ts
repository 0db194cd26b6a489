import type { Delivery, SessionRecord, Store } from '@roambridge/core';
import type { EpochMs } from '@roambridge/domain';
import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.js';
import { fromDocument } from '../encoding/document.js';
import type { StoreContext } from './context.js';
import { countAndSkip, listPage } from './list-page.js';
import { createListPlaces } from './list-places.js';
import { mentions } from './mentions.js';
import { before, cursorPage, oneMore } from './paging.js';
import { deliveriesOf, isTold } from './told.js';

export const sessionColumns = [
  'seq',
  'partner_id',
  'station_id',
  'transaction_id',
  'document',
  'snapshot',
] as const;

export interface SessionRow {
  partner_id: string;
  station_id: string;
  transaction_id: string;
  document: string;
  snapshot: string;
}

/** As the database computes it for the index. */
function hourOf(ms: EpochMs): number {
  return Math.trunc(ms / 3_600_000);
}

/** The partners' views of transactions; written by group commits only. */
export function sessionStore({ tables, now }: Pick<StoreContext, 'tables' | 'now'>): Store['sessions'] {
  const places = createListPlaces(now);
  const sessions = tables.selectFrom('sessions');
  return {
    async get(id) {
      const row = await sessions.select(sessionColumns).where('id', '=', id).executeTakeFirst();
      return row && toSession(row);
    },
    async getMany(ids) {
      if (ids.length === 0) return [];
      const rows = await sessions
        .select(sessionColumns)
        .where('id', 'in', [...ids])
        .execute();
      return rows.map(toSession);
    },
    async ofTransaction(transactionId) {
      const rows = await sessions
        .select(sessionColumns)
        .where('transaction_id', '=', transactionId)
        .orderBy('seq')
        .execute();
      return rows.map(toSession);
    },
    async list(query) {
      const matching = (tables: Kysely<Tables>) => {
        let rows = tables.selectFrom('sessions').where('partner_id', '=', query.partnerId);
        if (query.dateFrom !== undefined)
          rows = rows
            .where('last_updated', '>=', query.dateFrom)
            .where('last_updated_hour', '>=', hourOf(query.dateFrom));
        if (query.dateTo !== undefined)
          rows = rows
            .where('last_updated', '<', query.dateTo)
            .where('last_updated_hour', '<=', hourOf(query.dateTo));
        return rows;
      };
      return listPage({
        tables,
        places,
        marked: false,
        name: query.partnerId,
        query,
        find: (tables, offset) => countAndSkip(tables, matching(tables).select('seq'), offset),
        rows: (tables, after, limit) => {
          const rows = matching(tables).select(sessionColumns).orderBy('seq').limit(limit);
          return (after === undefined ? rows : rows.where('seq', '>', after[0] ?? 0)).execute();
        },
        position: ({ seq }) => [seq],
        items: (rows) => rows.map(toSession),
      });
    },
    async page(query) {
      let rows = sessions
        .select([...sessionColumns, 'id'])
        .where('seq', '<', before(query))
        .orderBy('seq', 'desc')
        .limit(oneMore(query));
      if (query.stationId !== undefined) rows = rows.where('station_id', '=', query.stationId);
      if (query.partnerId !== undefined) rows = rows.where('partner_id', '=', query.partnerId);
      if (query.status !== undefined) rows = rows.where(mentions('status', query.status));
      if (query.delivery !== undefined)
        rows = rows.where(isTold({ kind: 'session', table: 'sessions' }, query.delivery));
      const found = await rows.execute();
      const deliveryOf = await deliveriesOf(tables, 'session', found);
      return cursorPage(
        found,
        query,
        (row) => row.seq,
        (row): SessionRecord & { delivery?: Delivery } => {
          const delivery = deliveryOf(row);
          return { ...toSession(row), ...(delivery ? { delivery } : {}) };
        },
      );
    },
  };
}

export function toSession(row: SessionRow): SessionRecord {
  return {
    partnerId: row.partner_id,
    stationId: row.station_id,
    transactionId: row.transaction_id,
    session: fromDocument(row.document),
    snapshot: fromDocument(row.snapshot),
  };
}
