import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { createServer as createTcp, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { parseJson } from '../json.js';
import { envelope, type InboundRequest, type Reply } from './exchange.js';
import type { ScriptedFaults, ScriptedReply } from './faults.js';

const HOST = '127.0.0.1';
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** PEM texts. */
export interface Certificate {
  cert: string;
  key: string;
}

/** What becomes of a connection before a byte is read; `serve` goes on as usual. */
export type ConnectionHandler = (socket: Socket, serve: () => void) => void;

export interface Listener {
  /** `http://127.0.0.1:<port>`, `https:` with a certificate. */
  readonly origin: string;
  /** Cuts all connections; new ones are for the handler, undefined = served as usual. */
  connectWith(handler: ConnectionHandler | undefined): void;
  /** Another certificate for new connections. @throws Error where there was none. */
  present(certificate: Certificate): void;
  /** Stops listening and cuts all connections. */
  down(): Promise<void>;
  /** Listens again on the same port. */
  up(): Promise<void>;
}

/** HTTP server of the eMSP. @param options.port 0 = any free port. */
export async function startListener(options: {
  port: number;
  /** Serves https with it. */
  tls?: Certificate;
  faults: ScriptedFaults;
  record: (request: InboundRequest) => void;
  serve: (request: InboundRequest) => Promise<Reply>;
  /** Told of every request that a script answers alone, unless it is not to be checked. */
  observe: (request: InboundRequest) => void;
}): Promise<Listener> {
  let server: Server | undefined;
  let port = options.port;
  let connect: ConnectionHandler | undefined;
  const open = new Set<Socket>();

  async function handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(message);
    options.record(request);
    const scripted = await options.faults.reply(request);
    if (scripted?.served === true) await options.serve(request);
    else if (scripted && scripted.unchecked !== true) options.observe(request);
    if (scripted) return sendScripted(response, scripted);
    const reply = await options.serve(request);
    send(response, reply.httpStatus, echoHeaders(request, reply.headers), JSON.stringify(envelope(reply)));
  }

  const answer = (message: IncomingMessage, response: ServerResponse) => {
    handle(message, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  };
  const secure = options.tls && createHttps(options.tls, answer);
  const http = secure ?? createHttp(answer);

  /** Connections come in here, so that they can fail before HTTP and TLS see them. */
  function accept(socket: Socket): void {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    socket.on('error', () => undefined);
    const serve = () => void http.emit('connection', socket);
    if (connect) connect(socket, serve);
    else serve();
  }

  function cut(): void {
    for (const socket of open) socket.destroy();
  }

  async function up(): Promise<void> {
    if (server) return;
    const next = createTcp({ allowHalfOpen: true, noDelay: true }, accept);
    await new Promise<void>((resolve, reject) => {
      next.once('error', reject);
      next.listen(port, HOST, resolve);
    });
    const address = next.address();
    if (address !== null && typeof address === 'object') port = address.port;
    server = next;
  }

  async function down(): Promise<void> {
    const old = server;
    server = undefined;
    if (!old) return;
    const closed = new Promise((resolve) => old.close(resolve));
    cut();
    await closed;
  }

  await up();
  return {
    origin: `${secure ? 'https' : 'http'}://${HOST}:${port}`,
    connectWith(handler) {
      connect = handler;
      cut();
    },
    present(certificate) {
      if (!secure) throw new Error('the eMSP was started without TLS');
      secure.setSecureContext(certificate);
    },
    down,
    up,
  };
}

function readBody(message: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    message.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_BODY_BYTES) reject(new Error('request body is too large'));
      else chunks.push(chunk);
    });
    message.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    message.once('error', reject);
  });
}

async function readRequest(message: IncomingMessage): Promise<InboundRequest> {
  const rawBody = await readBody(message);
  const url = new URL(message.url ?? '/', `http://${HOST}`);
  return {
    method: message.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: Object.fromEntries(
      Object.entries(message.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : (value ?? ''),
      ]),
    ),
    body: rawBody === '' ? undefined : parseJson(rawBody),
    rawBody,
    at: Date.now(),
  };
}

/** TR-020, TR-021, RT-04: both ids are repeated and the parties swapped. */
function echoHeaders(
  request: InboundRequest,
  more: Record<string, string> | undefined,
): Record<string, string> {
  const echoed: [string, string | undefined][] = [
    ['X-Request-ID', request.headers['x-request-id']],
    ['X-Correlation-ID', request.headers['x-correlation-id']],
    ['OCPI-to-country-code', request.headers['ocpi-from-country-code']],
    ['OCPI-to-party-id', request.headers['ocpi-from-party-id']],
    ['OCPI-from-country-code', request.headers['ocpi-to-country-code']],
    ['OCPI-from-party-id', request.headers['ocpi-to-party-id']],
  ];
  const present = echoed.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return { ...Object.fromEntries(present), ...more };
}

async function sendScripted(response: ServerResponse, reply: ScriptedReply): Promise<void> {
  if (reply.delayMs !== undefined) await delay(reply.delayMs);
  if (reply.write) return reply.write(response);
  if (reply.drop === true) {
    response.destroy();
    return;
  }
  const body = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body ?? {});
  send(response, reply.status ?? 200, reply.headers ?? {}, body);
}

function send(response: ServerResponse, status: number, headers: Record<string, string>, body: string): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(body);
}
