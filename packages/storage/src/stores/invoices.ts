import type { InvoiceKey, ListQuery, Store, StoredInvoice } from '@roambridge/core';
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../database/tables.js';
import { fromDocument, timeOf, toDocument } from '../encoding/document.js';
import type { StoreContext } from './context.js';
import { markDirty } from './delivery-marks.js';
import { countAndSkip, listPage } from './list-page.js';
import { createListPlaces } from './list-places.js';
import { before, cursorPage, oneMore } from './paging.js';

/** Records of invoices, by partner and by who wrote them. */
export function invoiceStore({ tables, now }: Pick<StoreContext, 'tables' | 'now'>): Store['invoices'] {
  const places = createListPlaces(now);
  return {
    put: (invoice, dirty) =>
      tables.transaction().execute(async (tables) => {
        const { created } = await tables
          .insertInto('invoices')
          .values({
            ...columns({ ...invoice, ...invoice.record }),
            last_updated: timeOf(invoice.record.last_updated, 'invoice.last_updated'),
            document: toDocument(invoice),
          })
          .onConflict((row) =>
            row.constraint('invoices_key').doUpdateSet((eb) => ({
              last_updated: eb.ref('excluded.last_updated'),
              document: eb.ref('excluded.document'),
            })),
          )
          .returning(sql<boolean>`xmax = 0`.as('created'))
          .executeTakeFirstOrThrow();
        await markDirty(tables, dirty);
        return { created };
      }),
    async get(key) {
      const row = await matchingKey(tables.selectFrom('invoices').select('document'), key).executeTakeFirst();
      return row && toInvoice(row);
    },
    remove: (key, dirty) =>
      tables.transaction().execute(async (tables) => {
        const { numDeletedRows } = await matchingKey(tables.deleteFrom('invoices'), key).executeTakeFirst();
        if (numDeletedRows === 0n) return false;
        await markDirty(tables, dirty);
        return true;
      }),
    list: (query) =>
      listPage({
        tables,
        places,
        marked: false,
        name: `invoices ${query.sender} ${query.partnerId}`,
        query,
        find: (tables, offset) => countAndSkip(tables, matching(tables, query).select('seq'), offset),
        rows: (tables, after, limit) => {
          const rows = matching(tables, query).select(['seq', 'document']).orderBy('seq').limit(limit);
          return (after === undefined ? rows : rows.where('seq', '>', after[0] ?? 0)).execute();
        },
        position: ({ seq }) => [seq],
        items: (rows) => rows.map(toInvoice),
      }),
    async page(query) {
      const rows = await tables
        .selectFrom('invoices')
        .select(['seq', 'document'])
        .where('partner_id', '=', query.partnerId)
        .where('seq', '<', before(query))
        .orderBy('seq', 'desc')
        .limit(oneMore(query))
        .execute();
      return cursorPage(rows, query, (row) => row.seq, toInvoice);
    },
  };
}

/** Ids of OCPI 2.2 and later are the same in any case (TR-030). */
function columns({ partnerId, sender, country_code, party_id, id }: InvoiceKey) {
  return {
    partner_id: partnerId,
    sender,
    invoice_key: [country_code, party_id, id].join('/').toUpperCase(),
  };
}

interface Keyed<Query> {
  where(column: 'partner_id' | 'sender' | 'invoice_key', operator: '=', value: string): Query;
}

function matchingKey<Query extends Keyed<Query>>(query: Query, key: InvoiceKey): Query {
  const { partner_id, sender, invoice_key } = columns(key);
  return query
    .where('partner_id', '=', partner_id)
    .where('sender', '=', sender)
    .where('invoice_key', '=', invoice_key);
}

function matching(tables: Kysely<Tables>, query: ListQuery & Pick<StoredInvoice, 'partnerId' | 'sender'>) {
  let rows = tables
    .selectFrom('invoices')
    .where('partner_id', '=', query.partnerId)
    .where('sender', '=', query.sender);
  if (query.dateFrom !== undefined) rows = rows.where('last_updated', '>=', query.dateFrom);
  if (query.dateTo !== undefined) rows = rows.where('last_updated', '<', query.dateTo);
  return rows;
}

function toInvoice(row: { document: string }): StoredInvoice {
  return fromDocument<StoredInvoice>(row.document);
}
