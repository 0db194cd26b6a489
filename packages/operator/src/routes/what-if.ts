import type { OperatorEdge } from '@roambridge/core';
import { z } from 'zod';
import { ocpiBody } from '../routing/keyed-body.js';
import { listQuery, listReply, pageOf } from '../routing/lists.js';
import { none, type Route, route } from '../routing/route.js';
import { tariffInput, withTaxRule } from '../schemas/tariff.js';
import { dateTime } from '../schemas/text.js';
import { comparisonView, viewComparison } from '../views/what-if.js';

const input = z
  .strictObject({
    tariff: tariffInput,
    from: dateTime.describe('Sessions that ended at this time or later'),
    to: dateTime.describe('… and before this time'),
  })
  .meta({ id: 'WhatIf' });

/** Prices sessions of the past by another tariff. */
export function whatIfRoute(edge: OperatorEdge): Route {
  return route({
    method: 'post',
    path: '/tariffs/what-if',
    role: 'viewer',
    tag: 'tariffs',
    summary: 'Price sessions that ended in a span of time by another tariff, newest first; nothing is stored',
    params: none,
    query: listQuery,
    body: input,
    prepare: ocpiBody,
    answers: { 200: pageOf(comparisonView) },
    problems: ['invalid-request'],
    handle: async ({ query, body }) =>
      listReply(
        await edge.whatIf({
          ...query,
          tariff: withTaxRule(body.tariff),
          from: Date.parse(body.from),
          to: Date.parse(body.to),
        }),
        viewComparison,
      ),
  });
}
