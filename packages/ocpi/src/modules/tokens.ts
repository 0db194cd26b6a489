import { speaksFor } from '@roambridge/core';
import type { PartyId, Token } from '@roambridge/domain';
import { invalid, notFound } from '../errors.js';
import { sameParty } from '../parties.js';
import type { Endpoint, Exchange, ModulePorts } from '../server/exchange.js';
import type { VersionAdapter } from '../versions/adapter.js';
import { withoutNulls } from '../wire/schema.js';

/** Tokens, receiver interface (OCPI TO-01). */
export function tokens(ports: ModulePorts, adapter: VersionAdapter): Endpoint[] {
  async function get(exchange: Exchange) {
    const { owner, uid, type } = address(exchange, adapter);
    return {
      data: adapter.token.toWire(await stored(exchange, owner, uid, type ?? adapter.token.defaultType)),
    };
  }

  async function put(exchange: Exchange) {
    const { owner, uid, type } = address(exchange, adapter);
    const token = adapter.token.fromWire(await exchange.body(), owner);
    requireSame(adapter, token, { owner, uid, type });
    const { created } = await ports.edge.putToken(exchange.partner, ownedBy(token, owner));
    return { httpStatus: created ? 201 : 200 }; // OCPI ST-05
  }

  async function patch(exchange: Exchange) {
    const { owner, uid, type } = address(exchange, adapter);
    const changes = withoutNulls(await exchange.body());
    if (typeof changes !== 'object' || changes === null || Array.isArray(changes)) {
      throw invalid('body', 'must be an object');
    }
    if (adapter.patchNeedsLastUpdated && !('last_updated' in changes)) {
      throw invalid('last_updated', 'is required'); // OCPI ST-10
    }
    const named = type ?? ('type' in changes && typeof changes.type === 'string' ? changes.type : undefined);
    const before = await stored(exchange, owner, uid, named ?? adapter.token.defaultType);
    const token = adapter.token.fromWire({ ...adapter.token.toWire(before), ...changes }, owner);
    requireSame(adapter, token, { owner, uid, type: before.type });
    await ports.edge.putToken(exchange.partner, ownedBy(token, owner));
    return {};
  }

  async function stored(
    { partner }: Exchange,
    owner: PartyId,
    uid: string,
    type: string | undefined,
  ): Promise<Token> {
    const token = await ports.edge.token(partner, { ...owner, uid, ...(type === undefined ? {} : { type }) });
    if (token === undefined || !adapter.sameId(token.uid, uid)) {
      throw notFound('Unknown token', adapter.unknownTokenStatus); // OCPI ST-04, ST-07
    }
    return token;
  }

  return [{ path: '/:country_code/:party_id/:token_uid', methods: { GET: get, PUT: put, PATCH: patch } }];
}

interface TokenAddress {
  owner: PartyId;
  uid: string;
  /** As the URL names it; absent = not named. */
  type: string | undefined;
}

function address({ partner, params, query, ourParty }: Exchange, adapter: VersionAdapter): TokenAddress {
  ourParty.demand();
  const owner = {
    country_code: (params.country_code ?? '').toUpperCase(),
    party_id: (params.party_id ?? '').toUpperCase(),
  };
  if (!speaksFor(partner, owner)) {
    throw notFound('The party in the URL is not a party of this connection'); // OCPI ST-11
  }
  const type = adapter.token.defaultType === undefined ? null : query.get('type');
  return { owner, uid: params.token_uid ?? '', type: type ?? undefined };
}

// OCPI ST-09, TR-031, TR-033, TO-03
function requireSame(adapter: VersionAdapter, token: Token, url: TokenAddress): void {
  if (!adapter.sameId(token.uid, url.uid)) {
    throw invalid('uid', 'differs from the URL');
  }
  if (!sameParty(token, url.owner)) {
    throw invalid('country_code, party_id', 'differ from the URL');
  }
  if (url.type !== undefined && !adapter.sameId(token.type, url.type)) {
    throw invalid('type', 'differs from the URL');
  }
}

function ownedBy(token: Token, owner: PartyId): Token {
  return { ...token, ...owner };
}
