import type { ListPage, ListQuery } from '@roambridge/core';
import { type Expression, type Kysely, sql } from 'kysely';
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
  /** The total, and where the row stands that `offset` rows are before; `row` absent = the list is shorter. */
  find: (tables: Kysely<Tables>, offset: number | undefined) => Promise<{ total: number; row?: Position }>;
  /** The total is found without counting the list. */
  marked: boolean;
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

  return options.tables
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (tables) => {
      const before = place?.after === undefined && offset > 0 ? offset - 1 : undefined;
      const looked =
        known === undefined || before !== undefined ? await options.find(tables, before) : undefined;
      const total = known ?? looked?.total ?? 0;
      const after = place?.after === undefined ? looked?.row : readPosition(place.after);
      const isBeyond = before !== undefined && after === undefined;
      const found = isBeyond ? [] : await options.rows(tables, after, limit + 1);
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

/** `find` of a list without marks, by counting and skipping. `seqs`: a query of the `seq` of its rows. */
export async function countAndSkip(
  tables: Kysely<Tables>,
  seqs: Expression<{ seq: number }>,
  offset: number | undefined,
): Promise<{ total: number; row?: Position }> {
  const counted = await sql<{ total: number }>`select count(*) as total from ${seqs} as listed`.execute(
    tables,
  );
  const total = counted.rows[0]?.total ?? 0;
  if (offset === undefined) return { total };
  const skipped = await sql<{ seq: number }>`select seq from ${seqs} as listed
    order by seq limit 1 offset ${offset}`.execute(tables);
  const [row] = skipped.rows;
  return row === undefined ? { total } : { total, row: [row.seq] };
}
