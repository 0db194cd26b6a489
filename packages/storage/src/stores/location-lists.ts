import type { ListQuery } from '@roambridge/core';
import type { EpochMs } from '@roambridge/domain';
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../database/tables.js';
import type { MarkedList } from './list-marks.js';
import { nameOf, ofParties, type Party } from './parties.js';

/** Changes since a date up to which the changed locations are looked up; among more, the next one is not far. */
const FEW_CHANGES = 2_000;

export interface LocationQuery extends ListQuery {
  parties?: Party[];
  published?: boolean;
}

/** What partners see, whole. Its marks are forgotten in `putLocation` when a location comes or goes. */
export function publishedOf(parties: readonly Party[] | undefined): MarkedList {
  const [party, ...others] = parties ?? [];
  const owned =
    party === undefined
      ? sql``
      : sql`and (country_code, party_id) in (${sql.join(
          [party, ...others].map((one) => sql`(${one.country_code}, ${one.party_id})`),
        )})`;
  return { name: listName(parties), rows: sql`locations where publish ${owned}`, order: ['seq'] };
}

/** The lists in which a location of this party stands. */
export function listsOf(party: Party): string[] {
  return [listName(undefined), listName([party])];
}

function listName(parties: readonly Party[] | undefined): string {
  return `locations ${nameOf(parties)}`;
}

/** LO-05: a location is as new as the newest of its EVSEs. Looked up row by row, as far as a page needs it. */
const NEWEST = sql<number>`greatest(last_updated,
  (select max(evses.last_updated) from evses where evses.location_seq = locations.seq))`;

/** The locations of a list; with dates those whose last change, or that of an EVSE, is between them. */
export async function matching(tables: Kysely<Tables>, query: LocationQuery) {
  const { dateFrom, dateTo } = query;
  let rows = tables.selectFrom('locations').where((eb) => ofParties(eb, query.parties));
  if (query.published !== undefined) rows = rows.where('publish', '=', query.published);
  if (dateFrom !== undefined) {
    const few = await fewChangedSince(tables, dateFrom);
    rows = few
      ? rows.where('seq', '=', sql<number>`any(${few}::int8[])`)
      : rows.where(NEWEST, '>=', dateFrom);
  }
  return dateTo === undefined ? rows : rows.where(NEWEST, '<', dateTo);
}

/** Locations that changed, or whose EVSEs did; undefined = more than {@link FEW_CHANGES}. */
async function fewChangedSince(tables: Kysely<Tables>, dateFrom: EpochMs): Promise<number[] | undefined> {
  const changed = await tables
    .selectFrom('locations')
    .select('seq')
    .where('last_updated', '>=', dateFrom)
    .unionAll(tables.selectFrom('evses').select('location_seq as seq').where('last_updated', '>=', dateFrom))
    .limit(FEW_CHANGES + 1)
    .execute();
  return changed.length > FEW_CHANGES ? undefined : changed.map(({ seq }) => seq);
}
