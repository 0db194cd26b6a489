import { createOcpiEdge, type OcpiEdgeOptions } from '../../src/index.js';
import { memoryEdge } from './memory-edge.js';
import { NOW } from './samples.js';

const silent = () => undefined;

/** A real OCPI server and link on an in-memory core. */
export async function startGateway(
  options: {
    hosted?: { country_code: string; party_id: string; name: string }[];
    allowPrivate?: boolean;
    partnerRequestMs?: number;
    limits?: OcpiEdgeOptions['limits'];
    publicUrl?: string;
  } = {},
) {
  const { edge, memory } = memoryEdge(options.hosted);
  let base = '';
  const gateway = createOcpiEdge({
    edge,
    clock: { now: () => NOW, after: () => silent },
    log: { debug: silent, info: silent, warn: silent, error: silent },
    port: 0,
    host: '127.0.0.1',
    publicUrl: () => options.publicUrl ?? base,
    allowPrivatePartnerUrls: options.allowPrivate ?? true,
    ...(options.partnerRequestMs === undefined
      ? {}
      : { timeouts: { partnerRequestMs: options.partnerRequestMs } }),
    ...(options.limits === undefined ? {} : { limits: options.limits }),
  });
  const { port } = await gateway.listen();
  base = `http://127.0.0.1:${port}`;

  async function call(
    method: string,
    path: string,
    request: { token?: string; headers?: Record<string, string>; body?: unknown; text?: string } = {},
  ) {
    const text = request.text ?? (request.body === undefined ? undefined : JSON.stringify(request.body));
    const response = await fetch(path.startsWith('http') ? path : `${base}${path}`, {
      method,
      headers: {
        ...(request.token === undefined ? {} : { Authorization: `Token ${request.token}` }),
        ...(text === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...request.headers,
      },
      ...(text === undefined ? {} : { body: text }),
    });
    const body = JSON.parse(await response.text());
    return { status: response.status, headers: response.headers, body };
  }

  return { memory, call, base, link: gateway.link, close: gateway.close };
}

export type Gateway = Awaited<ReturnType<typeof startGateway>>;
