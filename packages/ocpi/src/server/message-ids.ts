import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Ids of one exchange, repeated in its response (OCPI TR-020, TR-021). */
export interface MessageIds {
  requestId: string;
  correlationId: string;
}

/** The ids of a request; those that are missing or unusable are made up (TR-023). */
export function readMessageIds(headers: IncomingHttpHeaders): MessageIds {
  return {
    requestId: readId(headers['x-request-id']) ?? randomUUID(),
    correlationId: readId(headers['x-correlation-id']) ?? randomUUID(),
  };
}

export function messageIdHeaders(ids: MessageIds): Record<string, string> {
  return { 'X-Request-ID': ids.requestId, 'X-Correlation-ID': ids.correlationId };
}

function readId(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' && /^[\x21-\x7e]{1,128}$/.test(value) ? value : undefined;
}
