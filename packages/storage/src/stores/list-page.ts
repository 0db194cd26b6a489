import type { ListPage, ListQuery } from '@roambridge/core';
import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.js';
import { StorageError } from '../errors.js';
import type { Position } from './list-marks.js';
import type { ListPlaces } from './list-places.js';

/**
 * A page of an OCPI list and the number of all its objects, both of one moment. A page begins after the last row of the
 * one before it: rows that came to match, or ceased to, meanwhile shift nothing, and a page costs the same wherever
 * it is.
 */
export async function listPage<Row, Item>(options: {
  tables: Kysely<Tables>;
  places: ListPlaces;
  /** The list and whose it is; with the filters of the query it names what is read. */
  name: string;
  query: ListQuery;
  total: (tables: Kysely<Tables>) => Promise<number>;
  /** The total is found without counting the list. */
  marked: boolean;
  /** Where the row stands that `offset` rows are before; undefined = the list is shorter. */
  rowAt: (tables: Kysely<Tables>, offset: number) => Promise<Position | undefined>;
  /** The matching rows after a position, in order. */
  rows: (tables: Kysely<Tables>, after: Position | undefined, limit: number) => Promise<Row[]>;
  /** Where a row stands: what `rows` gets as `after`. */
  position: (row: Row) => Position;
  items: (rows: readonly Row[], tables: Kysely<Tables>) => Item[] | Promise<Item[]>;
}): Promise<ListPage<Item>> {
  const { query, places } = options;
  const { offset, limit, dateFrom = '', dateTo = '' } = query;
  const list = `${options.name} ${dateFrom} ${dateTo}`;
  const place = query.after === undefined ? places.at(list, offset) : query;
  const known = options.marked ? query.total : place?.total;

  async function rowsFrom(tables: Kysely<Tables>): Promise<Row[]> {
    if (place?.after !== undefined) return options.rows(tables, readPosition(place.after), limit + 1);
    if (offset === 0) return options.rows(tables, undefined, limit + 1);
    const before = await options.rowAt(tables, offset - 1);
    return before === undefined ? [] : options.rows(tables, before, limit + 1);
  }

  return options.tables
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tables) => {
      const total = known ?? (await options.total(tables));
      const found = await rowsFrom(tables);
      const rows = found.slice(0, limit);
      const last = rows.at(-1);
      const items = await options.items(rows, tables);
      if (found.length <= limit || last === undefined) return { items, total };
      const next = options.position(last).join('.');
      if (query.after === undefined) places.note(list, offset + limit, { after: next, total });
      return { items, total, next };
    });
}

function readPosition(after: string): Position {
  if (!/^\d{1,16}(\.\d{1,16})?$/.test(after)) {
    throw new StorageError('CURSOR_INVALID', 'after: not a position of this list');
  }
  return after.split('.').map(Number);
}

/** Position of the row of a query that this number of rows are before, in a list without marks. */
export async function seqAt(
  query: {
    offset(rows: number): {
      limit(rows: number): { executeTakeFirst(): Promise<{ seq: number } | undefined> };
    };
  },
  offset: number,
): Promise<Position | undefined> {
  const row = await query.offset(offset).limit(1).executeTakeFirst();
  return row && [row.seq];
}
