import type { OperatorEdge, StationActions } from '@roambridge/core';
import { z } from 'zod';
import { Problem } from '../routing/problem.js';
import { noBody, none, type Route, route } from '../routing/route.js';
import { byId, ocppAction, unknownStation } from './stations.js';

const tag = 'stations';

const actionsView = z
  .object({
    protocol: z.string().nullable().describe('null: the station never told which, and none was entered'),
    actions: z.array(z.string()),
  })
  .meta({ id: 'StationActions' });

const actionView = z
  .object({
    action: z.string(),
    protocol: z.string(),
    request_schema: z
      .record(z.string(), z.unknown())
      .describe('JSON schema of the request payload, as the Open Charge Alliance publishes it'),
  })
  .meta({ id: 'StationAction' });

/** What a station can be asked, for forms. */
export function stationActionRoutes(edge: OperatorEdge): Route[] {
  async function actionsOf(stationId: string): Promise<StationActions> {
    const found = await edge.stationActions(stationId);
    if (found === undefined) throw unknownStation(stationId);
    return found;
  }

  return [
    route({
      method: 'get',
      path: '/stations/{station_id}/ocpp',
      role: 'viewer',
      tag,
      summary: 'OCPP actions that a station can be sent, in its own protocol',
      params: byId,
      query: none,
      body: noBody,
      answers: { 200: actionsView },
      problems: ['not-found'],
      handle: async ({ params }) => {
        const { protocol = null, actions } = await actionsOf(params.station_id);
        return { status: 200, body: { protocol, actions } };
      },
    }),
    route({
      method: 'get',
      path: '/stations/{station_id}/ocpp/{action}',
      role: 'viewer',
      tag,
      summary: 'JSON schema of the payload of an OCPP action',
      params: byId.extend({ action: ocppAction }),
      query: none,
      body: noBody,
      answers: { 200: actionView },
      problems: ['not-found', 'invalid-request'],
      handle: async ({ params: { station_id, action } }) => {
        const { protocol, schemaOf } = await actionsOf(station_id);
        const schema = schemaOf(action);
        if (protocol === undefined || schema === undefined)
          throw new Problem('not-found', `The protocol of ${station_id} has no action ${action}.`);
        return { status: 200, body: { action, protocol, request_schema: schema } };
      },
    }),
  ];
}
