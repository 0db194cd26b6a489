import type { Log } from '@roambridge/core';
import { createOperatorEdge, type OperatorServerOptions } from '../../src/server.js';
import { createMemoryEdge, type MemoryEdge } from './memory-edge.js';

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  body: any;
}

export interface TestApi {
  edge: MemoryEdge;
  origin: string;
  /** Sends as admin unless another token, or `null` for none, is named. */
  call(method: string, path: string, body?: unknown, token?: string | null): Promise<Answer>;
  close(): Promise<void>;
}

const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** The operator edge on a free port over an in-memory core. */
export async function startApi(options: Partial<Omit<OperatorServerOptions, 'edge'>> = {}): Promise<TestApi> {
  const edge = createMemoryEdge();
  const server = createOperatorEdge({
    edge,
    log: silent,
    metrics: { expose: async () => '# HELP roambridge_cdrs_total CDRs\n' },
    port: 0,
    host: '127.0.0.1',
    consoleUrl: 'http://console.example',
    ...options,
  });
  const { port } = await server.listen();
  const origin = `http://127.0.0.1:${port}`;
  return {
    edge,
    origin,
    close: () => server.close(),
    call: async (method, path, body, token = 'admin-token') => {
      const response = await fetch(`${origin}/api/v1${path}`, {
        method,
        headers: {
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        body: text === '' ? undefined : JSON.parse(text),
      };
    },
  };
}
