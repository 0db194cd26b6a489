import type { OperatorEdge } from '@roambridge/core';
import { z } from 'zod';
import { keyedOcpiBody } from '../routing/keyed-body.js';
import { listQuery, listReply, pageOf } from '../routing/lists.js';
import { Problem } from '../routing/problem.js';
import { noBody, none, type Route, route } from '../routing/route.js';
import { ciString, countryCode, partyId } from '../schemas/text.js';
import { tokenInput } from '../schemas/token.js';
import { tokenView } from '../views/ocpi-object.js';

const tag = 'tokens';
const path = '/tokens/{country_code}/{party_id}/{uid}';
const tokenKey = z.object({ country_code: countryCode, party_id: partyId, uid: ciString(36) });

export function tokenRoutes(edge: OperatorEdge): Route[] {
  return [
    route({
      method: 'put',
      path,
      role: 'admin',
      tag,
      summary: 'Create or replace a token of the partner that owns the party',
      params: tokenKey,
      query: none,
      body: tokenInput,
      prepare: keyedOcpiBody({ country_code: 'country_code', party_id: 'party_id', uid: 'uid' }),
      answers: { 200: tokenView, 201: tokenView },
      problems: ['invalid-request'],
      handle: async ({ body }) => {
        const { created, token } = await edge.putToken(body);
        return { status: created ? 201 : 200, body: token };
      },
    }),
    route({
      method: 'get',
      path: '/tokens',
      role: 'viewer',
      tag,
      summary: 'List tokens',
      params: none,
      query: listQuery,
      body: noBody,
      answers: { 200: pageOf(tokenView) },
      problems: ['invalid-request'],
      handle: async ({ query }) => listReply(await edge.tokens(query), (token) => token),
    }),
    route({
      method: 'get',
      path,
      role: 'viewer',
      tag,
      summary: 'One token',
      params: tokenKey,
      query: none,
      body: noBody,
      answers: { 200: tokenView },
      problems: ['not-found'],
      handle: async ({ params }) => {
        const token = await edge.token(params);
        if (token === undefined) throw new Problem('not-found', 'There is no such token.');
        return { status: 200, body: token };
      },
    }),
  ];
}
