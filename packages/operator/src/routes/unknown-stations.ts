import type { OperatorEdge } from '@roambridge/core';
import { z } from 'zod';
import { listQuery, listReply, pageOf } from '../routing/lists.js';
import { Problem } from '../routing/problem.js';
import { noBody, none, type Route, route } from '../routing/route.js';
import { approvalBody, stationId } from '../schemas/station.js';
import { stationView } from '../views/station.js';
import { unknownStationView, viewUnknownStation } from '../views/unknown-station.js';

const tag = 'stations';

/** Chargers that knock and are not let in. */
export function unknownStationRoutes(edge: OperatorEdge): Route[] {
  return [
    route({
      method: 'get',
      path: '/unknown-stations',
      role: 'viewer',
      tag,
      summary: 'Chargers that were refused or wait in quarantine, with the reason, newest first',
      params: none,
      query: listQuery,
      body: noBody,
      answers: { 200: pageOf(unknownStationView) },
      problems: ['invalid-request'],
      handle: async ({ query }) => listReply(await edge.unknownStations(query), viewUnknownStation),
    }),
    route({
      method: 'post',
      path: '/unknown-stations/{station_id}/approve',
      role: 'admin',
      tag,
      summary: 'Make a station of a charger that knocked, with the password that it showed',
      params: z.object({ station_id: stationId }),
      query: none,
      body: approvalBody,
      answers: { 201: stationView },
      problems: ['invalid-request', 'not-found', 'conflict'],
      handle: async ({ params: { station_id }, body }) => {
        const station = await edge.approveStation(station_id, body);
        if (station === undefined) {
          throw new Problem('not-found', `No charger ${JSON.stringify(station_id)} has tried to connect.`);
        }
        return { status: 201, body: station };
      },
    }),
  ];
}
