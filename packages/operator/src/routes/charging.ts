import type { OperatorEdge } from '@roambridge/core';
import { z } from 'zod';
import { listQuery, listReply, pageOf } from '../routing/lists.js';
import { Problem } from '../routing/problem.js';
import { noBody, none, type Route, route } from '../routing/route.js';
import { cdrFilters, cdrQuery, sessionFilters, sessionQuery } from '../schemas/charging-filters.js';
import { cdrView, viewCdr } from '../views/cdr.js';
import { sessionView, viewSession } from '../views/session.js';
import { given } from '../views/times.js';
import { curveView, transactionView, viewCurve, viewTransaction } from '../views/transaction.js';

const byId = z.object({ id: z.string().min(1).max(255) });

/** Transactions (the chargers' records), sessions (what partners see) and CDRs. */
export function chargingRoutes(edge: OperatorEdge): Route[] {
  return [
    route({
      method: 'get',
      path: '/transactions',
      role: 'viewer',
      tag: 'transactions',
      summary: 'List the transactions of chargers, newest first',
      params: none,
      query: listQuery.extend({
        station_id: z.string().min(1).max(255).exactOptional(),
        open: z.enum(['true', 'false']).exactOptional(),
      }),
      body: noBody,
      answers: { 200: pageOf(transactionView) },
      problems: ['invalid-request'],
      handle: async ({ query: { station_id: stationId, open, ...page } }) =>
        listReply(
          await edge.transactions({
            ...page,
            ...(stationId === undefined ? {} : { stationId }),
            ...(open === undefined ? {} : { open: open === 'true' }),
          }),
          viewTransaction,
        ),
    }),
    route({
      method: 'get',
      path: '/transactions/{id}',
      role: 'viewer',
      tag: 'transactions',
      summary: 'One transaction',
      params: byId,
      query: none,
      body: noBody,
      answers: { 200: transactionView },
      problems: ['not-found'],
      handle: async ({ params }) => {
        const transaction = await edge.transaction(params.id);
        if (transaction === undefined) throw new Problem('not-found', 'There is no such transaction.');
        return { status: 200, body: viewTransaction(transaction) };
      },
    }),
    route({
      method: 'get',
      path: '/transactions/{id}/curve',
      role: 'viewer',
      tag: 'transactions',
      summary: 'Power and energy of a transaction as its charger metered them',
      params: byId,
      query: none,
      body: noBody,
      answers: { 200: curveView },
      problems: ['not-found'],
      handle: async ({ params }) => {
        const points = await edge.transactionCurve(params.id);
        if (points === undefined) throw new Problem('not-found', 'There is no such transaction.');
        return { status: 200, body: viewCurve(points) };
      },
    }),
    route({
      method: 'get',
      path: '/sessions',
      role: 'viewer',
      tag: 'sessions',
      summary: 'List sessions, newest first',
      params: none,
      query: listQuery.extend(sessionFilters.shape),
      body: noBody,
      answers: { 200: pageOf(sessionView) },
      problems: ['invalid-request'],
      handle: async ({ query: { limit, cursor, ...wanted } }) =>
        listReply(
          await edge.sessions({ limit, ...given('cursor', cursor), ...sessionQuery(wanted) }),
          viewSession,
        ),
    }),
    route({
      method: 'get',
      path: '/sessions/{id}',
      role: 'viewer',
      tag: 'sessions',
      summary: 'One session',
      params: byId,
      query: none,
      body: noBody,
      answers: { 200: sessionView },
      problems: ['not-found'],
      handle: async ({ params }) => {
        const session = await edge.session(params.id);
        if (session === undefined) throw new Problem('not-found', 'There is no such session.');
        return { status: 200, body: viewSession(session) };
      },
    }),
    route({
      method: 'get',
      path: '/cdrs',
      role: 'viewer',
      tag: 'cdrs',
      summary: 'List CDRs, newest first',
      params: none,
      query: listQuery.extend(cdrFilters.shape),
      body: noBody,
      answers: { 200: pageOf(cdrView) },
      problems: ['invalid-request'],
      handle: async ({ query: { limit, cursor, ...wanted } }) =>
        listReply(await edge.cdrs({ limit, ...given('cursor', cursor), ...cdrQuery(wanted) }), viewCdr),
    }),
    route({
      method: 'get',
      path: '/cdrs/{id}',
      role: 'viewer',
      tag: 'cdrs',
      summary: 'One CDR',
      params: byId,
      query: none,
      body: noBody,
      answers: { 200: cdrView },
      problems: ['not-found'],
      handle: async ({ params }) => {
        const cdr = await edge.cdr(params.id);
        if (cdr === undefined) throw new Problem('not-found', 'There is no such CDR.');
        return { status: 200, body: viewCdr(cdr) };
      },
    }),
  ];
}
