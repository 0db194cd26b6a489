import type { AttentionRecord, Store } from '@roambridge/core';
import { fromDocument } from '../encoding/document.js';
import type { StoreContext } from './context.js';
import { mentions } from './mentions.js';
import { before, cursorPage, oneMore } from './paging.js';

/** What a person must look at, resolved or not. */
export function attentionStore({ tables }: Pick<StoreContext, 'tables'>): Store['attention'] {
  return {
    async page(query) {
      const rows = await tables
        .selectFrom('attention')
        .select(['seq', 'resolved_at', 'document'])
        .where('seq', '<', before(query))
        .orderBy('seq', 'desc')
        .limit(oneMore(query))
        .execute();
      return cursorPage(rows, query, (row) => row.seq, toAttention);
    },
    async about(subjects) {
      if (subjects.length === 0) return [];
      const rows = await tables
        .selectFrom('attention')
        .select(['resolved_at', 'document'])
        .where((eb) => eb.or(subjects.map((subject) => mentions('subject', subject))))
        .orderBy('seq')
        .execute();
      return rows.map(toAttention);
    },
    async resolve(id, at) {
      const { numUpdatedRows } = await tables
        .updateTable('attention')
        .set((eb) => ({ resolved_at: eb.fn.coalesce('resolved_at', eb.val(at)) }))
        .where('id', '=', id)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  };
}

function toAttention(row: { document: string; resolved_at: number | null }): AttentionRecord {
  return {
    ...fromDocument<AttentionRecord>(row.document),
    ...(row.resolved_at === null ? {} : { resolvedAt: row.resolved_at }),
  };
}
