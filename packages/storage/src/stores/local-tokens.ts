import type { LocalToken, Store } from '@roambridge/core';
import { fromDocument, toDocument } from '../encoding/document.js';
import type { StoreContext } from './context.js';

/** The operator's own cards. A uid is compared ignoring case. */
export function localTokenStore({ tables }: Pick<StoreContext, 'tables'>): Store['localTokens'] {
  return {
    async list() {
      const rows = await tables.selectFrom('local_tokens').select('document').orderBy('uid_key').execute();
      return rows.map(({ document }) => fromDocument<LocalToken>(document));
    },
    async put(token) {
      const document = toDocument(token);
      await tables
        .insertInto('local_tokens')
        .values({ uid_key: token.uid.toLowerCase(), document })
        .onConflict((row) => row.column('uid_key').doUpdateSet({ document }))
        .execute();
    },
    async remove(uid) {
      const { numDeletedRows } = await tables
        .deleteFrom('local_tokens')
        .where('uid_key', '=', uid.toLowerCase())
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },
  };
}
