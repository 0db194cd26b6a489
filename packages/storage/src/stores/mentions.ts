import { type RawBuilder, sql } from 'kysely';

/**
 * Whether a document has a member with this text, wherever in it. For tables of few rows: every row is looked at. The
 * text is compared as it is written in JSON, so it cannot be anything else than a whole value.
 */
export function mentions(member: string, text: string): RawBuilder<boolean> {
  return sql<boolean>`strpos(document, ${`${JSON.stringify(member)}:${JSON.stringify(text)}`}) > 0`;
}
