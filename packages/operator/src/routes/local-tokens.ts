import type { LocalToken, OperatorEdge } from '@roambridge/core';
import { z } from 'zod';
import { keyedBody } from '../routing/keyed-body.js';
import { listQuery, listReply, pageOf } from '../routing/lists.js';
import { Problem } from '../routing/problem.js';
import { noBody, none, type Route, route } from '../routing/route.js';
import { TOKEN_TYPES } from '../schemas/ocpi-enums.js';
import { ciString, dateTime } from '../schemas/text.js';

const tag = 'local-tokens';
const path = '/local-tokens/{uid}';
const tokenKey = z.object({ uid: ciString(36) });

const localToken = z
  .object({
    uid: ciString(36),
    type: z.enum(TOKEN_TYPES),
    blocked: z.boolean().exactOptional(),
    expires_at: dateTime.exactOptional(),
    group_id: ciString(36).exactOptional(),
  })
  .meta({ id: 'LocalToken', description: 'A card of the operator, which no partner hears of' });

const localTokenView = z
  .object({
    uid: z.string(),
    type: z.string(),
    blocked: z.boolean().exactOptional(),
    expires_at: z.string().exactOptional(),
    group_id: z.string().exactOptional(),
  })
  .meta({ id: 'StoredLocalToken' });

/** The operator's own cards. */
export function localTokenRoutes(edge: OperatorEdge): Route[] {
  return [
    route({
      method: 'put',
      path,
      role: 'admin',
      tag,
      summary: "Create or replace one of the operator's own cards",
      params: tokenKey,
      query: none,
      body: localToken,
      prepare: keyedBody({ uid: 'uid' }),
      answers: { 200: localTokenView, 201: localTokenView },
      problems: ['invalid-request'],
      handle: async ({ body }) => {
        const token = body satisfies LocalToken;
        const { created } = await edge.putLocalToken(token);
        return { status: created ? 201 : 200, body: token };
      },
    }),
    route({
      method: 'get',
      path: '/local-tokens',
      role: 'viewer',
      tag,
      summary: "List the operator's own cards",
      params: none,
      query: listQuery,
      body: noBody,
      answers: { 200: pageOf(localTokenView) },
      problems: ['invalid-request'],
      handle: async ({ query }) => listReply(await edge.localTokens(query), (token) => token),
    }),
    route({
      method: 'get',
      path,
      role: 'viewer',
      tag,
      summary: "One of the operator's own cards",
      params: tokenKey,
      query: none,
      body: noBody,
      answers: { 200: localTokenView },
      problems: ['not-found'],
      handle: async ({ params }) => {
        const token = await edge.localToken(params.uid);
        if (token === undefined) throw new Problem('not-found', 'There is no such card.');
        return { status: 200, body: token };
      },
    }),
    route({
      method: 'delete',
      path,
      role: 'admin',
      tag,
      summary: "Forget one of the operator's own cards",
      params: tokenKey,
      query: none,
      body: noBody,
      answers: { 204: null },
      problems: ['not-found'],
      handle: async ({ params }) => {
        if (!(await edge.removeLocalToken(params.uid)))
          throw new Problem('not-found', 'There is no such card.');
        return { status: 204 };
      },
    }),
  ];
}
