import type { AuditRecord, Store } from '@roambridge/core';
import { type Selectable, type SqlBool, sql } from 'kysely';
import type { Tables } from '../database/tables.js';
import { fromStorable, toStorable } from '../encoding/text.js';
import type { StoreContext } from './context.js';
import { before, cursorPage, oneMore } from './paging.js';

/** Entries kept, however young they are: a script that never stops must not fill the disk. */
const KEPT_ROWS = 1_000_000;
/** HTTP statuses from here on say that nothing was done. */
const FIRST_FAILURE = 400;

/** What was done by the operator API. Nothing in it is ever changed. */
export function auditStore({ tables }: Pick<StoreContext, 'tables'>): Store['audit'] {
  return {
    async append({ actor, path, outcome, ...record }) {
      await tables
        .insertInto('audit')
        .values({
          ...record,
          actor: toStorable(actor),
          path: toStorable(path),
          outcome: outcome === null ? null : toStorable(outcome),
        })
        .execute();
    },
    async page(query) {
      let rows = tables
        .selectFrom('audit')
        .selectAll()
        .where('id', '<', before(query))
        .orderBy('id', 'desc')
        .limit(oneMore(query));
      if (query.actor !== undefined) rows = rows.where(contains('actor', query.actor));
      if (query.path !== undefined) rows = rows.where(contains('path', query.path));
      if (query.failed !== undefined) rows = rows.where('status', query.failed ? '>=' : '<', FIRST_FAILURE);
      if (query.from !== undefined) rows = rows.where('at', '>=', query.from);
      if (query.to !== undefined) rows = rows.where('at', '<', query.to);
      return cursorPage(await rows.execute(), query, (row): number => row.id, toAudit);
    },
    async prune(beforeAt) {
      const { numDeletedRows } = await tables
        .deleteFrom('audit')
        .where((eb) =>
          eb.or([
            eb('at', '<', beforeAt),
            eb('id', '<=', sql<number>`(select coalesce(max(id), 0) - ${KEPT_ROWS} from audit)`),
          ]),
        )
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}

function contains(column: 'actor' | 'path', text: string) {
  return sql<SqlBool>`strpos(lower(${sql.ref(column)}), lower(${toStorable(text)})) > 0`;
}

function toAudit({
  actor,
  path,
  outcome,
  ...row
}: Selectable<Tables['audit']>): AuditRecord & { id: string } {
  return {
    ...row,
    id: String(row.id),
    actor: fromStorable(actor),
    role: row.role as AuditRecord['role'],
    path: fromStorable(path),
    outcome: outcome === null ? null : fromStorable(outcome),
  };
}
