import type { Command, Store } from '@roambridge/core';
import { fromDocument } from '../encoding/document.js';
import type { StoreContext } from './context.js';
import { mentions } from './mentions.js';

/** Commands of partners; written by group commits only. */
export function commandStore({ tables }: Pick<StoreContext, 'tables'>): Store['commands'] {
  const documents = tables.selectFrom('commands').select('document');
  return {
    async get(id) {
      return toCommand(await documents.where('id', '=', id).executeTakeFirst());
    },
    async correlated(id) {
      const rows = await documents
        .where((eb) => eb.or([mentions('correlationId', id), mentions('transactionId', id)]))
        .orderBy('created_at')
        .execute();
      return rows.map((row) => fromDocument<Command>(row.document));
    },
    async findByRequestKey(requestKey, notBefore) {
      const newest = documents
        .where('request_key', '=', requestKey)
        .where('created_at', '>=', notBefore)
        .orderBy('created_at', 'desc')
        .limit(1);
      return toCommand(await newest.executeTakeFirst());
    },
  };
}

function toCommand(row: { document: string } | undefined): Command | undefined {
  return row && fromDocument<Command>(row.document);
}
