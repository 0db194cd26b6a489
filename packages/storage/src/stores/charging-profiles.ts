import type { SessionProfile, Store } from '@roambridge/core';
import { fromDocument } from '../encoding/document.js';
import type { StoreContext } from './context.js';

/** Charging profiles of sessions; written by group commits only. */
export function chargingProfileStore({ tables }: Pick<StoreContext, 'tables'>): Store['chargingProfiles'] {
  return {
    async get(sessionId) {
      const row = await tables
        .selectFrom('charging_profiles')
        .select('document')
        .where('session_id', '=', sessionId)
        .executeTakeFirst();
      return row && fromDocument<SessionProfile>(row.document);
    },
  };
}
