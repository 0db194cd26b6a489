import type { OperatorEdge } from '@roambridge/core';
import { price } from '../pricing/price.js';
import { ocpiBody } from '../routing/keyed-body.js';
import { none, type Route, route } from '../routing/route.js';
import { priceRequest } from '../schemas/price-request.js';
import { pricedView, viewPriced } from '../views/priced.js';

/** Prices a session that is in the request; nothing is read or stored. */
export function tariffPriceRoute(edge: Pick<OperatorEdge, 'roundingOf'>): Route {
  return route({
    method: 'post',
    path: '/tariffs/price',
    role: 'viewer',
    tag: 'tariffs',
    summary: 'Price a session by a tariff, line by line, without storing anything',
    params: none,
    query: none,
    body: priceRequest,
    prepare: ocpiBody,
    answers: { 200: pricedView },
    problems: ['invalid-request'],
    handle: async ({ body }) => ({ status: 200, body: viewPriced(price(body, edge.roundingOf)) }),
  });
}
