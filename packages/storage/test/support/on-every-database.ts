import { afterAll, beforeAll, describe } from '@jest/globals';
import type { OpenedStore } from '../../src/index.js';
import { databases, type TestDatabase } from './databases.js';
import { T0 } from './samples.js';

export interface Opened {
  store: OpenedStore;
  database: TestDatabase;
  /** The store's clock; moved by hand. */
  clock: { now: number };
}

/** The same suite on each database; skipped where one is missing. Tests use ids of their own. */
export function onEveryDatabase(suite: (opened: Opened) => void): void {
  for (const kind of databases) {
    const run = kind.available ? describe : describe.skip;
    run(`on ${kind.name}`, () => {
      const opened = { clock: { now: T0 } } as Opened;
      beforeAll(async () => {
        opened.database = await kind.create();
        opened.store = await opened.database.open({ now: () => opened.clock.now });
      });
      afterAll(async () => {
        await opened.database?.dispose();
      });
      suite(opened);
    });
  }
}
