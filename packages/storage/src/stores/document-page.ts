import type { CursorPage, CursorQuery } from '@roambridge/core';
import { fromDocument } from '../encoding/document.js';
import type { StoreContext } from './context.js';
import { before, cursorPage, oneMore } from './paging.js';

/** Tables of documents about stations, in the order in which they came. */
type StationTable = 'files' | 'jobs' | 'reservations';

/** Newest first; of one station, where the query names one. */
export async function documentPage<T>(
  tables: StoreContext['tables'],
  table: StationTable,
  query: CursorQuery & { stationId?: string },
): Promise<CursorPage<T>> {
  let rows = tables
    .selectFrom(table)
    .select(['seq', 'document'])
    .where('seq', '<', before(query))
    .orderBy('seq', 'desc')
    .limit(oneMore(query));
  if (query.stationId !== undefined) rows = rows.where('station_id', '=', query.stationId);
  return cursorPage(
    await rows.execute(),
    query,
    (row) => row.seq,
    (row) => fromDocument<T>(row.document),
  );
}
