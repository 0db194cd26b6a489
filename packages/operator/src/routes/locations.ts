import type { OperatorEdge } from '@roambridge/core';
import { keyedOcpiBody } from '../routing/keyed-body.js';
import { listQuery, listReply, pageOf } from '../routing/lists.js';
import { Problem } from '../routing/problem.js';
import { noBody, none, type Route, route } from '../routing/route.js';
import { locationInput } from '../schemas/location.js';
import { locationView } from '../views/ocpi-object.js';
import { OBJECT_KEY_MEMBERS, objectKey } from './object-key.js';

const tag = 'locations';
const path = '/locations/{country_code}/{party_id}/{id}';

export function locationRoutes(edge: OperatorEdge): Route[] {
  return [
    route({
      method: 'put',
      path,
      role: 'admin',
      tag,
      summary: 'Create or replace a location; an EVSE that is left out becomes REMOVED',
      params: objectKey,
      query: none,
      body: locationInput,
      prepare: keyedOcpiBody(OBJECT_KEY_MEMBERS),
      answers: { 200: locationView, 201: locationView },
      problems: ['invalid-request', 'conflict'],
      handle: async ({ body }) => {
        const { created, location } = await edge.putLocation(body);
        return { status: created ? 201 : 200, body: location };
      },
    }),
    route({
      method: 'get',
      path: '/locations',
      role: 'viewer',
      tag,
      summary: 'List locations',
      params: none,
      query: listQuery,
      body: noBody,
      answers: { 200: pageOf(locationView) },
      problems: ['invalid-request'],
      handle: async ({ query }) => listReply(await edge.locations(query), (location) => location),
    }),
    route({
      method: 'get',
      path,
      role: 'viewer',
      tag,
      summary: 'One location',
      params: objectKey,
      query: none,
      body: noBody,
      answers: { 200: locationView },
      problems: ['not-found'],
      handle: async ({ params }) => {
        const location = await edge.location(params);
        if (location === undefined) throw new Problem('not-found', 'There is no such location.');
        return { status: 200, body: location };
      },
    }),
  ];
}
