import type { CursorPage, CursorQuery } from '@roambridge/core';
import { StorageError } from '../errors.js';

const CURSOR = /^[1-9]\d{0,15}$/;
/** Cursor of the first page: above every sequence number. */
const NEWEST = Number.MAX_SAFE_INTEGER;

/** Sequence number below which a page of a newest-first list begins. */
export function before(query: CursorQuery): number {
  if (query.cursor === undefined) return NEWEST;
  if (!CURSOR.test(query.cursor)) throw new StorageError('CURSOR_INVALID', 'cursor: not one of this list');
  return Number(query.cursor);
}

/** Rows to ask for: one more than the page has, to know whether another page follows. */
export function oneMore(query: CursorQuery): number {
  return query.limit + 1;
}

/** Page of the rows asked for with {@link oneMore}, newest first. */
export function cursorPage<Row, Item>(
  rows: readonly Row[],
  query: CursorQuery,
  position: (row: Row) => number,
  item: (row: Row) => Item,
): CursorPage<Item> {
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map(item),
    ...(rows.length > query.limit && last !== undefined ? { nextCursor: String(position(last)) } : {}),
  };
}
