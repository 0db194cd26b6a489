import { isObject, type JsonObject } from './json.js';
import type { PeerClient } from './peer-client.js';
import type { EmspState } from './state.js';

/** A crawl that does not end is a fault of the CPO. */
const MAX_PAGES = 1_000;

export type PulledModule = 'locations' | 'sessions' | 'cdrs' | 'tariffs';

export interface PullQuery {
  date_from?: string;
  date_to?: string;
  offset?: number;
  limit?: number;
}

export interface Pulled {
  items: JsonObject[];
  /** Number of requests it took. */
  pages: number;
  /** X-Total-Count of the first page. */
  total: number | undefined;
}

/** Reads a list of the CPO and follows its Link headers (PG-09). @throws PeerRefusal */
export async function pull(
  state: EmspState,
  client: PeerClient,
  module: PulledModule,
  query: PullQuery,
): Promise<Pulled> {
  const items: JsonObject[] = [];
  let total: number | undefined;
  let pages = 0;
  const first = new URL(client.endpoint(module, 'SENDER'));
  for (const [name, value] of Object.entries(query)) first.searchParams.set(name, String(value));
  const [to] = state.connection.parties;
  for (let url: string | undefined = first.href; url !== undefined; ) {
    const where = `GET ${module}`;
    const answer = await client.request({ method: 'GET', url, module, ...(to ? { to } : {}) });
    const data = Array.isArray(answer.data) ? answer.data : [];
    items.push(...data.filter(isObject));
    for (const name of ['X-Total-Count', 'X-Limit']) {
      if (!/^\d+$/.test(answer.headers.get(name) ?? ''))
        state.findings.add(where, [`${name} is missing (PG-05, PG-06)`]);
    }
    total ??= Number(answer.headers.get('X-Total-Count') ?? Number.NaN);
    pages += 1;
    if (pages > MAX_PAGES) throw new Error(`${module}: more than ${MAX_PAGES} pages`);
    url = nextLink(answer.headers.get('Link'), url, (fault) => state.findings.add(where, [fault]));
  }
  return { items, pages, total };
}

/** PG-13: only a Link to the same origin is followed. */
function nextLink(link: string | null, from: string, fault: (text: string) => void): string | undefined {
  if (link === null) return undefined;
  const [, url] = /<([^>]+)>\s*;\s*rel="?next"?/.exec(link) ?? [];
  if (url === undefined || !URL.canParse(url)) {
    fault(`Link has the wrong form: ${link} (PG-04)`);
    return undefined;
  }
  if (new URL(url).origin === new URL(from).origin) return url;
  fault(`Link leaves the origin of the endpoint: ${url} (PG-13)`);
  return undefined;
}
