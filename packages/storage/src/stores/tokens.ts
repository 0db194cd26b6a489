import type { Store } from '@roambridge/core';
import { normalizeEmaid, type Token } from '@roambridge/domain';
import { sql } from 'kysely';
import { fromDocument, timeOf, toDocument } from '../encoding/document.js';
import type { StoreContext } from './context.js';
import { before, cursorPage, oneMore } from './paging.js';

/** Partners' tokens. A uid is compared ignoring case. */
export function tokenStore({ tables }: Pick<StoreContext, 'tables'>): Store['tokens'] {
  async function findBy(column: 'tokens.uid_key' | 'tokens.contract_key', key: string) {
    const rows = await tables
      .selectFrom('tokens')
      .innerJoin('partners', 'partners.id', 'tokens.partner_id')
      .select(['tokens.partner_id', 'tokens.document', 'tokens.previous'])
      .where(column, '=', key)
      .where('partners.status', '=', 'registered')
      .orderBy('tokens.seq')
      .execute();
    return rows.map((row) => ({
      ...toOwned(row),
      ...(row.previous === null ? {} : { previous: fromDocument<Token>(row.previous) }),
    }));
  }

  return {
    put: (partnerId, token) =>
      tables.transaction().execute(async (tables) => {
        const written = await tables
          .insertInto('tokens')
          .values({
            partner_id: partnerId,
            country_code: token.country_code,
            party_id: token.party_id,
            uid_key: keyOf(token.uid),
            type: token.type,
            contract_key: contractOf(token),
            last_updated: timeOf(token.last_updated, 'token.last_updated'),
            document: toDocument(token),
          })
          .onConflict((row) =>
            row
              .constraint('tokens_key')
              .doUpdateSet((eb) => ({
                contract_key: eb.ref('excluded.contract_key'),
                last_updated: eb.ref('excluded.last_updated'),
                document: eb.ref('excluded.document'),
                // D2-073: what comes later may be about a time before the change. Told again it is no change.
                previous: eb
                  .case()
                  .when('tokens.last_updated', '<', eb.ref('excluded.last_updated'))
                  .then(eb.ref('tokens.document'))
                  .else(eb.ref('tokens.previous'))
                  .end(),
              }))
              // OCPI TO-05
              .whereRef('tokens.last_updated', '<=', 'excluded.last_updated'),
          )
          .returning(['document', sql<boolean>`xmax = 0`.as('created')])
          .executeTakeFirst();
        if (written) return { created: written.created, stored: toToken(written) };
        const newer = await tables
          .selectFrom('tokens')
          .select('document')
          .where('partner_id', '=', partnerId)
          .where('country_code', '=', token.country_code)
          .where('party_id', '=', token.party_id)
          .where('uid_key', '=', keyOf(token.uid))
          .where('type', '=', token.type)
          .executeTakeFirstOrThrow();
        return { created: false, stored: toToken(newer) };
      }),
    async get(key) {
      let rows = tables
        .selectFrom('tokens')
        .select('document')
        .where('partner_id', '=', key.partnerId)
        .where('country_code', '=', key.country_code)
        .where('party_id', '=', key.party_id)
        .where('uid_key', '=', keyOf(key.uid))
        .orderBy('seq')
        .limit(1);
      if (key.type !== undefined) rows = rows.where('type', '=', key.type);
      const row = await rows.executeTakeFirst();
      return row && toToken(row);
    },
    findByUid: (uid) => findBy('tokens.uid_key', keyOf(uid)),
    findByContract: (emaid) => findBy('tokens.contract_key', emaid),
    async getByOwner(key) {
      const row = await tables
        .selectFrom('tokens')
        .select(['partner_id', 'document'])
        .where('country_code', '=', key.country_code)
        .where('party_id', '=', key.party_id)
        .where('uid_key', '=', keyOf(key.uid))
        .orderBy('seq')
        .limit(1)
        .executeTakeFirst();
      return row && toOwned(row);
    },
    async page(query) {
      let rows = tables
        .selectFrom('tokens')
        .select(['seq', 'partner_id', 'document'])
        .where('seq', '<', before(query))
        .orderBy('seq', 'desc')
        .limit(oneMore(query));
      if (query.partnerId !== undefined) rows = rows.where('partner_id', '=', query.partnerId);
      return cursorPage(await rows.execute(), query, (row) => row.seq, toOwned);
    },
  };
}

function keyOf(uid: string): string {
  return uid.toLowerCase();
}

/** D4-006: the same contract is written in several ways. A card is not found by the contract that it belongs to. */
function contractOf({ type, contract_id }: Token): string | null {
  return type === 'EMAID' ? (normalizeEmaid(contract_id) ?? null) : null;
}

function toToken(row: { document: string }): Token {
  return fromDocument<Token>(row.document);
}

function toOwned(row: { partner_id: string; document: string }): { partnerId: string; token: Token } {
  return { partnerId: row.partner_id, token: toToken(row) };
}
