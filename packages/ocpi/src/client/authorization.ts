import { randomUUID } from 'node:crypto';

/** Authorization header value; Base64 of the UTF-8 octets without a line end where asked. // OCPI TR-003 to TR-005 */
export function authorization(token: string, encoding: 'raw' | 'base64'): string {
  return `Token ${encoding === 'raw' ? token : Buffer.from(token, 'utf8').toString('base64')}`;
}

/** Headers that every request to a partner carries. // OCPI TR-002, TR-020, TR-021, TR-024 */
export function requestHeaders(options: {
  token: string;
  encoding: 'raw' | 'base64';
  correlationId?: string;
}): Record<string, string> {
  return {
    Authorization: authorization(options.token, options.encoding),
    Accept: 'application/json',
    'X-Request-ID': randomUUID(),
    'X-Correlation-ID': options.correlationId ?? randomUUID(),
  };
}
