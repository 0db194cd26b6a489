import type { Store } from '@roambridge/core';
import type { StoreContext } from './context.js';

/** Small named values of the platform. */
export function settingStore({ tables }: Pick<StoreContext, 'tables'>): Store['settings'] {
  return {
    async get(name) {
      const row = await tables
        .selectFrom('settings')
        .select('value')
        .where('name', '=', name)
        .executeTakeFirst();
      return row?.value;
    },
    async put(name, value) {
      await tables
        .insertInto('settings')
        .values({ name, value })
        .onConflict((row) => row.column('name').doUpdateSet({ value }))
        .execute();
    },
  };
}
