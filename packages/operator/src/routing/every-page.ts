import type { CursorPage, CursorQuery } from '@roambridge/core';

const PAGE_ROWS = 500;
/** Rows of one export: more are asked for by a narrower filter. */
export const MAX_EXPORT_ROWS = 20_000;

/** All items of a list, newest first, up to {@link MAX_EXPORT_ROWS}. */
export async function everyPage<T>(read: (query: CursorQuery) => Promise<CursorPage<T>>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page: CursorPage<T> = await read({
      limit: PAGE_ROWS,
      ...(cursor === undefined ? {} : { cursor }),
    });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined && items.length < MAX_EXPORT_ROWS);
  return items.slice(0, MAX_EXPORT_ROWS);
}
