import type { Store } from '../ports/store.js';

/** Ids reserved from the database in one go; unused ones of a stopped process are never given again. */
const BLOCK = 100;

/** D2-050: positive integers, unique for ever over all stations, without a database round trip each. */
export function createTransactionIds(store: Store): () => Promise<number> {
  let next = 0;
  let end = 0;
  let reserving: Promise<void> | undefined;
  return async () => {
    while (next >= end) {
      reserving ??= store.reserveTransactionIds(BLOCK).then(
        (first) => {
          next = first;
          end = first + BLOCK;
          reserving = undefined;
        },
        (error: unknown) => {
          reserving = undefined;
          throw error;
        },
      );
      await reserving;
    }
    next += 1;
    return next - 1;
  };
}
