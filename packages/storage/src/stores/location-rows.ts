import type { Evse, EvseStatus, Location } from '@roambridge/domain';
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../database/tables.js';
import { fromDocument, timeOf, toTime } from '../encoding/document.js';

interface LocationRow {
  seq: number;
  last_updated: number;
  document: string;
}

export interface EvseRow {
  location_seq: number;
  uid: string;
  station_id: string | null;
  evse_id: number | null;
  status: string;
  last_updated: number;
}

/** The locations with the live statuses of their EVSEs, by `seq`. */
export async function composeLocations(
  tables: Kysely<Tables>,
  seqs: readonly number[],
): Promise<Map<number, Location>> {
  if (seqs.length === 0) return new Map();
  const rows = await tables
    .selectFrom('locations')
    .select(['seq', 'last_updated', 'document'])
    .where('seq', '=', anyOf(seqs))
    .execute();
  return withStatuses(tables, rows);
}

/** Puts the live statuses into location rows that were read. */
export async function withStatuses(
  tables: Kysely<Tables>,
  rows: readonly LocationRow[],
): Promise<Map<number, Location>> {
  if (rows.length === 0) return new Map();
  const evses = await tables
    .selectFrom('evses')
    .selectAll()
    .where('location_seq', '=', anyOf(rows.map((row) => row.seq)))
    .execute();
  const byLocation = new Map<number, Map<string, EvseRow>>();
  for (const evse of evses) {
    const own = byLocation.get(evse.location_seq) ?? new Map<string, EvseRow>();
    byLocation.set(evse.location_seq, own.set(evse.uid, evse));
  }
  return new Map(rows.map((row) => [row.seq, compose(row, byLocation.get(row.seq) ?? new Map())]));
}

/** One parameter for any number of rows. */
function anyOf(seqs: readonly number[]) {
  return sql<number>`any(${seqs}::int8[])`;
}

/** LO-05: a location is as new as the newest of its EVSEs. */
function compose(row: LocationRow, evses: ReadonlyMap<string, EvseRow>): Location {
  const location = fromDocument<Location>(row.document);
  let newest = row.last_updated;
  const live = location.evses.map((evse): Evse => {
    const state = evses.get(evse.uid);
    if (!state) return evse;
    newest = Math.max(newest, state.last_updated);
    return {
      ...evse,
      status: state.status as EvseStatus,
      last_updated: newer(evse.last_updated, state.last_updated),
    };
  });
  return { ...location, evses: live, last_updated: newer(location.last_updated, newest) };
}

/** The text is kept as it came unless the other moment is later. */
function newer(text: string, ms: number): string {
  return timeOf(text, 'last_updated') >= ms ? text : toTime(ms);
}
