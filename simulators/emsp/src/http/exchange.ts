import type { Json, JsonObject } from '../json.js';

/** A request that the CPO made. */
export interface InboundRequest {
  method: string;
  /** Path without the query. */
  path: string;
  query: URLSearchParams;
  /** Lower-case names. */
  headers: Record<string, string>;
  /** Parsed body; undefined without a body or when it is not JSON. */
  body: Json | undefined;
  rawBody: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** What is answered: the OCPI envelope is made of the last four members. */
export interface Reply {
  httpStatus: number;
  headers?: Record<string, string>;
  statusCode: number;
  statusMessage?: string;
  data?: Json;
}

export function ok(data?: Json, headers?: Record<string, string>): Reply {
  return {
    httpStatus: 200,
    statusCode: 1000,
    ...(data === undefined ? {} : { data }),
    ...(headers ? { headers } : {}),
  };
}

export function created(headers?: Record<string, string>): Reply {
  return { httpStatus: 201, statusCode: 1000, ...(headers ? { headers } : {}) };
}

/** Refusal by OCPI status code, HTTP 200 unless the resource or method is at fault (section 2.4). */
export function refused(statusCode: number, statusMessage: string, httpStatus = 200): Reply {
  return { httpStatus, statusCode, statusMessage };
}

export const notFound = (message: string, statusCode = 2001): Reply => refused(statusCode, message, 404);
export const methodNotAllowed = (): Reply => refused(2000, 'method not available', 405);

/** OCPI response envelope (TR-040). */
export function envelope(reply: Reply): JsonObject {
  return {
    ...(reply.data === undefined ? {} : { data: reply.data }),
    status_code: reply.statusCode,
    ...(reply.statusMessage === undefined ? {} : { status_message: reply.statusMessage }),
    timestamp: new Date().toISOString(),
  };
}
