import type { OperatorEdge } from '@roambridge/core';
import { z } from 'zod';
import { listQuery, listReply, pageOf } from '../routing/lists.js';
import { noBody, none, type Route, route } from '../routing/route.js';
import { text, webUrl } from '../schemas/text.js';
import { exchangeView, viewExchange } from '../views/exchange.js';
import { partnerView, viewPartner } from '../views/partner.js';
import { unknownPartner } from './partner-checks.js';

const tag = 'partners';
const byId = z.object({ partner_id: z.string().min(1).max(64) });

const hostedParty = z
  .string()
  .regex(/^[A-Za-z]{2}\*[A-Za-z0-9]{3}$/, 'must be a country and a party, e.g. DE*ABC')
  .transform((text) => ({
    country_code: text.slice(0, 2).toUpperCase(),
    party_id: text.slice(3).toUpperCase(),
  }));

const partnerInput = z
  .strictObject({
    name: text(100),
    versions_url: webUrl.exactOptional().describe("The partner's versions endpoint: we register with them."),
    token: z
      .string()
      .min(1)
      .max(64)
      .exactOptional()
      .describe('Their registration token, beside versions_url'),
    party: hostedParty
      .exactOptional()
      .describe('Which of our parties a 2.1.1 connection is about, e.g. DE*ABC; default the first'),
  })
  .refine(({ versions_url, token }) => (versions_url === undefined) === (token === undefined), {
    error: 'versions_url and token go together',
    path: ['token'],
  })
  .meta({ id: 'PartnerInput' });

export function partnerRoutes(edge: OperatorEdge): Route[] {
  return [
    route({
      method: 'post',
      path: '/partners',
      role: 'admin',
      tag,
      summary:
        'Invite a partner, whose registration token is shown this once; or, with versions_url and token, register with it',
      params: none,
      query: none,
      body: partnerInput,
      answers: {
        201: z.union([
          z.object({ id: z.string(), registration_token: z.string(), versions_url: z.string() }),
          z.object({
            id: z.string(),
            status: z
              .enum(['registering', 'registered'])
              .describe('registering: its answer was lost; we go on by ourselves'),
            version: z.string().optional(),
          }),
        ]),
      },
      problems: ['invalid-request', 'conflict'],
      handle: async ({ body }) => {
        const { name, versions_url: versionsUrl, token, party } = body;
        const ofParty = party === undefined ? {} : { party };
        if (versionsUrl !== undefined && token !== undefined) {
          const { id, status, version } = await edge.registerWith({ name, versionsUrl, token, ...ofParty });
          return { status: 201, body: { id, status, ...(version === undefined ? {} : { version }) } };
        }
        const { id, registrationToken, versionsUrl: ours } = await edge.createPartner(name, party);
        return {
          status: 201,
          body: { id, registration_token: registrationToken, versions_url: ours },
        };
      },
    }),
    route({
      method: 'get',
      path: '/partners',
      role: 'viewer',
      tag,
      summary: 'List partners; always one page',
      params: none,
      query: none,
      body: noBody,
      answers: { 200: pageOf(partnerView) },
      problems: [],
      handle: async () => {
        const partners = await edge.partners();
        return { status: 200, body: { items: partners.map(viewPartner), next_cursor: null } };
      },
    }),
    route({
      method: 'get',
      path: '/partners/{partner_id}',
      role: 'viewer',
      tag,
      summary: 'One partner',
      params: byId,
      query: none,
      body: noBody,
      answers: { 200: partnerView },
      problems: ['not-found'],
      handle: async ({ params }) => ({ status: 200, body: await view(edge, params.partner_id) }),
    }),
    route({
      method: 'delete',
      path: '/partners/{partner_id}',
      role: 'admin',
      tag,
      summary: 'Remove a partner',
      params: byId,
      query: none,
      body: noBody,
      answers: { 204: null },
      problems: ['not-found'],
      handle: async ({ params }) => {
        if (!(await edge.removePartner(params.partner_id))) throw unknownPartner(params.partner_id);
        return { status: 204 };
      },
    }),
    route({
      method: 'get',
      path: '/partners/{partner_id}/exchanges',
      role: 'viewer',
      tag,
      summary: 'The HTTP journal of a partner in both directions, newest first, without secrets',
      params: byId,
      query: listQuery.extend({ direction: z.enum(['in', 'out']).exactOptional() }),
      body: noBody,
      answers: { 200: pageOf(exchangeView) },
      problems: ['not-found', 'invalid-request'],
      handle: async ({ params, query }) => {
        const page = await edge.exchanges({ ...query, partnerId: params.partner_id });
        if (page === undefined) throw unknownPartner(params.partner_id);
        return listReply(page, viewExchange);
      },
    }),
    route({
      method: 'post',
      path: '/partners/{partner_id}/rotate',
      role: 'admin',
      tag,
      summary:
        'Replace the tokens of both directions; the old ones work until the new ones are known to be in use',
      params: byId,
      query: none,
      body: noBody,
      answers: { 200: partnerView },
      problems: ['not-found', 'conflict'],
      handle: async ({ params }) => {
        const partner = await edge.rotatePartner(params.partner_id);
        if (partner === undefined) throw unknownPartner(params.partner_id);
        return { status: 200, body: viewPartner(partner) };
      },
    }),
    switchRoute(edge, 'pause', 'Stop telling a partner until it is resumed', (id) => edge.pausePartner(id)),
    switchRoute(edge, 'resume', 'Tell a partner again', (id) => edge.resumePartner(id)),
  ];
}

function switchRoute(
  edge: OperatorEdge,
  verb: 'pause' | 'resume',
  summary: string,
  act: (id: string) => Promise<boolean>,
): Route {
  return route({
    method: 'post',
    path: `/partners/{partner_id}/${verb}`,
    role: 'admin',
    tag,
    summary,
    params: byId,
    query: none,
    body: noBody,
    answers: { 200: partnerView },
    problems: ['not-found'],
    handle: async ({ params }) => {
      if (!(await act(params.partner_id))) throw unknownPartner(params.partner_id);
      return { status: 200, body: await view(edge, params.partner_id) };
    },
  });
}

async function view(edge: OperatorEdge, id: string) {
  const partner = await edge.partner(id);
  if (partner === undefined) throw unknownPartner(id);
  return viewPartner(partner);
}
