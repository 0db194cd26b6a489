import type { ExchangeRecord, Store } from '@roambridge/core';
import { CompiledQuery, type Selectable } from 'kysely';
import type { Tables } from '../database/tables.js';
import { defineRows } from '../encoding/row-source.js';
import type { StoreContext } from './context.js';
import { before, cursorPage, oneMore } from './paging.js';

type Row = Selectable<Tables['exchanges']>;

/** Rows that one database transaction removes, so that none takes long. */
const PRUNE_ROWS = 10_000;
/** Newest exchanges of a partner among which its last success is looked for. */
const SEARCHED_ROWS = 1_000;

const ROWS = defineRows<ExchangeRecord>('exchanges', {
  partner_id: ['text', (exchange) => exchange.partnerId],
  at: ['int8', (exchange) => exchange.at],
  direction: ['text', (exchange) => exchange.direction],
  method: ['text', (exchange) => exchange.method],
  url: ['text', (exchange) => exchange.url],
  http_status: ['int8', (exchange) => exchange.httpStatus],
  status_code: ['int8', (exchange) => exchange.statusCode],
  latency_ms: ['float8', (exchange) => exchange.latencyMs],
  request_id: ['text', (exchange) => exchange.requestId],
  correlation_id: ['text', (exchange) => exchange.correlationId],
  request_body: ['text', (exchange) => exchange.requestBody],
  response_body: ['text', (exchange) => exchange.responseBody],
  error: ['text', (exchange) => exchange.error],
});

const COLUMNS = `partner_id, at, direction, method, url, http_status, status_code, latency_ms, request_id,
  correlation_id, request_body, response_body, error`;
const APPEND = `insert into exchanges (${COLUMNS}) select ${COLUMNS} from ${ROWS.from(1)}`;

/** The journal of HTTP exchanges with partners. */
export function exchangeStore({ tables }: Pick<StoreContext, 'tables'>): Store['exchanges'] {
  return {
    async append(records) {
      if (records.length > 0) await tables.executeQuery(CompiledQuery.raw(APPEND, ROWS.values(records)));
    },
    async page(query) {
      let rows = tables
        .selectFrom('exchanges')
        .selectAll()
        .where('partner_id', '=', query.partnerId)
        .where('id', '<', before(query))
        .orderBy('id', 'desc')
        .limit(oneMore(query));
      if (query.direction !== undefined) rows = rows.where('direction', '=', query.direction);
      return cursorPage(await rows.execute(), query, (row): number => row.id, toExchange);
    },
    async correlated(correlationIds, limit) {
      const rows = await tables
        .selectFrom('exchanges')
        .selectAll()
        .where('correlation_id', 'in', [...correlationIds])
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map(toExchange);
    },
    async lastSuccess(partnerId) {
      const newest = tables
        .selectFrom('exchanges')
        .select(['direction', 'at', 'status_code'])
        .where('partner_id', '=', partnerId)
        .orderBy('id', 'desc')
        .limit(SEARCHED_ROWS);
      const rows = await tables
        .selectFrom(newest.as('newest'))
        .select((eb) => ['direction', eb.fn.max<number>('at').as('at')])
        .where('status_code', '>=', 1000)
        .where('status_code', '<', 2000)
        .groupBy('direction')
        .execute();
      return Object.fromEntries(rows.map(({ direction, at }) => [direction, at]));
    },
    async prune(beforeAt) {
      let pruned = 0;
      for (;;) {
        const old = tables.selectFrom('exchanges').select('id').where('at', '<', beforeAt).limit(PRUNE_ROWS);
        const { numDeletedRows } = await tables
          .deleteFrom('exchanges')
          .where('id', 'in', old)
          .executeTakeFirst();
        pruned += Number(numDeletedRows);
        if (numDeletedRows < BigInt(PRUNE_ROWS)) return pruned;
      }
    },
  };
}

function toExchange(row: Row): ExchangeRecord & { id: string } {
  return {
    id: String(row.id),
    partnerId: row.partner_id,
    at: row.at,
    direction: row.direction as ExchangeRecord['direction'],
    method: row.method,
    url: row.url,
    httpStatus: row.http_status,
    statusCode: row.status_code,
    latencyMs: row.latency_ms,
    requestId: row.request_id,
    correlationId: row.correlation_id,
    requestBody: row.request_body,
    responseBody: row.response_body,
    error: row.error,
  };
}
