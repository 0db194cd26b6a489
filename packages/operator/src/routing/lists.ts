import type { CursorPage } from '@roambridge/core';
import { z } from 'zod';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 500;
const MAX_CURSOR_CHARS = 512;

const NO_LIMIT = 'must be a whole number above 0';

/** A page is never longer than the longest: who asks for more gets that, and the cursor of the rest. */
export const limit = z.coerce
  .number({ error: NO_LIMIT })
  .int(NO_LIMIT)
  .min(1, NO_LIMIT)
  .default(DEFAULT_LIMIT)
  .transform((count) => Math.min(count, MAX_LIMIT))
  .describe(`Items of a page; at most ${MAX_LIMIT} are given`);

export const cursor = z
  .string()
  .min(1)
  .max(MAX_CURSOR_CHARS)
  .exactOptional()
  .describe('next_cursor of the page before');

/** Query of every list. */
export const listQuery = z.object({ limit, cursor });

/** Schema of one page of a list. */
export const pageOf = <S extends z.ZodType>(item: S) =>
  z.object({ items: z.array(item), next_cursor: z.string().nullable().describe('null on the last page') });

/** Answer for one page of a list. */
export function listReply<T>({ items, nextCursor }: CursorPage<T>, view: (item: T) => unknown) {
  return {
    status: 200 as const,
    body: { items: items.map((item) => view(item)), next_cursor: nextCursor ?? null },
  };
}
