import type { ExchangeRecord } from '@roambridge/core';
import { z } from 'zod';
import { isoTime } from './times.js';

export const exchangeView = z
  .object({
    id: z.string(),
    partner_id: z.string(),
    at: z.string(),
    direction: z.enum(['in', 'out']).describe('out = we asked the partner'),
    method: z.string(),
    url: z.string(),
    http_status: z.int().nullable().describe('null = there was no answer'),
    status_code: z.int().nullable().describe('Of the OCPI envelope'),
    latency_ms: z.number(),
    request_id: z.string().nullable(),
    correlation_id: z.string().nullable(),
    request_body: z.string().nullable().describe('Secrets masked, shortened where it is long'),
    response_body: z.string().nullable().describe('Secrets masked, shortened where it is long'),
    error: z.string().nullable().describe('Why there was no answer'),
  })
  .meta({ id: 'Exchange' });

/** One entry of the HTTP journal. */
export function viewExchange(exchange: ExchangeRecord & { id: string }): z.output<typeof exchangeView> {
  return {
    id: exchange.id,
    partner_id: exchange.partnerId,
    at: isoTime(exchange.at),
    direction: exchange.direction,
    method: exchange.method,
    url: exchange.url,
    http_status: exchange.httpStatus,
    status_code: exchange.statusCode,
    latency_ms: exchange.latencyMs,
    request_id: exchange.requestId,
    correlation_id: exchange.correlationId,
    request_body: exchange.requestBody,
    response_body: exchange.responseBody,
    error: exchange.error,
  };
}
