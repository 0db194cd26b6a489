import type { DirtyMark } from '@roambridge/core';
import { CompiledQuery, type Kysely } from 'kysely';
import { deliveries } from '../commit/deliveries.js';
import type { Tables } from '../database/tables.js';
import { encoded, valuesOf } from '../encoding/parameters.js';

const STATEMENT = deliveries.statement(1);

/** Marks objects inside a database transaction of another change. */
export async function markDirty(tables: Kysely<Tables>, marks: readonly DirtyMark[]): Promise<void> {
  const encode = deliveries.rows([{ stationId: '', dirty: [...marks] }], 0);
  if (encode) await tables.executeQuery(CompiledQuery.raw(STATEMENT, valuesOf(encoded(encode))));
}
