import type { WriteSet } from '@roambridge/core';
import type { EpochMs } from '@roambridge/domain';
import type { Kysely } from 'kysely';
import type { Tables } from '../database/tables.js';

/** What the parts of the store share. */
export interface StoreContext {
  tables: Kysely<Tables>;
  now: () => EpochMs;
  commit: (writes: WriteSet) => Promise<void>;
}
