import type { OperatorEdge } from '@roambridge/core';
import { z } from 'zod';
import { Problem } from '../routing/problem.js';
import { none, type Route, route } from '../routing/route.js';
import { authorizationPolicy, partnerView, viewPartner } from '../views/partner.js';

/** How the tokens of one partner are decided (D4.2). */
export function authorizationPolicyRoute(edge: OperatorEdge): Route {
  return route({
    method: 'put',
    path: '/partners/{partner_id}/authorization-policy',
    role: 'admin',
    tag: 'partners',
    summary: 'Set how tokens of a partner are decided; what is left out is as the settings say',
    params: z.object({ partner_id: z.string().min(1).max(64) }),
    query: none,
    body: authorizationPolicy,
    answers: { 200: partnerView },
    problems: ['invalid-request', 'not-found'],
    handle: async ({ params, body }) => {
      const { concurrent_sessions: concurrentSessions, ...same } = body;
      const policy = concurrentSessions === undefined ? same : { ...same, concurrentSessions };
      const found = await edge.setAuthorizationPolicy(params.partner_id, policy);
      const partner = found ? await edge.partner(params.partner_id) : undefined;
      if (partner === undefined) {
        throw new Problem('not-found', `There is no partner ${JSON.stringify(params.partner_id)}.`);
      }
      return { status: 200, body: viewPartner(partner) };
    },
  });
}
