import type { Partner, Store } from '@roambridge/core';
import { fromDocument, toDocument } from '../encoding/document.js';
import type { SecretBox } from '../encoding/secret-box.js';
import type { StoreContext } from './context.js';

/** Partners; their tokens are encrypted, each bound to its partner and direction. */
export function partnerStore({
  tables,
  secretBox,
}: Pick<StoreContext, 'tables'> & { secretBox: SecretBox }): Store['partners'] {
  return {
    async list() {
      const rows = await tables.selectFrom('partners').selectAll().orderBy('seq').execute();
      return rows.map((row): Partner => {
        const outboundToken = row.outbound_token && secretBox.open(row.outbound_token, outbound(row.id));
        return {
          ...fromDocument<Omit<Partner, 'inboundToken' | 'outboundToken'>>(row.document),
          inboundToken: secretBox.open(row.inbound_token, inbound(row.id)),
          ...(outboundToken === null ? {} : { outboundToken }),
        };
      });
    },
    async put(partner) {
      const { inboundToken, outboundToken, ...open } = partner;
      const row = {
        status: partner.status,
        inbound_token: secretBox.seal(inboundToken, inbound(partner.id)),
        outbound_token:
          outboundToken === undefined ? null : secretBox.seal(outboundToken, outbound(partner.id)),
        document: toDocument(open),
      };
      await tables
        .insertInto('partners')
        .values({ id: partner.id, ...row })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute();
    },
    // What the partner told, and what it was to be told, goes with it; sessions and CDRs stay.
    remove: (id) =>
      tables.transaction().execute(async (tables) => {
        const { numDeletedRows } = await tables
          .deleteFrom('partners')
          .where('id', '=', id)
          .executeTakeFirst();
        await tables.deleteFrom('tokens').where('partner_id', '=', id).execute();
        await tables.deleteFrom('deliveries').where('partner_id', '=', id).execute();
        return numDeletedRows > 0n;
      }),
  };
}

function inbound(partnerId: string): string {
  return `inbound token of partner ${partnerId}`;
}

function outbound(partnerId: string): string {
  return `outbound token of partner ${partnerId}`;
}
