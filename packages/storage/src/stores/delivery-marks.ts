import type { DirtyMark } from '@roambridge/core';
import { CompiledQuery, type Kysely } from 'kysely';
import { deliveries } from '../commit/deliveries.js';
import type { Tables } from '../database/tables.js';

const STATEMENT = deliveries.statement(1);

/** Marks objects inside a database transaction of another change. */
export async function markDirty(tables: Kysely<Tables>, marks: readonly DirtyMark[]): Promise<void> {
  const values = deliveries.values([{ stationId: '', dirty: [...marks] }], 0);
  if (values) await tables.executeQuery(CompiledQuery.raw(STATEMENT, values));
}
