import type { Clock, Log, Partner, PartnerEdge } from '@roambridge/core';
import type { Request, RequestHandler, Response } from 'express';
import type { SilentParties } from '../client/silent-parties.js';
import { notAllowed, OcpiRefusal, STATUS } from '../errors.js';
import { authenticate } from './authenticate.js';
import { envelope } from './envelope.js';
import type { Handler, Method, Reply } from './exchange.js';
import { parseJsonBody, readBodyText } from './json-body.js';
import { type MessageIds, messageIdHeaders, readMessageIds } from './message-ids.js';
import type { PartnerLoad } from './partner-load.js';
import { NO_ROUTING, type Routing, readRouting } from './routing.js';

export interface ServeOptions {
  edge: PartnerEdge;
  clock: Clock;
  log: Log;
  load: PartnerLoad;
  silent: SilentParties;
  /** Who may call: also a partner that is still registering, or registered partners only. */
  access: 'registration' | 'registered';
  /** Whether the path carries message routing headers (OCPI RT-01, RT-02). */
  routesMessages: boolean;
}

type Methods = Partial<Record<Method, Handler>>;

/** Serves one path, and notes the exchange: ids, credential, method, routing, handler, envelope - in this order. */
export function serve(options: ServeOptions, methods: Methods): RequestHandler {
  return async (request, response) => {
    const ids = readMessageIds(request.headers);
    const at = options.clock.now();
    let routing = NO_ROUTING;
    let reply: Reply;
    let partner: Partner | undefined;
    let requestBody: string | null = null;
    try {
      partner = authenticate(options.edge, request.headers.authorization, options.access);
      options.load.enter(partner.id, response);
      const handler = handlerOf(methods, request.method);
      if (options.routesMessages) {
        routing = readRouting(request.headers, partner, options.edge.hostedParties);
        if (routing.requester) options.silent.heard(partner.id, routing.requester);
      }
      reply = await handler({
        partner,
        params: pathParameters(request),
        query: new URLSearchParams(request.originalUrl.split('?').slice(1).join('?')),
        body: async () => {
          requestBody = await readBodyText(request);
          return parseJsonBody(requestBody);
        },
        correlationId: ids.correlationId,
        requester: routing.requester,
        ourParty: routing.ourParty,
      });
    } catch (error) {
      reply = refusal(error, options.log, ids);
    }
    const responseBody = send(response, reply, { ids, routing, clock: options.clock });
    options.load.await(response);
    // Who did not say who he is has no journal.
    if (partner === undefined) return;
    options.edge.noteExchange(partner, {
      at,
      direction: 'in',
      method: request.method,
      url: request.originalUrl,
      httpStatus: reply.httpStatus ?? 200,
      latencyMs: options.clock.now() - at,
      ...ids,
      requestBody,
      responseBody,
      error: null,
    });
  };
}

/** Answer to a request that failed before it reached a path. */
export function refuse(
  request: Request,
  response: Response,
  error: unknown,
  options: { clock: Clock; log: Log },
): void {
  const ids = readMessageIds(request.headers);
  send(response, refusal(error, options.log, ids), { ids, routing: NO_ROUTING, clock: options.clock });
}

function handlerOf(methods: Methods, method: string): Handler {
  const wanted = method === 'HEAD' ? 'GET' : method;
  const handler = new Map<string, Handler>(Object.entries(methods)).get(wanted);
  if (handler === undefined) {
    throw notAllowed(`${method} is not available here`, Object.keys(methods)); // OCPI ST-12
  }
  return handler;
}

function pathParameters(request: Request): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.params).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [],
    ),
  );
}

function refusal(error: unknown, log: Log, ids: MessageIds): Reply {
  if (error instanceof OcpiRefusal) {
    return {
      httpStatus: error.httpStatus,
      statusCode: error.statusCode,
      statusMessage: error.message,
      headers: error.httpStatus === 413 ? { ...error.headers, Connection: 'close' } : error.headers,
    };
  }
  log.error({ error, correlationId: ids.correlationId }, 'request of a partner failed');
  // Our own failure after the request was understood is not an HTTP error. // OCPI ST-18
  return { httpStatus: 200, statusCode: STATUS.serverError, statusMessage: 'Internal error' };
}

function send(
  response: Response,
  reply: Reply,
  context: { ids: MessageIds; routing: Routing; clock: Clock },
): string {
  response.status(reply.httpStatus ?? 200);
  response.set({
    ...messageIdHeaders(context.ids),
    ...context.routing.responseHeaders(),
    ...reply.headers,
  });
  const { sent } = reply;
  // A response to a connection that is gone finishes too.
  if (sent) response.once('finish', () => response.req.socket.destroyed || sent());
  const body = JSON.stringify(envelope(reply, context.clock));
  response.type('application/json').send(body);
  return body;
}
