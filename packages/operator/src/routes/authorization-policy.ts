import type { GatewayPolicy, OperatorEdge } from '@roambridge/core';
import { z } from 'zod';
import { Problem } from '../routing/problem.js';
import { noBody, none, type Route, route } from '../routing/route.js';
import { authorizationPolicy, partnerView, viewPartner } from '../views/partner.js';
import { given } from '../views/times.js';

const gatewayPolicy = z
  .strictObject({
    allowed: z.enum(['local', 'realtime']).exactOptional().describe('In place of ALLOWED_POLICY'),
    unknown: z.enum(['none', 'hub', 'all']).exactOptional().describe('In place of RTA_UNKNOWN'),
    concurrent_sessions: z
      .enum(['allow', 'deny'])
      .exactOptional()
      .describe('In place of CONCURRENT_SESSIONS'),
    local_tokens_first: z.boolean().exactOptional().describe('In place of LOCAL_TOKENS_FIRST'),
  })
  .meta({ id: 'GatewayAuthorizationPolicy' });

const gatewayPolicyView = z.object({
  in_force: gatewayPolicy.required(),
  changed: gatewayPolicy.describe('What is not as the settings say'),
});

/** How tokens are decided (D4.2): by the policy of the platform, and by that of one partner. */
export function authorizationPolicyRoutes(edge: OperatorEdge): Route[] {
  const view = () => {
    const { inForce, changed } = edge.gatewayPolicy();
    return { in_force: viewGatewayPolicy(inForce), changed: viewGatewayPolicy(changed) };
  };
  return [
    route({
      method: 'get',
      path: '/authorization-policy',
      role: 'viewer',
      tag: 'partners',
      summary: 'How tokens of partners without a policy of their own are decided',
      params: none,
      query: none,
      body: noBody,
      answers: { 200: gatewayPolicyView },
      problems: [],
      handle: async () => ({ status: 200, body: view() }),
    }),
    route({
      method: 'put',
      path: '/authorization-policy',
      role: 'admin',
      tag: 'partners',
      summary: 'Set how tokens are decided; what is left out is as the settings say',
      params: none,
      query: none,
      body: gatewayPolicy,
      answers: { 200: gatewayPolicyView },
      problems: ['invalid-request'],
      handle: async ({ body }) => {
        const { allowed, unknown, concurrent_sessions, local_tokens_first } = body;
        await edge.setGatewayPolicy({
          ...given('allowedPolicy', allowed),
          ...given('rtaUnknown', unknown),
          ...given('concurrentSessions', concurrent_sessions),
          ...given('localTokensFirst', local_tokens_first),
        });
        return { status: 200, body: view() };
      },
    }),
    ofPartner(edge),
  ];
}

function viewGatewayPolicy<P extends Partial<GatewayPolicy>>({
  allowedPolicy,
  rtaUnknown,
  concurrentSessions,
  localTokensFirst,
}: P) {
  return {
    ...given('allowed', allowedPolicy),
    ...given('unknown', rtaUnknown),
    ...given('concurrent_sessions', concurrentSessions),
    ...given('local_tokens_first', localTokensFirst),
  };
}

function ofPartner(edge: OperatorEdge): Route {
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
