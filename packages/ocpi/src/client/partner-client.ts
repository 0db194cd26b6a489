import type { Clock, Partner, PartnerEdge } from '@roambridge/core';
import { merged } from '@roambridge/domain';
import type { HttpClient, HttpOutcome, HttpRequest } from './http-client.js';

/** Sends a request to a partner and notes the exchange in the journal. */
export type PartnerClient = (
  partner: Partner,
  request: Omit<HttpRequest, 'onBehalfOf'>,
) => Promise<HttpOutcome>;

export function createPartnerClient(options: {
  client: HttpClient;
  edge: Pick<PartnerEdge, 'noteExchange'>;
  clock: Clock;
}): PartnerClient {
  const { client, edge, clock } = options;
  return async (partner, request) => {
    const at = clock.now();
    const outcome = await client.send(merged(request, { onBehalfOf: partner.id }));
    edge.noteExchange(partner, {
      at,
      direction: 'out',
      method: request.method,
      url: request.url,
      httpStatus: outcome.kind === 'response' ? outcome.status : null,
      latencyMs: clock.now() - at,
      requestId: request.headers['X-Request-ID'] ?? null,
      correlationId: request.headers['X-Correlation-ID'] ?? null,
      requestBody: request.body ?? null,
      responseBody: outcome.kind === 'response' ? outcome.text : null,
      error: outcome.kind === 'failure' ? outcome.detail : null,
    });
    return outcome;
  };
}
