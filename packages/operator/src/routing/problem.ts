import type { z } from 'zod';

/** One member at fault. `pointer` is a JSON pointer into the body, or into the query or path named by `in`. */
export interface ProblemMember {
  pointer: string;
  detail: string;
  in?: 'query' | 'path';
}

/** Every kind of problem that the operator API answers with (RFC 9457). The key is the last part of `type`. */
export const PROBLEMS = {
  'malformed-request': { status: 400, title: 'The request cannot be read' },
  unauthorized: { status: 401, title: 'Sign-in needed' },
  forbidden: { status: 403, title: 'Not allowed' },
  'not-found': { status: 404, title: 'Not found' },
  'method-not-allowed': { status: 405, title: 'This method is not available here' },
  conflict: { status: 409, title: 'Conflict with the present state' },
  'too-large': { status: 413, title: 'The body is too large' },
  'not-json': { status: 415, title: 'The body must be application/json' },
  'invalid-request': { status: 422, title: 'The request breaks a rule' },
  'too-many-failures': { status: 429, title: 'Too many failed sign-ins from this address' },
  internal: { status: 500, title: 'The gateway could not do this' },
  'not-available': { status: 501, title: 'Not available yet' },
  unavailable: { status: 503, title: 'Not available at the moment' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemKind = keyof typeof PROBLEMS;

/** A refusal; becomes an `application/problem+json` answer. */
export class Problem extends Error {
  readonly kind: ProblemKind;
  readonly errors: ProblemMember[];
  readonly headers: Record<string, string>;
  constructor(
    kind: ProblemKind,
    detail: string,
    errors: ProblemMember[] = [],
    headers: Record<string, string> = {},
  ) {
    super(detail);
    this.name = 'Problem';
    this.kind = kind;
    this.errors = errors;
    this.headers = headers;
  }
}

/** The RFC 9457 document of a problem. */
export function problemDocument({ kind, message, errors }: Problem): Record<string, unknown> {
  const { status, title } = PROBLEMS[kind];
  return {
    type: `urn:roambridge:problem:${kind}`,
    title,
    status,
    detail: message,
    ...(errors.length === 0 ? {} : { errors }),
  };
}

/** RFC 6901 pointer of a path of member names and indexes. */
export function jsonPointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** What a failed validation says, member by member. */
export function invalid(error: z.ZodError, place?: 'query' | 'path'): Problem {
  const errors = error.issues
    .flatMap((issue) => members(issue))
    .map((member) => ({
      ...member,
      ...(place === undefined ? {} : { in: place }),
    }));
  const first = errors[0];
  const where = first === undefined || first.pointer === '' ? (place ?? 'body') : first.pointer;
  return new Problem('invalid-request', `${where}: ${first?.detail ?? 'is not valid'}`, errors);
}

function members(issue: z.core.$ZodIssue): ProblemMember[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: jsonPointer([...issue.path, key]),
      detail: 'is not a known member',
    }));
  }
  const missing = issue.code !== 'custom' && issue.input === undefined;
  return [{ pointer: jsonPointer(issue.path), detail: missing ? 'is required' : issue.message }];
}
