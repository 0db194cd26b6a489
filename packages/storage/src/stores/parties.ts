import { type ExpressionBuilder, type ExpressionWrapper, type SqlBool, sql } from 'kysely';
import type { Tables } from '../database/tables.js';

export interface Party {
  country_code: string;
  party_id: string;
}

/** Condition that a row belongs to one of the parties; `parties` absent = to any. */
export function ofParties<Table extends 'locations' | 'tariffs'>(
  eb: ExpressionBuilder<Tables, Table>,
  parties: readonly Party[] | undefined,
): ExpressionWrapper<Tables, Table, SqlBool> {
  if (!parties) return eb.lit(true);
  const owned = parties.map(
    (party) => sql<SqlBool>`(country_code = ${party.country_code} and party_id = ${party.party_id})`,
  );
  return eb.or(owned);
}

/** The parties as one word of a list's name. */
export function nameOf(parties: readonly Party[] | undefined): string {
  return parties ? parties.map((party) => `${party.country_code}/${party.party_id}`).join() : '*';
}
