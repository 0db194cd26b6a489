import type { DirtyMark } from '@roambridge/core';
import type { Evse, Location } from '@roambridge/domain';
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../database/tables.js';
import { fromDocument, timeOf, toDocument } from '../encoding/document.js';
import { markDirty } from './delivery-marks.js';
import { forgetMarks, lockMarks } from './list-marks.js';
import { listsOf } from './location-lists.js';
import { composeLocations, type EvseRow } from './location-rows.js';

/** Replaces the location and its EVSEs in one database transaction; returns what is now stored. */
export function putLocation(
  tables: Kysely<Tables>,
  location: Location,
  dirty: readonly DirtyMark[],
): Promise<{ location: Location; created: boolean }> {
  return tables.transaction().execute(async (tables) => {
    const lastUpdated = timeOf(location.last_updated, 'location.last_updated');
    // Before the lock on the statuses: whoever counts a list must not make commits wait.
    await lockMarks(tables, ...listsOf(location));
    // A status that is committed meanwhile would go to a row that is deleted below, and be lost.
    await sql`lock table evses in share row exclusive mode`.execute(tables);
    const before = await tables
      .selectFrom('locations')
      .select(['seq', 'publish', 'document'])
      .where('country_code', '=', location.country_code)
      .where('party_id', '=', location.party_id)
      .where('id', '=', location.id)
      .forUpdate()
      .executeTakeFirst();
    const known = before
      ? await tables
          .selectFrom('evses')
          .selectAll()
          .where('location_seq', '=', before.seq)
          .forUpdate()
          .execute()
      : [];
    const earlier = before ? fromDocument<Location>(before.document).evses : [];
    const evses = [...location.evses, ...removed(earlier, location)];
    const document = toDocument({ ...location, evses });
    const { seq } = before
      ? await tables
          .updateTable('locations')
          .set({ document, publish: location.publish, last_updated: lastUpdated })
          .where('seq', '=', before.seq)
          .returning('seq')
          .executeTakeFirstOrThrow()
      : await tables
          .insertInto('locations')
          .values({
            country_code: location.country_code,
            party_id: location.party_id,
            id: location.id,
            publish: location.publish,
            last_updated: lastUpdated,
            document,
          })
          .returning('seq')
          .executeTakeFirstOrThrow();
    if (location.publish !== (before?.publish ?? false)) await forgetMarks(tables, seq, ...listsOf(location));
    // Deleted and written anew, so that two EVSEs may exchange their hardware.
    await tables.deleteFrom('evses').where('location_seq', '=', seq).execute();
    const states = new Map(known.map((row) => [row.uid, row]));
    const rows = evses.map((evse) => stateOf(evse, states.get(evse.uid), seq));
    if (rows.length > 0) await tables.insertInto('evses').values(rows).execute();
    await markDirty(tables, dirty);
    const stored = (await composeLocations(tables, [seq])).get(seq);
    return { location: stored ?? location, created: before === undefined };
  });
}

/** LO-07: what is left out stays, as REMOVED. */
function removed(earlier: readonly Evse[], location: Location): Evse[] {
  const kept = new Set(location.evses.map((evse) => evse.uid));
  return earlier
    .filter((evse) => !kept.has(evse.uid))
    .map((evse) =>
      evse.status === 'REMOVED' ? evse : { ...evse, status: 'REMOVED', last_updated: location.last_updated },
    );
}

/** The operator's word, not the hardware's. */
function isEntered(status: string): boolean {
  return status === 'PLANNED' || status === 'REMOVED';
}

/**
 * The status of hardware is the hardware's: an EVSE that is tied to a station keeps what was reported. One that is
 * not, one that is new, planned or removed, and one that was get the status of the document.
 */
function stateOf(evse: Evse, known: EvseRow | undefined, locationSeq: number): EvseRow {
  const entered = timeOf(evse.last_updated, `evses ${evse.uid}: last_updated`);
  const keeps = known !== undefined && evse.ocpp && !isEntered(known.status) && !isEntered(evse.status);
  const status: string = keeps ? known.status : evse.status;
  return {
    location_seq: locationSeq,
    uid: evse.uid,
    station_id: evse.ocpp?.station_id ?? null,
    evse_id: evse.ocpp?.evse_id ?? null,
    status,
    last_updated: Math.max(entered, known?.last_updated ?? entered),
  };
}
