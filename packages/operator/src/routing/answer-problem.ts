import { type Log, RequestRefused } from '@roambridge/core';
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { PROBLEMS, Problem, type ProblemKind, type ProblemMember, problemDocument } from './problem.js';

const REFUSALS = {
  404: 'not-found',
  409: 'conflict',
  422: 'invalid-request',
} satisfies Record<RequestRefused['status'], ProblemKind>;

/** Errors of the HTTP layer (body parser, URL decoding) by their status. */
const HTTP_ERRORS: Record<number, { kind: ProblemKind; detail: string }> = {
  400: { kind: 'malformed-request', detail: 'The URL, the query or the JSON of the body cannot be read.' },
  413: { kind: 'too-large', detail: 'The body is larger than 1 MiB.' },
  415: { kind: 'not-json', detail: 'The encoding or character set of the body is not supported.' },
};

/** Failures of the store that a client can do something about, by their codes. */
const STORE_FAILURES = {
  CURSOR_INVALID: {
    kind: 'invalid-request',
    detail: 'The cursor is not one of this list.',
    errors: [{ pointer: '/cursor', detail: 'is not one of this list', in: 'query' }],
  },
  CONFLICT: { kind: 'conflict' },
  OVERLOADED: { kind: 'unavailable', detail: 'Too much waits for the database; nothing was stored.' },
  DATABASE_UNAVAILABLE: {
    kind: 'unavailable',
    detail: 'The database cannot be reached; nothing was stored.',
  },
} satisfies Record<string, { kind: ProblemKind; detail?: string; errors?: ProblemMember[] }>;

function isStoreFailure(code: unknown): code is keyof typeof STORE_FAILURES {
  return typeof code === 'string' && Object.hasOwn(STORE_FAILURES, code);
}

/** Writes a problem document. */
export function sendProblem(response: Response, problem: Problem): void {
  response
    .status(PROBLEMS[problem.kind].status)
    .set({ ...problem.headers, 'cache-control': 'no-store' })
    .type('application/problem+json')
    .send(JSON.stringify(problemDocument(problem)));
}

/** Every error becomes a problem document; what was not foreseen is logged and told without its text. */
export function answerProblems(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const problem = problemOf(error);
    if (problem === undefined)
      log.error({ err: error, method: request.method, path: request.path }, 'operator request failed');
    if (response.headersSent) {
      response.destroy();
      return;
    }
    sendProblem(response, problem ?? new Problem('internal', 'The log of the gateway says why.'));
  };
}

/** For paths that nothing answers. */
export const answerNotFound: RequestHandler = (_request, response) => {
  sendProblem(response, new Problem('not-found', 'There is nothing under this path.'));
};

/** The refusal that an error is; undefined = it was not foreseen. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  if (error instanceof RequestRefused) {
    const errors = error.pointer === undefined ? [] : [{ pointer: error.pointer, detail: error.message }];
    return new Problem(REFUSALS[error.status], error.message, errors);
  }
  if (error instanceof Error && 'code' in error && isStoreFailure(error.code)) {
    const failure: { kind: ProblemKind; detail?: string; errors?: ProblemMember[] } =
      STORE_FAILURES[error.code];
    return new Problem(failure.kind, failure.detail ?? error.message, failure.errors);
  }
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  const known = typeof status === 'number' ? HTTP_ERRORS[status] : undefined;
  return known === undefined ? undefined : new Problem(known.kind, known.detail);
}
