import type { CdrRecord, Delivery, Store } from '@roambridge/core';
import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.js';
import { fromDocument } from '../encoding/document.js';
import type { StoreContext } from './context.js';
import { DELIVERY_COLUMNS, toDelivery } from './delivery-rows.js';
import { listPage } from './list-page.js';
import { before, cursorPage, oneMore } from './paging.js';

/** Charge detail records; written by group commits only. */
export function cdrStore({ tables }: Pick<StoreContext, 'tables'>): Store['cdrs'] {
  return {
    async get(id) {
      const row = await tables.selectFrom('cdrs').select('document').where('id', '=', id).executeTakeFirst();
      return row && toCdr(row);
    },
    async getMany(ids) {
      if (ids.length === 0) return [];
      const rows = await tables
        .selectFrom('cdrs')
        .select('document')
        .where('id', 'in', [...ids])
        .execute();
      return rows.map(toCdr);
    },
    async ofSession(sessionId) {
      const rows = await tables
        .selectFrom('cdrs')
        .select('document')
        .where('session_id', '=', sessionId)
        .orderBy('seq')
        .execute();
      return rows.map(toCdr);
    },
    /** In the order of release: a CDR that was held comes after those that the partner has read already (PG-08). */
    list: (query) => {
      const matching = (tables: Kysely<Tables>) => {
        let rows = tables
          .selectFrom('cdrs')
          .where('partner_id', '=', query.partnerId)
          .where('hold', 'is', null)
          .where('release_at', '<=', query.now);
        if (query.dateFrom !== undefined) rows = rows.where('release_at', '>=', query.dateFrom);
        if (query.dateTo !== undefined) rows = rows.where('release_at', '<', query.dateTo);
        return rows;
      };
      return listPage({
        tables,
        query,
        count: (tables) => matching(tables).select((eb) => eb.fn.countAll<number>().as('total')),
        page: (tables, direction, after) => {
          const rows = matching(tables)
            .select(['release_at', 'seq', 'document'])
            .orderBy('release_at', direction)
            .orderBy('seq', direction);
          if (after === undefined) return rows;
          const [releaseAt = 0, seq = 0] = after;
          return rows.where(({ eb, refTuple, tuple }) =>
            eb(refTuple('release_at', 'seq'), '>', tuple(releaseAt, seq)),
          );
        },
        position: ({ release_at, seq }) => [release_at, seq],
        items: (rows) => rows.map(toCdr),
      });
    },
    async page(query) {
      const rows = await tables
        .selectFrom('cdrs')
        .select(['seq', 'id', 'partner_id', 'document'])
        .where('seq', '<', before(query))
        .orderBy('seq', 'desc')
        .limit(oneMore(query))
        .execute();
      const told = await deliveriesOf(
        tables,
        rows.map((row) => row.id),
      );
      return cursorPage(
        rows,
        query,
        (row) => row.seq,
        (row): CdrRecord & { delivery?: Delivery } => {
          const delivery = told.get(`${row.partner_id} ${row.id}`);
          return { ...toCdr(row), ...(delivery ? { delivery } : {}) };
        },
      );
    },
  };
}

async function deliveriesOf(tables: Kysely<Tables>, ids: readonly string[]): Promise<Map<string, Delivery>> {
  if (ids.length === 0) return new Map();
  const partners = tables
    .selectFrom('cdrs')
    .select('partner_id')
    .where('id', 'in', [...ids]);
  const rows = await tables
    .selectFrom('deliveries')
    .select(DELIVERY_COLUMNS)
    .where('partner_id', 'in', partners)
    .where('kind', '=', 'cdr')
    .where('key', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [`${row.partner_id} ${row.key}`, toDelivery(row)]));
}

function toCdr(row: { document: string }): CdrRecord {
  return fromDocument<CdrRecord>(row.document);
}
