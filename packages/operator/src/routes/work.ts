import type { Delivery, OperatorEdge } from '@roambridge/core';
import { z } from 'zod';
import { listQuery, listReply, pageOf } from '../routing/lists.js';
import { Problem } from '../routing/problem.js';
import { noBody, none, type Route, route } from '../routing/route.js';
import { attentionView, viewAttention } from '../views/attention.js';
import { deliveryProgressView, deliveryView, viewDelivery } from '../views/delivery.js';
import { traceView, viewTrace } from '../views/trace.js';

const OPEN_STATES: Delivery['state'][] = ['pending', 'parked'];

const someStates = z
  .string()
  .transform((words) => words.split(','))
  .pipe(z.array(deliveryProgressView.shape.state));

/** What is still to be done: deliveries by the gateway, attention by a person. */
export function workRoutes(edge: OperatorEdge): Route[] {
  return [
    route({
      method: 'get',
      path: '/deliveries',
      role: 'viewer',
      tag: 'deliveries',
      summary: 'What each partner still has to be told; by state, also what it was told last',
      params: none,
      query: listQuery.extend({
        partner_id: z.string().min(1).max(64).exactOptional(),
        state: someStates.default(OPEN_STATES).describe('Comma separated; absent = pending,parked'),
        kind: deliveryView.shape.kind.exactOptional(),
      }),
      body: noBody,
      answers: { 200: pageOf(deliveryView) },
      problems: ['invalid-request'],
      handle: async ({ query: { partner_id: partnerId, state: states, ...query } }) =>
        listReply(
          await edge.deliveries({ ...query, states, ...(partnerId === undefined ? {} : { partnerId }) }),
          viewDelivery,
        ),
    }),
    decision('retry', 'Tell the partner now, in full', (id) => edge.retryDelivery(id)),
    decision('discard', 'Do not tell the partner, until the object changes again', (id) =>
      edge.discardDelivery(id),
    ),
    route({
      method: 'get',
      path: '/trace/{correlation_id}',
      role: 'viewer',
      tag: 'trace',
      summary:
        'One timeline of a transaction, command or call: frames, decisions, documents, exchanges, deliveries',
      params: z.object({ correlation_id: z.string().min(1).max(255) }),
      query: none,
      body: noBody,
      answers: { 200: traceView },
      problems: ['not-found'],
      handle: async ({ params }) => {
        const trace = await edge.trace(params.correlation_id);
        if (trace === undefined) throw new Problem('not-found', 'Nothing is known by this correlation id.');
        return { status: 200, body: viewTrace(params.correlation_id, trace) };
      },
    }),
    route({
      method: 'get',
      path: '/attention',
      role: 'viewer',
      tag: 'attention',
      summary: 'What a person must look at',
      params: none,
      query: listQuery,
      body: noBody,
      answers: { 200: pageOf(attentionView) },
      problems: ['invalid-request'],
      handle: async ({ query }) => listReply(await edge.attention(query), viewAttention),
    }),
    route({
      method: 'post',
      path: '/attention/{id}/resolve',
      role: 'admin',
      tag: 'attention',
      summary: 'Mark an entry as resolved',
      params: z.object({ id: z.string().min(1).max(255) }),
      query: none,
      body: noBody,
      answers: { 204: null },
      problems: ['not-found'],
      handle: async ({ params }) => {
        if (!(await edge.resolveAttention(params.id))) {
          throw new Problem('not-found', 'There is no such open entry.');
        }
        return { status: 204 };
      },
    }),
  ];
}

/** What a person decides about a delivery that is pending or parked. */
function decision(
  verb: 'retry' | 'discard',
  summary: string,
  act: (id: string) => Promise<Delivery | undefined>,
): Route {
  return route({
    method: 'post',
    path: `/deliveries/{id}/${verb}`,
    role: 'admin',
    tag: 'deliveries',
    summary,
    params: z.object({ id: z.string().min(1).max(64) }),
    query: none,
    body: noBody,
    answers: { 200: deliveryView },
    problems: ['not-found', 'conflict'],
    handle: async ({ params }) => {
      const delivery = await act(params.id);
      if (delivery === undefined) throw new Problem('not-found', 'There is no such delivery.');
      return { status: 200, body: viewDelivery(delivery) };
    },
  });
}
