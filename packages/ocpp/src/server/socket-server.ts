import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { OcppLimits } from '../limits.js';
import { refuseUpgrade } from './refusal.js';

/** Longest time for the head of a request, ms, and its greatest length, bytes. */
const HEAD_TIMEOUT_MS = 10_000;
const HEAD_MAX_BYTES = 16_384;

/** Longest time for a request with its body, ms: the upload of a file. */
const REQUEST_TIMEOUT_MS = 30 * 60_000;

/** Messages shorter than this are not worth compressing, bytes. */
const COMPRESSION_THRESHOLD_BYTES = 1_024;

/** Compressions that run at one time in the whole process. */
const COMPRESSION_CONCURRENCY = 4;

/** What every listener for chargers has in common. */
export const HEAD_LIMITS = {
  headersTimeout: HEAD_TIMEOUT_MS,
  requestTimeout: REQUEST_TIMEOUT_MS,
  maxHeaderSize: HEAD_MAX_BYTES,
} as const;

/**
 * `negotiated`: when the client offers it. `assumed`: messages may come compressed although nobody agreed on it; ours
 * are not.
 */
export type Compression = 'none' | 'negotiated' | 'assumed';

export interface SocketServer {
  http: Server;
  /**
   * Completes a handshake. `subprotocol` is answered to the client; absent: no header.
   */
  complete(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    options: { subprotocol?: string; compression: Compression },
    opened: (socket: WebSocket) => void,
  ): void;
}

/** What takes requests that are no upgrade; false = it does not. */
type RequestHandler = (request: IncomingMessage, response: ServerResponse) => boolean;

/** HTTP server that upgrades, and the WebSocket machinery behind it and behind the TLS listener. */
export function createSocketServer(
  limits: Pick<OcppLimits, 'maxFrameBytes'>,
  onUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void,
  more: { https?: HttpsServer | undefined; onRequest?: RequestHandler | undefined } = {},
): SocketServer {
  const http = createServer(HEAD_LIMITS);
  attach(http, onUpgrade, more.onRequest);
  if (more.https) attach(more.https, onUpgrade, more.onRequest);
  const common = { noServer: true, maxPayload: limits.maxFrameBytes, clientTracking: false } as const;
  const plain = new WebSocketServer({ ...common, perMessageDeflate: false });
  const compressing = new WebSocketServer({
    ...common,
    perMessageDeflate: {
      serverNoContextTakeover: true,
      clientNoContextTakeover: true,
      threshold: COMPRESSION_THRESHOLD_BYTES,
      concurrencyLimit: COMPRESSION_CONCURRENCY,
    },
  });
  const inflating = new WebSocketServer({
    ...common,
    // Without a context of its own the threshold counts, and nothing of ours is compressed.
    perMessageDeflate: {
      serverNoContextTakeover: true,
      threshold: Number.POSITIVE_INFINITY,
      concurrencyLimit: COMPRESSION_CONCURRENCY,
    },
  });
  // The charger offered nothing, so nothing is answered: it is only read as if it had.
  inflating.on('headers', (headers) => {
    const index = headers.findIndex((line) => /^sec-websocket-extensions:/i.test(line));
    if (index >= 0) headers.splice(index, 1);
  });
  const servers = { none: plain, negotiated: compressing, assumed: inflating } satisfies Record<
    Compression,
    WebSocketServer
  >;
  return {
    http,
    complete(request, socket, head, { subprotocol, compression }, opened) {
      // ws reads the header itself and refuses what it does not like (repeated names): it gets only the choice.
      if (subprotocol === undefined) delete request.headers['sec-websocket-protocol'];
      else request.headers['sec-websocket-protocol'] = subprotocol;
      const offered = request.headers['sec-websocket-extensions'] !== undefined;
      const way = compression === 'assumed' && offered ? 'negotiated' : compression;
      if (way === 'assumed') request.headers['sec-websocket-extensions'] = 'permessage-deflate';
      servers[way].handleUpgrade(request, socket, head, opened);
    },
  };
}

function attach(
  server: Server | HttpsServer,
  onUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void,
  onRequest: RequestHandler | undefined,
): void {
  server.on('request', (request, response) => {
    if (onRequest?.(request, response)) return;
    response.writeHead(426, { Connection: 'close', Upgrade: 'websocket' }).end();
  });
  server.on('clientError', (_error, socket) => {
    if (socket.writable) refuseUpgrade(socket, 400);
    else socket.destroy();
  });
  server.on('upgrade', (request, socket, head) => {
    // First of all: an error event that nobody listens to ends the process.
    socket.on('error', () => socket.destroy());
    onUpgrade(request, socket, head);
  });
}
