import { EventEmitter } from 'node:events';
import type { Readable } from 'node:stream';
import { Pool } from 'undici';
import type { EgressGuard } from './egress-guard.js';

const CONNECTIONS_PER_POOL = 4;
const MAX_POOLS = 512; // the one that was not used for longest is closed
const DEFAULT_DEADLINE_MS = 15_000;
const MAX_RESPONSE_BYTES = 10_485_760;

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  headers: Record<string, string>;
  body?: string;
  /** Shorter than the client's own. */
  deadlineMs?: number;
  /** Answers that are larger are not read; less than the client's own. */
  maxResponseBytes?: number;
  /** Whose connections are used: platforms on one host do not wait for each other. */
  onBehalfOf?: string;
}

export type HttpOutcome =
  | { kind: 'response'; status: number; header(name: string): string | undefined; text: string }
  /** No complete answer: the URL is not allowed, no connection, too slow or too large. */
  | { kind: 'failure'; detail: string };

export interface HttpClient {
  send(request: HttpRequest): Promise<HttpOutcome>;
  close(): Promise<void>;
}

/**
 * HTTP to partners: guarded, one bounded pool per partner and origin, one deadline for all of an exchange, no
 * redirects, and bodies as they come: nothing is unpacked.
 */
export function createHttpClient(options: { guard: EgressGuard; deadlineMs?: number }): HttpClient {
  const deadlineMs = options.deadlineMs ?? DEFAULT_DEADLINE_MS;
  const pools = new Map<string, Pool>();

  function poolFor(origin: string, owner: string): Pool {
    const key = `${owner} ${origin}`;
    const pool =
      pools.get(key) ??
      new Pool(origin, {
        connections: CONNECTIONS_PER_POOL,
        connect: { lookup: options.guard.lookup, timeout: deadlineMs },
        // The timer of each exchange covers its head and its body; two limits would race for the reason.
        headersTimeout: 0,
        bodyTimeout: 0,
      });
    pools.delete(key);
    pools.set(key, pool);
    if (pools.size > MAX_POOLS) {
      evictOldest();
    }
    return pool;
  }

  function evictOldest(): void {
    for (const [key, pool] of pools) {
      pools.delete(key);
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
      const response = await poolFor(url.origin, request.onBehalfOf ?? '').request({
        method: request.method,
        path: `${url.pathname}${url.search}`,
        headers: request.headers,
        ...(request.body === undefined ? {} : { body: request.body }),
        signal,
      });
      const { headers } = response;
      const maxBytes = Math.min(request.maxResponseBytes ?? MAX_RESPONSE_BYTES, MAX_RESPONSE_BYTES);
      const text = await readText(response.body, Number(headers['content-length'] ?? 0), maxBytes);
      if (text === undefined) {
        return { kind: 'failure', detail: `answer larger than ${maxBytes} bytes` };
      }
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

/** A byte order mark, which some platforms put before their JSON. */
const BYTE_ORDER_MARK = /^\uFEFF/;

/** undefined = it is, or says that it is, larger than `maxBytes`. */
function readText(body: Readable, announcedBytes: number, maxBytes: number): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    function giveUp(): void {
      resolve(undefined);
      body.destroy();
    }
    body.on('error', reject);
    if (announcedBytes > maxBytes) return giveUp();
    body.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) giveUp();
      else chunks.push(chunk);
    });
    body.on('end', () => resolve(Buffer.concat(chunks).toString('utf8').replace(BYTE_ORDER_MARK, '')));
  });
}

function cause(error: unknown): string {
  if (!(error instanceof Error)) {
    return 'connection failed';
  }
  return 'code' in error && typeof error.code === 'string'
    ? `${error.code}: ${error.message}`
    : error.message;
}
