import type { SecurityEvent, Store } from '@roambridge/core';
import { fromDocument } from '../encoding/document.js';
import type { StoreContext } from './context.js';
import { before, cursorPage, oneMore } from './paging.js';

/** What stations told about their own security; written by group commits only. */
export function securityEventStore({ tables }: Pick<StoreContext, 'tables'>): Store['securityEvents'] {
  return {
    async page(query) {
      let rows = tables
        .selectFrom('security_events')
        .select(['seq', 'document'])
        .where('seq', '<', before(query))
        .orderBy('seq', 'desc')
        .limit(oneMore(query));
      if (query.stationId !== undefined) rows = rows.where('station_id', '=', query.stationId);
      if (query.critical !== undefined) rows = rows.where('critical', '=', query.critical);
      return cursorPage(
        await rows.execute(),
        query,
        (row) => row.seq,
        (row) => fromDocument<SecurityEvent>(row.document),
      );
    },
    async prune(receivedBefore) {
      const { numDeletedRows } = await tables
        .deleteFrom('security_events')
        .where('received_at', '<', receivedBefore)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
