import type { Delivery } from '@roambridge/core';
import { type Expression, type Kysely, type SqlBool, sql } from 'kysely';
import type { Tables } from '../database/tables.js';
import { DELIVERY_COLUMNS, toDelivery } from './delivery-rows.js';

/** Documents that partners are told of: the kind of delivery and the table are named alike. */
type Told = { kind: 'session' | 'cdr'; table: 'sessions' | 'cdrs' };

interface Document {
  partner_id: string;
  id: string;
}

/** How far partners were told of these documents. */
export async function deliveriesOf<Row extends Document>(
  tables: Kysely<Tables>,
  kind: Told['kind'],
  documents: readonly Row[],
): Promise<(document: Document) => Delivery | undefined> {
  if (documents.length === 0) return () => undefined;
  const rows = await tables
    .selectFrom('deliveries')
    .select(DELIVERY_COLUMNS)
    .where('partner_id', 'in', [...new Set(documents.map((document) => document.partner_id))])
    .where('kind', '=', kind)
    .where(
      'key',
      'in',
      documents.map(({ id }) => id),
    )
    .execute();
  const told = new Map(rows.map((row) => [`${row.partner_id} ${row.key}`, toDelivery(row)]));
  return ({ partner_id, id }) => told.get(`${partner_id} ${id}`);
}

/** Whether the delivery of a document is in this state. */
export function isTold({ kind, table }: Told, state: Delivery['state']): Expression<SqlBool> {
  return sql<SqlBool>`exists (select 1 from deliveries d where d.partner_id = ${sql.ref(`${table}.partner_id`)}
    and d.kind = ${kind} and d.key = ${sql.ref(`${table}.id`)} and d.state = ${state})`;
}
