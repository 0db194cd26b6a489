import type { CdrRecord, OperatorEdge } from '@roambridge/core';
import { z } from 'zod';
import { Problem } from '../routing/problem.js';
import { noBody, none, type Route, route } from '../routing/route.js';
import { dateTime, text } from '../schemas/text.js';
import { cdrView, viewCdr } from '../views/cdr.js';
import { explanationView, viewExplanation } from '../views/explanation.js';

const tag = 'cdrs';
const byId = z.object({ id: z.string().min(1).max(255) });
const WH_PER_KWH = 1000;
/** More than any session takes. */
const MAX_KWH = 1_000_000;

const reason = text(255).describe('Kept with the CDR, and not told to the partner');

const correctionInput = z
  .strictObject({
    reason,
    tariff_id: text(36)
      .exactOptional()
      .describe('Tariff that prices it; absent = the one it had, for a CDR held for its tariff as it is now'),
    total_energy: z.number().min(0).max(MAX_KWH).exactOptional().describe('kWh; absent = as metered'),
    end_date_time: dateTime.exactOptional().describe('Absent = as reported'),
  })
  .meta({ id: 'CdrCorrection' });

/** What an operator does about CDRs: take back, make anew, send after all. */
export function cdrRoutes(edge: OperatorEdge): Route[] {
  return [
    route({
      method: 'get',
      path: '/cdrs/{id}/explain',
      role: 'viewer',
      tag,
      summary: 'How every amount of a CDR came about: tariff element, period, meter readings and frames',
      params: byId,
      query: none,
      body: noBody,
      answers: { 200: explanationView },
      problems: ['not-found'],
      handle: async ({ params }) => ({
        status: 200,
        body: viewExplanation(known(await edge.explainCdr(params.id))),
      }),
    }),
    route({
      method: 'post',
      path: '/cdrs/{id}/credit',
      role: 'admin',
      tag,
      summary: 'Take a CDR back that was sent: makes its credit CDR',
      params: byId,
      query: none,
      body: z.strictObject({ reason }),
      answers: { 201: cdrView },
      problems: ['invalid-request', 'not-found', 'conflict'],
      handle: async ({ params, body }) => ({
        status: 201,
        body: viewCdr(known(await edge.creditCdr(params.id, body.reason))),
      }),
    }),
    route({
      method: 'post',
      path: '/cdrs/{id}/correct',
      role: 'admin',
      tag,
      summary: 'Make the CDR of a session anew; one that was sent is credited and followed by a new one',
      params: byId,
      query: none,
      body: correctionInput,
      answers: { 200: z.object({ credit: cdrView.optional(), cdr: cdrView }) },
      problems: ['invalid-request', 'not-found', 'conflict'],
      handle: async ({ params, body }) => {
        const { cdr, credit } = known(
          await edge.correctCdr(params.id, {
            reason: body.reason,
            ...(body.tariff_id === undefined ? {} : { tariffId: body.tariff_id }),
            ...(body.total_energy === undefined
              ? {}
              : { energyWh: Math.round(body.total_energy * WH_PER_KWH * 1000) / 1000 }),
            ...(body.end_date_time === undefined ? {} : { endedAt: Date.parse(body.end_date_time) }),
          }),
        );
        return { status: 200, body: { ...(credit ? { credit: viewCdr(credit) } : {}), cdr: viewCdr(cdr) } };
      },
    }),
    route({
      method: 'post',
      path: '/cdrs/{id}/release',
      role: 'admin',
      tag,
      summary: 'Send a held CDR as it is',
      params: byId,
      query: none,
      body: z.strictObject({ reason }),
      answers: { 200: cdrView },
      problems: ['invalid-request', 'not-found', 'conflict'],
      handle: async ({ params, body }) => ({
        status: 200,
        body: viewCdr(known<CdrRecord>(await edge.releaseCdr(params.id, body.reason))),
      }),
    }),
  ];
}

function known<T>(found: T | undefined): T {
  if (found === undefined) throw new Problem('not-found', 'There is no such CDR.');
  return found;
}
