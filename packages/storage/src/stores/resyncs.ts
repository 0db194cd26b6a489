import type { ResyncReport, Store } from '@roambridge/core';
import { fromDocument, toDocument } from '../encoding/document.js';
import type { StoreContext } from './context.js';

/** The last comparison of each module with each partner. */
export function resyncStore({ tables }: Pick<StoreContext, 'tables'>): Store['resyncs'] {
  return {
    async put(report) {
      const { partnerId, module } = report;
      const document = toDocument(report);
      await tables
        .insertInto('resync_reports')
        .values({ partner_id: partnerId, module, document })
        .onConflict((row) => row.columns(['partner_id', 'module']).doUpdateSet({ document }))
        .execute();
    },
    async list(partnerId) {
      const rows = await tables
        .selectFrom('resync_reports')
        .select('document')
        .where('partner_id', '=', partnerId)
        .orderBy('module')
        .execute();
      return rows.map(({ document }) => fromDocument<ResyncReport>(document));
    },
  };
}
