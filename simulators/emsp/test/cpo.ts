import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '../src/index.js';

export interface Seen {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: JsonObject;
}

export interface PushAnswer {
  status: number;
  headers: Headers;
  body: JsonObject;
}

/** Just enough CPO for the eMSP: registers it, takes tokens and commands, lists sessions. */
export interface Cpo {
  versionsUrl: string;
  seen: Seen[];
  /** Sync result of commands. */
  commandResult: string;
  /** Sends a request to a module of the registered eMSP. */
  push(
    method: string,
    module: string,
    path: string,
    body?: JsonObject,
    headers?: Record<string, string>,
  ): Promise<PushAnswer>;
  close(): Promise<void>;
}

export const TOKEN_A = 'token-a-for-tests';
const TOKEN_C = 'token-c-for-tests';
const LISTED = Array.from({ length: 5 }, (_, index) => ({ id: `S${index}` }));
const PAGE = 2;

export async function startCpo(version: string): Promise<Cpo> {
  const modern = version !== '2.1.1';
  const seen: Seen[] = [];
  let tokenB = '';
  let endpoints: { identifier: string; url: string }[] = [];
  const encode = (token: string) => `Token ${modern ? Buffer.from(token).toString('base64') : token}`;

  async function call(method: string, url: string, body?: JsonObject, more?: Record<string, string>) {
    const response = await fetch(url, {
      method,
      headers: {
        Authorization: encode(tokenB),
        ...(body ? { 'Content-Type': 'application/json' } : {}),
        ...(modern
          ? {
              'X-Request-ID': randomUUID(),
              'X-Correlation-ID': randomUUID(),
              'OCPI-from-country-code': 'DE',
              'OCPI-from-party-id': 'RBG',
              'OCPI-to-country-code': 'NL',
              'OCPI-to-party-id': 'MSP',
            }
          : {}),
        ...more,
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as JsonObject,
    };
  }

  async function serve(request: Seen, url: URL): Promise<{ data?: unknown; headers?: object }> {
    const base = `http://${url.host}`;
    const endpoint = (identifier: string, role: string) => ({
      identifier,
      ...(modern ? { role } : {}),
      url: `${base}/cpo/${version}/${identifier}/`,
    });
    if (request.path === '/cpo/versions') return { data: [{ version, url: `${base}/cpo/${version}` }] };
    if (request.path === `/cpo/${version}`)
      return {
        data: {
          version,
          endpoints: [
            endpoint('credentials', 'SENDER'),
            endpoint('sessions', 'SENDER'),
            endpoint('tokens', 'RECEIVER'),
            endpoint('commands', 'RECEIVER'),
          ],
        },
      };
    if (request.path.includes('/credentials')) {
      tokenB = String(request.body.token);
      const callBack = async (target: string) => (await getPlain(target)).data;
      const [entry] = (await callBack(String(request.body.url))) as { url: string }[];
      const details = (await callBack(entry?.url ?? '')) as { endpoints: typeof endpoints };
      endpoints = details.endpoints;
      const business_details = { name: 'Roambridge' };
      const party = { party_id: 'RBG', country_code: 'DE' };
      const own = { token: TOKEN_C, url: `${base}/cpo/versions` };
      return {
        data: modern
          ? { ...own, roles: [{ role: 'CPO', business_details, ...party }] }
          : { ...own, business_details, ...party },
      };
    }
    if (request.path.includes('/commands/')) {
      const responseUrl = String(request.body.response_url);
      if (cpo.commandResult === 'ACCEPTED')
        setTimeout(() => void call('POST', responseUrl, { result: 'ACCEPTED' }), 5);
      return { data: { result: cpo.commandResult, ...(modern ? { timeout: 5 } : {}) } };
    }
    if (request.path.includes('/sessions')) {
      const offset = Number(url.searchParams.get('offset') ?? 0);
      const next = new URL(url);
      next.searchParams.set('offset', String(offset + PAGE));
      return {
        data: LISTED.slice(offset, offset + PAGE),
        headers: {
          'X-Total-Count': String(LISTED.length),
          'X-Limit': String(PAGE),
          ...(offset + PAGE < LISTED.length ? { Link: `<${next.href}>; rel="next"` } : {}),
        },
      };
    }
    return {};
  }

  async function getPlain(url: string): Promise<{ data: unknown }> {
    const response = await fetch(url, {
      headers: {
        Authorization: encode(tokenB),
        'X-Request-ID': randomUUID(),
        'X-Correlation-ID': randomUUID(),
      },
    });
    return (await response.json()) as { data: unknown };
  }

  const server = createServer(async (message, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const url = new URL(message.url ?? '/', `http://${message.headers.host}`);
    const request: Seen = {
      method: message.method ?? '',
      path: url.pathname,
      headers: message.headers,
      body: text === '' ? {} : JSON.parse(text),
    };
    seen.push(request);
    const expected =
      request.path.includes('/credentials') || tokenB === '' ? encode(TOKEN_A) : encode(TOKEN_C);
    const allowed = message.headers.authorization === expected;
    const { data, headers } = allowed ? await serve(request, url) : {};
    response.writeHead(allowed ? 200 : 401, {
      'Content-Type': 'application/json',
      ...echo(message.headers),
      ...headers,
    });
    response.end(
      JSON.stringify({
        data,
        status_code: allowed ? 1000 : 2000,
        timestamp: `${new Date().toISOString().slice(0, 19)}Z`,
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cpo: Cpo = {
    versionsUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/cpo/versions`,
    seen,
    commandResult: 'ACCEPTED',
    push(method, module, path, body, headers) {
      const endpoint = endpoints.find((candidate) => candidate.identifier === module);
      return call(method, `${endpoint?.url}${path}`, body, headers);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return cpo;
}

function echo(headers: IncomingMessage['headers']): Record<string, string> {
  const pairs: [string, unknown][] = [
    ['X-Request-ID', headers['x-request-id']],
    ['X-Correlation-ID', headers['x-correlation-id']],
    ['OCPI-to-country-code', headers['ocpi-from-country-code']],
    ['OCPI-to-party-id', headers['ocpi-from-party-id']],
    ['OCPI-from-country-code', headers['ocpi-to-country-code']],
    ['OCPI-from-party-id', headers['ocpi-to-party-id']],
  ];
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
}
