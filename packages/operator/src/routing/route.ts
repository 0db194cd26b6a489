import type { Principal, Role } from '@roambridge/core';
import { z } from 'zod';
import { invalid, type ProblemKind } from './problem.js';

export type Method = 'get' | 'put' | 'post' | 'delete';

/** A successful answer; `body` absent = no content. */
export interface Reply {
  status: 200 | 201 | 204;
  body?: unknown;
  /** For the audit log, where the status does not tell what became of it. */
  outcome?: string;
  /** In place of a JSON body. */
  text?: { type: string; content: string };
}

/** What a route says about itself in the OpenAPI document. */
export interface RouteDescription {
  method: Method;
  /** OpenAPI spelling below /api/v1, e.g. `/stations/{station_id}`. */
  path: string;
  /** The least role that may call it. */
  role: Role;
  tag: string;
  summary: string;
  /** Schemas of the answers with a body; `null` = no body. */
  answers: { [status in Reply['status']]?: z.ZodType | null };
  /** What may be wrong beside a missing sign-in or role. */
  problems: ProblemKind[];
}

interface Inputs<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType> {
  params: P;
  query: Q;
  body: B;
}

/** A row of the route table: what the server mounts and what the OpenAPI document shows. */
export interface Route extends RouteDescription, Inputs<z.ZodObject, z.ZodObject, z.ZodType> {
  run(request: { params: unknown; query: unknown; body: unknown; principal: Principal }): Promise<Reply>;
}

interface RouteOptions<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType>
  extends RouteDescription,
    Inputs<P, Q, B> {
  /** Makes of the parsed JSON what is validated: key from the URL, null as absent. */
  prepare?: (body: unknown, params: Record<string, unknown>) => unknown;
  handle(input: {
    params: z.output<P>;
    query: z.output<Q>;
    body: z.output<B>;
    principal: Principal;
  }): Promise<Reply>;
}

/** Path or query without members. */
export const none = z.object({});

/** Body of a route that reads none. */
export const noBody = z.unknown();

/**
 * Ties schemas and handler of a route together: the handler gets validated values only.
 * @throws {Problem} `invalid-request` with the member at fault.
 */
export function route<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType>(
  options: RouteOptions<P, Q, B>,
): Route {
  const { handle, prepare, ...description } = options;
  return {
    ...description,
    run: async (request) => {
      const params = accept(options.params, request.params, 'path');
      const query = accept(options.query, request.query, 'query');
      const body = prepare === undefined ? request.body : prepare(request.body, params);
      return handle({ params, query, body: accept(options.body, body), principal: request.principal });
    },
  };
}

function accept<S extends z.ZodType>(schema: S, value: unknown, place?: 'query' | 'path'): z.output<S> {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  throw invalid(result.error, place);
}
