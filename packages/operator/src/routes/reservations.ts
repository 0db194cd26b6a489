import type { OperatorEdge } from '@roambridge/core';
import { z } from 'zod';
import { listQuery, listReply, pageOf } from '../routing/lists.js';
import { noBody, none, type Route, route } from '../routing/route.js';
import { reservationView, viewReservation } from '../views/reservation.js';

/** Reservations of partners, and those that the operator made with ReserveNow. */
export function reservationRoutes(edge: OperatorEdge): Route[] {
  return [
    route({
      method: 'get',
      path: '/reservations',
      role: 'viewer',
      tag: 'reservations',
      summary: 'List reservations, newest first',
      params: none,
      query: listQuery.extend({ station_id: z.string().min(1).max(255).exactOptional() }),
      body: noBody,
      answers: { 200: pageOf(reservationView) },
      problems: ['invalid-request'],
      handle: async ({ query: { station_id: stationId, ...page } }) =>
        listReply(
          await edge.reservations({ ...page, ...(stationId === undefined ? {} : { stationId }) }),
          viewReservation,
        ),
    }),
  ];
}
