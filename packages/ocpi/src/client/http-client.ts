import { EventEmitter } from 'node:events';
import { Pool } from 'undici';
import type { EgressGuard } from './egress-guard.js';

const CONNECTIONS_PER_ORIGIN = 4;
const MAX_ORIGINS = 512; // pools; the one that was not used for longest is closed
const DEFAULT_DEADLINE_MS = 15_000;
const MAX_RESPONSE_BYTES = 10_485_760;

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  headers: Record<string, string>;
  body?: string;
  /** Shorter than the client's own. */
  deadlineMs?: number;
}

export type HttpOutcome =
  | { kind: 'response'; status: number; header(name: string): string | undefined; text: string }
  /** No complete answer: the URL is not allowed, no connection, too slow or too large. */
  | { kind: 'failure'; detail: string };

export interface HttpClient {
  send(request: HttpRequest): Promise<HttpOutcome>;
  close(): Promise<void>;
}

/** HTTP to partners: guarded, one bounded pool per origin, one deadline for all of an exchange, no redirects. */
export function createHttpClient(options: { guard: EgressGuard; deadlineMs?: number }): HttpClient {
  const deadlineMs = options.deadlineMs ?? DEFAULT_DEADLINE_MS;
  const pools = new Map<string, Pool>();

  function poolFor(origin: string): Pool {
    const pool =
      pools.get(origin) ??
      new Pool(origin, {
        connections: CONNECTIONS_PER_ORIGIN,
        connect: { lookup: options.guard.lookup, timeout: deadlineMs },
        headersTimeout: deadlineMs,
        bodyTimeout: deadlineMs,
      });
    pools.delete(origin);
    pools.set(origin, pool);
    if (pools.size > MAX_ORIGINS) {
      evictOldest();
    }
    return pool;
  }

  function evictOldest(): void {
    for (const [origin, pool] of pools) {
      pools.delete(origin);
      pool.close().catch(() => undefined);
      return;
    }
  }

  async function send(request: HttpRequest): Promise<HttpOutcome> {
    const limitMs = Math.min(request.deadlineMs ?? deadlineMs, deadlineMs);
    const refusal = options.guard.refusalOfText(request.url);
    if (refusal !== undefined) {
      return { kind: 'failure', detail: `URL ${refusal}` };
    }
    const url = new URL(request.url);
    // An emitter and a timer: an AbortSignal costs several times as much, and this runs for every push.
    const signal = new EventEmitter();
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      signal.emit('abort');
    }, limitMs);
    try {
      const response = await poolFor(url.origin).request({
        method: request.method,
        path: `${url.pathname}${url.search}`,
        headers: request.headers,
        ...(request.body === undefined ? {} : { body: request.body }),
        signal,
      });
      const text = await readText(response.body);
      if (text === undefined) {
        return { kind: 'failure', detail: `answer larger than ${MAX_RESPONSE_BYTES} bytes` };
      }
      const headers = response.headers;
      return {
        kind: 'response',
        status: response.statusCode,
        header: (name) => {
          const value = headers[name.toLowerCase()];
          return Array.isArray(value) ? value[0] : value;
        },
        text,
      };
    } catch (error) {
      return { kind: 'failure', detail: late ? `no answer within ${limitMs} ms` : cause(error) };
    } finally {
      clearTimeout(timer);
    }
  }

  async function close(): Promise<void> {
    const open = [...pools.values()];
    pools.clear();
    await Promise.all(open.map((pool) => pool.destroy()));
  }

  return { send, close };
}

async function readText(body: AsyncIterable<unknown> & { destroy(): unknown }): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let size = 0;
  let text = '';
  for await (const chunk of body) {
    if (chunk instanceof Uint8Array) {
      size += chunk.byteLength;
      if (size > MAX_RESPONSE_BYTES) {
        body.destroy();
        return undefined;
      }
      text += decoder.decode(chunk, { stream: true });
    }
  }
  return text + decoder.decode();
}

function cause(error: unknown): string {
  if (!(error instanceof Error)) {
    return 'connection failed';
  }
  return 'code' in error && typeof error.code === 'string'
    ? `${error.code}: ${error.message}`
    : error.message;
}
