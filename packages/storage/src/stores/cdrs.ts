import type { CdrRecord, Delivery, Store } from '@roambridge/core';
import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.js';
import { fromDocument } from '../encoding/document.js';
import type { StoreContext } from './context.js';
import { listPage } from './list-page.js';
import { before, cursorPage, oneMore } from './paging.js';
import { deliveriesOf, isTold } from './told.js';

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
      let rows = tables
        .selectFrom('cdrs')
        .select(['seq', 'id', 'partner_id', 'document'])
        .where('seq', '<', before(query))
        .orderBy('seq', 'desc')
        .limit(oneMore(query));
      if (query.partnerId !== undefined) rows = rows.where('partner_id', '=', query.partnerId);
      if (query.stationId !== undefined) rows = rows.where('station_id', '=', query.stationId);
      if (query.releasedFrom !== undefined) rows = rows.where('release_at', '>=', query.releasedFrom);
      if (query.releasedTo !== undefined) rows = rows.where('release_at', '<', query.releasedTo);
      if (query.delivery === 'held') rows = rows.where('hold', 'is not', null);
      else if (query.delivery !== undefined)
        rows = rows.where('hold', 'is', null).where(isTold({ kind: 'cdr', table: 'cdrs' }, query.delivery));
      const found = await rows.execute();
      const deliveryOf = await deliveriesOf(tables, 'cdr', found);
      return cursorPage(
        found,
        query,
        (row) => row.seq,
        (row): CdrRecord & { delivery?: Delivery } => {
          const delivery = deliveryOf(row);
          return { ...toCdr(row), ...(delivery ? { delivery } : {}) };
        },
      );
    },
  };
}

function toCdr(row: { document: string }): CdrRecord {
  return fromDocument<CdrRecord>(row.document);
}
