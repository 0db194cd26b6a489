import type { OperatorEdge } from '@roambridge/core';
import { z } from 'zod';
import { listQuery, listReply, pageOf } from '../routing/lists.js';
import { Problem } from '../routing/problem.js';
import { noBody, none, type Route, route } from '../routing/route.js';
import { jobView, securityEventView, viewJob, viewSecurityEvent } from '../views/job.js';

const ofStation = listQuery.extend({ station_id: z.string().min(1).max(255).exactOptional() });

/** What chargers were asked to do, and what they told about their own security. */
export function jobRoutes(edge: OperatorEdge): Route[] {
  return [
    route({
      method: 'get',
      path: '/jobs',
      role: 'viewer',
      tag: 'jobs',
      summary: 'List jobs at stations (firmware, logs, certificates), newest first',
      params: none,
      query: ofStation,
      body: noBody,
      answers: { 200: pageOf(jobView) },
      problems: ['invalid-request'],
      handle: async ({ query: { station_id: stationId, ...page } }) =>
        listReply(await edge.jobs({ ...page, ...(stationId === undefined ? {} : { stationId }) }), viewJob),
    }),
    route({
      method: 'get',
      path: '/jobs/{id}',
      role: 'viewer',
      tag: 'jobs',
      summary: 'A job at a station',
      params: z.object({ id: z.string().min(1).max(64) }),
      query: none,
      body: noBody,
      answers: { 200: jobView },
      problems: ['not-found'],
      handle: async ({ params }) => {
        const job = await edge.job(params.id);
        if (job === undefined) throw new Problem('not-found', `There is no job ${params.id}.`);
        return { status: 200, body: viewJob(job) };
      },
    }),
    route({
      method: 'get',
      path: '/security-events',
      role: 'viewer',
      tag: 'jobs',
      summary: 'Audit log of what stations told about their own security, newest first',
      params: none,
      query: ofStation.extend({ critical: z.enum(['true', 'false']).exactOptional() }),
      body: noBody,
      answers: { 200: pageOf(securityEventView) },
      problems: ['invalid-request'],
      handle: async ({ query: { station_id: stationId, critical, ...page } }) =>
        listReply(
          await edge.securityEvents({
            ...page,
            ...(stationId === undefined ? {} : { stationId }),
            ...(critical === undefined ? {} : { critical: critical === 'true' }),
          }),
          viewSecurityEvent,
        ),
    }),
  ];
}
