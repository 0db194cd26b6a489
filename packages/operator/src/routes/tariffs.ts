import type { OperatorEdge } from '@roambridge/core';
import { keyedOcpiBody } from '../routing/keyed-body.js';
import { listQuery, listReply, pageOf } from '../routing/lists.js';
import { Problem } from '../routing/problem.js';
import { noBody, none, type Route, route } from '../routing/route.js';
import { tariffInput, withTaxRule } from '../schemas/tariff.js';
import { tariffView } from '../views/ocpi-object.js';
import { OBJECT_KEY_MEMBERS, objectKey } from './object-key.js';

const tag = 'tariffs';
const path = '/tariffs/{country_code}/{party_id}/{id}';

export function tariffRoutes(edge: OperatorEdge): Route[] {
  return [
    route({
      method: 'put',
      path,
      role: 'admin',
      tag,
      summary: 'Create or replace a tariff',
      params: objectKey,
      query: none,
      body: tariffInput,
      prepare: keyedOcpiBody(OBJECT_KEY_MEMBERS),
      answers: { 200: tariffView, 201: tariffView },
      problems: ['invalid-request', 'conflict'],
      handle: async ({ body }) => {
        const { created, tariff } = await edge.putTariff(withTaxRule(body));
        return { status: created ? 201 : 200, body: tariff };
      },
    }),
    route({
      method: 'get',
      path: '/tariffs',
      role: 'viewer',
      tag,
      summary: 'List tariffs',
      params: none,
      query: listQuery,
      body: noBody,
      answers: { 200: pageOf(tariffView) },
      problems: ['invalid-request'],
      handle: async ({ query }) => listReply(await edge.tariffs(query), (tariff) => tariff),
    }),
    route({
      method: 'get',
      path,
      role: 'viewer',
      tag,
      summary: 'One tariff',
      params: objectKey,
      query: none,
      body: noBody,
      answers: { 200: tariffView },
      problems: ['not-found'],
      handle: async ({ params }) => {
        const tariff = await edge.tariff(params);
        if (tariff === undefined) throw new Problem('not-found', 'There is no such tariff.');
        return { status: 200, body: tariff };
      },
    }),
    route({
      method: 'delete',
      path,
      role: 'admin',
      tag,
      summary: 'Remove a tariff',
      params: objectKey,
      query: none,
      body: noBody,
      answers: { 204: null },
      problems: ['not-found', 'conflict'],
      handle: async ({ params }) => {
        if (!(await edge.removeTariff(params))) throw new Problem('not-found', 'There is no such tariff.');
        return { status: 204 };
      },
    }),
  ];
}
