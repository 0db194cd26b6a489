import type { CdrRecord, Delivery, ListQuery, Store } from '@roambridge/core';
import type { EpochMs } from '@roambridge/domain';
import { sql } from 'kysely';
import { fromDocument } from '../encoding/document.js';
import type { StoreContext } from './context.js';
import { extendMarks, lookUp, type MarkedList, type Position } from './list-marks.js';
import { listPage } from './list-page.js';
import { createListPlaces } from './list-places.js';
import { before, cursorPage, oneMore } from './paging.js';
import { deliveriesOf, isTold } from './told.js';

/** A CDR is committed long before its release, or at it; one that is later than this finds its list already counted. */
const SETTLED_AFTER_MS = 5 * 60_000;

/** Charge detail records; written by group commits only. */
export function cdrStore({ tables, now }: Pick<StoreContext, 'tables' | 'now'>): Store['cdrs'] {
  const places = createListPlaces(now);
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
    async list(query) {
      const list = releasedTo(query.partnerId, query.now);
      const [begin, end] = spanOf(query);
      let unmarked = 0;
      const page = await listPage({
        tables,
        places,
        marked: true,
        name: list.name,
        query,
        async find(tables, offset) {
          const skipped = begin ? (await lookUp(tables, list, { end: begin })).total : 0;
          const found = await lookUp(tables, list, {
            end,
            offset: offset === undefined ? undefined : offset + skipped,
          });
          unmarked = found.unmarked;
          return { ...found, total: Math.max(0, found.total - skipped) };
        },
        rows: (tables, after = begin ?? [0, 0], limit) =>
          tables
            .selectFrom('cdrs')
            .select(['release_at', 'seq', 'document'])
            .where('partner_id', '=', query.partnerId)
            .where('hold', 'is', null)
            .where(({ and, eb, refTuple, tuple }) => {
              const key = refTuple('release_at', 'seq');
              return and([
                eb(key, '>', tuple(after[0] ?? 0, after[1] ?? 0)),
                eb(key, '<', tuple(end[0] ?? 0, end[1] ?? 0)),
              ]);
            })
            .orderBy('release_at')
            .orderBy('seq')
            .limit(limit)
            .execute(),
        position: ({ release_at, seq }) => [release_at, seq],
        items: (rows) => rows.map(toCdr),
      });
      await extendMarks(tables, list, unmarked);
      return page;
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
          return Object.assign(toCdr(row), delivery ? { delivery } : {});
        },
      );
    },
  };
}

/** All that the partner may see, now or later. */
function releasedTo(partnerId: string, now: EpochMs): MarkedList {
  return {
    name: `cdrs ${partnerId}`,
    rows: sql`cdrs where partner_id = ${partnerId} and hold is null`,
    order: ['release_at', 'seq'],
    settledBefore: [now - SETTLED_AFTER_MS, 0],
  };
}

/** From the first position, or the beginning, to before the second: a CDR's last update is its release (CD-01). */
function spanOf(query: ListQuery & { now: EpochMs }): [Position | undefined, Position] {
  const end = Math.min(query.now + 1, query.dateTo ?? Number.POSITIVE_INFINITY);
  return [query.dateFrom === undefined ? undefined : [query.dateFrom, 0], [end, 0]];
}

function toCdr(row: { document: string }): CdrRecord {
  return fromDocument<CdrRecord>(row.document);
}
