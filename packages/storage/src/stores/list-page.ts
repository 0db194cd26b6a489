import type { ListPage, ListQuery } from '@roambridge/core';
import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.js';

/** Order of a page's rows as they are read. */
export type Direction = 'asc' | 'desc';

/** The part of a select query that paging needs. */
export interface Pageable<Row> {
  offset(rows: number): Pageable<Row>;
  limit(rows: number): Pageable<Row>;
  execute(): Promise<Row[]>;
}

/**
 * A page of an OCPI list and the number of all its objects, both of one moment. The second half of a list is read
 * from its end, so that the last page costs no more than the first.
 */
export async function listPage<Row, Item>(options: {
  tables: Kysely<Tables>;
  query: Pick<ListQuery, 'offset' | 'limit'>;
  count: (tables: Kysely<Tables>) => { executeTakeFirstOrThrow(): Promise<{ total: number }> };
  /** The matching rows by creation, in the direction asked for. */
  page: (tables: Kysely<Tables>, direction: Direction) => Pageable<Row>;
  items: (rows: readonly Row[], tables: Kysely<Tables>) => Item[] | Promise<Item[]>;
}): Promise<ListPage<Item>> {
  const { offset, limit } = options.query;
  return options.tables
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tables) => {
      const { total } = await options.count(tables).executeTakeFirstOrThrow();
      const size = Math.min(limit, total - offset);
      if (size <= 0) return { items: [], total };
      const fromEnd = offset > total / 2;
      const rows = await options
        .page(tables, fromEnd ? 'desc' : 'asc')
        .offset(fromEnd ? total - offset - size : offset)
        .limit(size)
        .execute();
      if (fromEnd) rows.reverse();
      return { items: await options.items(rows, tables), total };
    });
}
