import { invalid } from '../errors.js';
import type { ModulePorts } from '../server/exchange.js';
import { read, url } from '../wire/schema.js';

/** Results are posted there with the partner's token, so not anywhere. // OCPI CO-08 */
export async function requireResponseUrl({ guard }: ModulePorts, responseUrl: string): Promise<void> {
  const reason = await guard.refusal(responseUrl);
  if (reason !== undefined) {
    throw invalid('response_url', reason);
  }
}

/**
 * The response URL of a query. Partners send it unencoded too: then what follows it in the query is its own, as far
 * as it is no parameter of the request (OCPI CP-02).
 */
export function responseUrlOf(query: URLSearchParams, ownParameters: readonly string[]): string {
  const entries = [...query];
  const at = entries.findIndex(([name]) => name === 'response_url');
  const [, first] = entries[at] ?? [];
  if (first === undefined) {
    throw invalid('response_url', 'is required');
  }
  const tail = entries
    .slice(at + 1)
    .filter(([name]) => first.includes('?') && !ownParameters.includes(name))
    .map(([name, value]) => `&${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
  try {
    return read(url, `${first}${tail.join('')}`);
  } catch {
    throw invalid('response_url', 'must be an absolute http or https URL of at most 255 characters');
  }
}
