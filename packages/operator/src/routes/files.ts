import type { OperatorEdge } from '@roambridge/core';
import { z } from 'zod';
import { listQuery, listReply, pageOf } from '../routing/lists.js';
import { Problem } from '../routing/problem.js';
import { noBody, none, type Route, route } from '../routing/route.js';
import { fileView, viewFile } from '../views/job.js';
import { isoTime } from '../views/times.js';

const tag = 'files';
export const fileId = z.string().regex(/^[0-9a-f-]{36}$/, 'is not the id of a file');

const fileUrl = z
  .object({ url: z.string().describe('Counts once; chargers need no other secret'), expires_at: z.string() })
  .meta({ id: 'FileUrl' });

/** Firmware for chargers and what chargers sent; the contents themselves move beside this table. */
export function fileRoutes(edge: OperatorEdge): Route[] {
  return [
    route({
      method: 'get',
      path: '/files',
      role: 'viewer',
      tag,
      summary: 'List files, newest first',
      params: none,
      query: listQuery.extend({
        station_id: z.string().min(1).max(255).exactOptional().describe('Those that this station sent'),
      }),
      body: noBody,
      answers: { 200: pageOf(fileView) },
      problems: ['invalid-request'],
      handle: async ({ query: { station_id: stationId, ...page } }) =>
        listReply(await edge.files({ ...page, ...(stationId === undefined ? {} : { stationId }) }), viewFile),
    }),
    route({
      method: 'delete',
      path: '/files/{id}',
      role: 'admin',
      tag,
      summary: 'Remove a file',
      params: z.object({ id: fileId }),
      query: none,
      body: noBody,
      answers: { 204: null },
      problems: ['invalid-request', 'not-found'],
      handle: async ({ params }) => {
        if (!(await edge.removeFile(params.id))) throw unknownFile(params.id);
        return { status: 204 };
      },
    }),
    route({
      method: 'post',
      path: '/stations/{station_id}/file-urls',
      role: 'field',
      tag,
      summary: 'Make a one-time URL by which a station gets or sends a file',
      params: z.object({ station_id: z.string().min(1).max(255) }),
      query: none,
      body: z
        .discriminatedUnion('direction', [
          z.strictObject({ direction: z.literal('download'), file_id: fileId }),
          z.strictObject({ direction: z.literal('upload') }),
        ])
        .meta({ id: 'FileUrlInput' }),
      answers: { 201: fileUrl },
      problems: ['invalid-request', 'not-found'],
      handle: async ({ params, body }) => {
        const file = body.direction === 'download' ? body.file_id : undefined;
        const made = await edge.grantFile(params.station_id, body.direction, file);
        if (made === undefined) {
          throw new Problem('not-found', `There is no station ${JSON.stringify(params.station_id)}.`);
        }
        return { status: 201, body: { url: made.url, expires_at: isoTime(made.expiresAt) } };
      },
    }),
  ];
}

export function unknownFile(id: string): Problem {
  return new Problem('not-found', `There is no file ${id}.`);
}
