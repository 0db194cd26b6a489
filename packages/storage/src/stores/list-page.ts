import type { ListPage, ListQuery } from '@roambridge/core';
import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.js';
import { StorageError } from '../errors.js';

/** Order of a page's rows as they are read. */
export type Direction = 'asc' | 'desc';

/** The part of a select query that paging needs. */
export interface Pageable<Row> {
  offset(rows: number): Pageable<Row>;
  limit(rows: number): Pageable<Row>;
  execute(): Promise<Row[]>;
}

/**
 * A page of an OCPI list and the number of all its objects, both of one moment. A page that follows another begins
 * after that one's last row: rows that came to match, or ceased to, meanwhile shift nothing, and a page costs the same
 * wherever it is. Without that, the second half of a list is read from its end.
 */
export async function listPage<Row, Item>(options: {
  tables: Kysely<Tables>;
  query: Pick<ListQuery, 'offset' | 'limit' | 'after' | 'total'>;
  count: (tables: Kysely<Tables>) => { executeTakeFirstOrThrow(): Promise<{ total: number }> };
  /** The matching rows by creation, in the direction asked for; those after a position where there is one. */
  page: (tables: Kysely<Tables>, direction: Direction, after: number[] | undefined) => Pageable<Row>;
  /** Where a row stands: what `page` gets as `after`, one or two whole numbers. */
  position: (row: Row) => number[];
  items: (rows: readonly Row[], tables: Kysely<Tables>) => Item[] | Promise<Item[]>;
}): Promise<ListPage<Item>> {
  const { offset, limit, after, total: known } = options.query;

  async function rowsAfter(
    tables: Kysely<Tables>,
    position: number[],
  ): Promise<{ rows: Row[]; more: boolean }> {
    const rows = await options
      .page(tables, 'asc', position)
      .limit(limit + 1)
      .execute();
    return { rows: rows.slice(0, limit), more: rows.length > limit };
  }

  async function rowsAt(tables: Kysely<Tables>, total: number): Promise<{ rows: Row[]; more: boolean }> {
    const size = Math.min(limit, total - offset);
    if (size <= 0) return { rows: [], more: false };
    const fromEnd = offset > total / 2;
    const rows = await options
      .page(tables, fromEnd ? 'desc' : 'asc', undefined)
      .offset(fromEnd ? total - offset - size : offset)
      .limit(size)
      .execute();
    if (fromEnd) rows.reverse();
    return { rows, more: offset + size < total };
  }

  return options.tables
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tables) => {
      const total =
        after !== undefined && known !== undefined
          ? known
          : (await options.count(tables).executeTakeFirstOrThrow()).total;
      const { rows, more } =
        after === undefined ? await rowsAt(tables, total) : await rowsAfter(tables, readPosition(after));
      const last = rows.at(-1);
      const items = await options.items(rows, tables);
      return {
        items,
        total,
        ...(more && last !== undefined ? { next: options.position(last).join('.') } : {}),
      };
    });
}

function readPosition(after: string): number[] {
  if (!/^\d{1,16}(\.\d{1,16})?$/.test(after)) {
    throw new StorageError('CURSOR_INVALID', 'after: not a position of this list');
  }
  return after.split('.').map(Number);
}
