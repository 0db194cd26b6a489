import type { Partner, Store } from '@roambridge/core';
import { fromDocument, toDocument } from '../encoding/document.js';
import type { SecretBox } from '../encoding/secret-box.js';
import type { StoreContext } from './context.js';

/** Partners; their tokens are encrypted, each bound to its partner and use. */
export function partnerStore({
  tables,
  secretBox,
}: Pick<StoreContext, 'tables'> & { secretBox: SecretBox }): Store['partners'] {
  return {
    async list() {
      const rows = await tables.selectFrom('partners').selectAll().orderBy('seq').execute();
      return rows.map((row): Partner => {
        const open = (sealed: Uint8Array | null, which: Secret) =>
          sealed === null ? undefined : secretBox.open(sealed, contextOf(which, row.id));
        const outboundToken = open(row.outbound_token, 'outbound');
        const nextInboundToken = open(row.next_token, 'next');
        const previousInboundToken = open(row.previous_token, 'previous');
        return {
          ...fromDocument<Omit<Partner, SecretMember>>(row.document),
          inboundToken: secretBox.open(row.inbound_token, contextOf('inbound', row.id)),
          ...(outboundToken === undefined ? {} : { outboundToken }),
          ...(nextInboundToken === undefined ? {} : { nextInboundToken }),
          ...(previousInboundToken === undefined ? {} : { previousInboundToken }),
        };
      });
    },
    async put(partner) {
      const { inboundToken, outboundToken, nextInboundToken, previousInboundToken, ...open } = partner;
      const seal = (token: string | undefined, which: Secret) =>
        token === undefined ? null : secretBox.seal(token, contextOf(which, partner.id));
      const row = {
        status: partner.status,
        inbound_token: secretBox.seal(inboundToken, contextOf('inbound', partner.id)),
        outbound_token: seal(outboundToken, 'outbound'),
        next_token: seal(nextInboundToken, 'next'),
        previous_token: seal(previousInboundToken, 'previous'),
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
        await tables.deleteFrom('resync_reports').where('partner_id', '=', id).execute();
        return numDeletedRows > 0n;
      }),
  };
}

type Secret = 'inbound' | 'outbound' | 'next' | 'previous';
type SecretMember = 'inboundToken' | 'outboundToken' | 'nextInboundToken' | 'previousInboundToken';

/** A sealed token opens for its partner and its use only. */
function contextOf(which: Secret, partnerId: string): string {
  return `${which} token of partner ${partnerId}`;
}
