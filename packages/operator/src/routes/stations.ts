import type { OperatorEdge } from '@roambridge/core';
import { z } from 'zod';
import { keyedBody } from '../routing/keyed-body.js';
import { cursor, limit, listQuery, listReply, pageOf } from '../routing/lists.js';
import { Problem } from '../routing/problem.js';
import { noBody, none, type Route, route } from '../routing/route.js';
import { stationBody, stationId } from '../schemas/station.js';
import { dateTime } from '../schemas/text.js';
import { callOutcomeView, viewCallOutcome } from '../views/call-outcome.js';
import { frameView, viewFrame } from '../views/frame.js';
import { stationView } from '../views/station.js';

const tag = 'stations';
/** Looked up as it comes: a station that was stored under an older rule stays reachable. */
export const byId = z.object({ station_id: z.string().min(1).max(255) });

export const ocppAction = z.string().regex(/^[A-Za-z0-9]{1,64}$/, 'must be the name of an OCPP action');

/** Stations that one request may name. */
const IDS_MAX = 200;
const someIds = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(z.string().min(1).max(255)).max(IDS_MAX))
  .describe(`Only these, at most ${IDS_MAX}, comma separated; unknown ones are left out`);

const WORDS_MAX = 100;
const someWords = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(z.string().min(1).max(64)).max(WORDS_MAX));

const olderThan = z
  .string()
  .min(1)
  .max(255)
  .transform((text) => {
    const time = dateTime.safeParse(text);
    return time.success ? { beforeAt: Date.parse(time.data) } : { cursor: text };
  })
  .describe('Only frames older than a time, than a frame by its id, or than a page by its next_cursor');

export function stationRoutes(edge: OperatorEdge): Route[] {
  return [
    route({
      method: 'put',
      path: '/stations/{station_id}',
      role: 'admin',
      tag,
      summary: 'Create or replace a station',
      params: z.object({ station_id: stationId }),
      query: none,
      body: stationBody,
      prepare: keyedBody({ id: 'station_id' }),
      answers: { 200: stationView, 201: stationView },
      problems: ['invalid-request', 'conflict'],
      handle: async ({ params, body }) => {
        const { created, station } = await edge.putStation({ ...body, id: params.station_id });
        return { status: created ? 201 : 200, body: station };
      },
    }),
    route({
      method: 'get',
      path: '/stations',
      role: 'viewer',
      tag,
      summary: 'List stations with their live state',
      params: none,
      query: listQuery.extend({ ids: someIds.exactOptional() }),
      body: noBody,
      answers: { 200: pageOf(stationView) },
      problems: ['invalid-request'],
      handle: async ({ query: { ids, ...query } }) => {
        if (ids === undefined) return listReply(await edge.stations(query), (station) => station);
        const found = await Promise.all(ids.map((id) => edge.station(id)));
        return {
          status: 200,
          body: { items: found.filter((station) => station !== undefined), next_cursor: null },
        };
      },
    }),
    route({
      method: 'get',
      path: '/stations/{station_id}',
      role: 'viewer',
      tag,
      summary: 'Live state of a station',
      params: byId,
      query: none,
      body: noBody,
      answers: { 200: stationView },
      problems: ['not-found'],
      handle: async ({ params }) => {
        const station = await edge.station(params.station_id);
        if (station === undefined) throw unknownStation(params.station_id);
        return { status: 200, body: station };
      },
    }),
    route({
      method: 'delete',
      path: '/stations/{station_id}',
      role: 'admin',
      tag,
      summary: 'Remove a station',
      params: byId,
      query: none,
      body: noBody,
      answers: { 204: null },
      problems: ['not-found', 'conflict'],
      handle: async ({ params }) => {
        if (!(await edge.removeStation(params.station_id))) throw unknownStation(params.station_id);
        return { status: 204 };
      },
    }),
    route({
      method: 'post',
      path: '/stations/{station_id}/ocpp/{action}',
      role: 'field',
      tag,
      summary: 'Send an OCPP action to a station and wait for its answer',
      params: byId.extend({
        action: ocppAction,
      }),
      query: none,
      body: z
        .record(z.string(), z.unknown())
        .default({})
        .describe(
          'Request payload in the protocol of the station, e.g. {"type": "Soft"} for Reset of OCPP 1.6',
        ),
      answers: { 200: callOutcomeView },
      problems: ['invalid-request', 'not-found'],
      handle: async ({ params: { station_id, action }, body: payload }) => {
        const outcome = await edge.callStation(station_id, action, payload);
        if (outcome === undefined) throw unknownStation(station_id);
        const body = viewCallOutcome(action, outcome);
        return { status: 200, body, outcome: body.outcome };
      },
    }),
    route({
      method: 'get',
      path: '/stations/{station_id}/frames',
      role: 'viewer',
      tag,
      summary: 'Frame journal of a station, newest first',
      params: byId,
      query: z.object({
        limit,
        before: olderThan.exactOptional(),
        cursor,
        action: someWords
          .exactOptional()
          .describe('Only frames of these actions, with their answers; comma separated'),
        verdict: someWords
          .pipe(z.array(frameView.shape.verdict))
          .exactOptional()
          .describe('Only frames that came to this; comma separated'),
      }),
      body: noBody,
      answers: { 200: pageOf(frameView) },
      problems: ['invalid-request', 'not-found'],
      handle: async ({ params, query: { limit: count, before, cursor: from, action, verdict } }) => {
        const page = await edge.frames({
          stationId: params.station_id,
          limit: count,
          ...before,
          ...(from === undefined ? {} : { cursor: from }),
          ...(action === undefined ? {} : { actions: action }),
          ...(verdict === undefined ? {} : { verdicts: verdict }),
        });
        if (page === undefined) throw unknownStation(params.station_id);
        return listReply(page, viewFrame);
      },
    }),
  ];
}

export function unknownStation(id: string): Problem {
  return new Problem('not-found', `There is no station ${JSON.stringify(id)}.`);
}
