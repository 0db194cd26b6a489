import { type OperatorEdge, RESYNC_MODULES } from '@roambridge/core';
import { z } from 'zod';
import { pageOf } from '../routing/lists.js';
import { Problem } from '../routing/problem.js';
import { noBody, none, type Route, route } from '../routing/route.js';
import { downgradeView, viewDowngrades } from '../views/downgrade.js';
import { probeMarkdown, probeView, viewProbe } from '../views/probe.js';
import { resyncView, viewResync } from '../views/resync.js';

const tag = 'partners';
const byId = z.object({ partner_id: z.string().min(1).max(64) });

const resyncInput = z
  .strictObject({
    module: z.enum(RESYNC_MODULES),
    date_from: z.iso
      .datetime({ offset: true })
      .exactOptional()
      .describe('Sessions and CDRs that changed since then; default 30 days ago'),
  })
  .meta({ id: 'ResyncInput' });

/** What a partner has, offers and cannot see. */
export function partnerCheckRoutes(edge: OperatorEdge): Route[] {
  return [
    route({
      method: 'post',
      path: '/partners/{partner_id}/resync',
      role: 'admin',
      tag,
      summary:
        'Compare what a partner has of a module with what it should have, and tell again only what differs',
      params: byId,
      query: none,
      body: resyncInput,
      answers: { 200: resyncView },
      problems: ['not-found', 'conflict', 'invalid-request'],
      handle: async ({ params: { partner_id: id }, body }) => {
        const dateFrom = body.date_from === undefined ? undefined : Date.parse(body.date_from);
        const report = await edge.resyncPartner(id, body.module, dateFrom);
        if (report === undefined) throw unknownPartner(id);
        return { status: 200, body: viewResync(report) };
      },
    }),
    route({
      method: 'get',
      path: '/partners/{partner_id}/resyncs',
      role: 'viewer',
      tag,
      summary: 'The last comparison of each module since the start; always one page',
      params: byId,
      query: none,
      body: noBody,
      answers: { 200: pageOf(resyncView) },
      problems: ['not-found'],
      handle: async ({ params: { partner_id: id } }) => {
        const reports = await edge.resyncs(id);
        if (reports === undefined) throw unknownPartner(id);
        return { status: 200, body: { items: reports.map(viewResync), next_cursor: null } };
      },
    }),
    route({
      method: 'post',
      path: '/partners/{partner_id}/probe',
      role: 'admin',
      tag,
      summary:
        'Look at the platform of a partner with requests that change nothing; format=markdown for a page to send',
      params: byId,
      query: z.object({ format: z.enum(['json', 'markdown']).default('json') }),
      body: noBody,
      answers: { 200: probeView },
      problems: ['not-found', 'invalid-request'],
      handle: async ({ params: { partner_id: id }, query }) => {
        const [report, partner] = await Promise.all([edge.probePartner(id), edge.partner(id)]);
        if (report === undefined || partner === undefined) throw unknownPartner(id);
        return query.format === 'markdown'
          ? { status: 200, text: { type: 'text/markdown', content: probeMarkdown(partner.name, report) } }
          : { status: 200, body: viewProbe(report) };
      },
    }),
    route({
      method: 'get',
      path: '/partners/{partner_id}/downgrades',
      role: 'viewer',
      tag,
      summary: 'What a partner cannot see of locations and tariffs, because its version has no place for it',
      params: byId,
      query: none,
      body: noBody,
      answers: { 200: downgradeView },
      problems: ['not-found'],
      handle: async ({ params: { partner_id: id } }) => {
        const report = await edge.downgrades(id);
        if (report === undefined) throw unknownPartner(id);
        return { status: 200, body: viewDowngrades(report) };
      },
    }),
  ];
}

export function unknownPartner(id: string): Problem {
  return new Problem('not-found', `There is no partner ${JSON.stringify(id)}.`);
}
