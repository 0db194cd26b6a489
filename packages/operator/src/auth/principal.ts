import type { OperatorEdge, Principal, Role } from '@roambridge/core';
import type { Request, Response } from 'express';
import { Problem } from '../routing/problem.js';
import { CONSOLE_COOKIE, cookieValue, expiredCookie } from './console-cookie.js';
import type { FailedAttempts } from './failed-attempts.js';

/** Throws unless the request may do what `least` allows; returns who it is and the token that it was allowed with. */
export type RoleCheck = (
  request: Request,
  response: Response,
  least: Role,
) => { principal: Principal; token: string };

/** Header that only our own pages can add to a request with the cookie. */
const CONSOLE_HEADER = 'x-roambridge-console';

const RANK = { viewer: 0, field: 1, admin: 2 } satisfies Record<Role, number>;
const SAFE_METHODS = new Set(['GET', 'HEAD']);
const CHALLENGE = { 'www-authenticate': 'Bearer realm="roambridge"' };

/**
 * Bearer token, or the console's cookie; a request with the cookie that changes something needs the console's header,
 * which another site cannot send.
 */
export function createRoleCheck(options: { edge: OperatorEdge; failures: FailedAttempts }): RoleCheck {
  const { edge, failures } = options;
  return (request, response, least) => {
    const { token, fromCookie } = credentials(request);
    if (token === undefined) {
      throw new Problem(
        'unauthorized',
        'Send "Authorization: Bearer <token>", or sign in to the console.',
        [],
        CHALLENGE,
      );
    }
    const principal = edge.authenticate(token);
    if (principal === undefined) {
      if (fromCookie) response.set('set-cookie', expiredCookie());
      refuse(request, failures);
    }
    if (fromCookie && !SAFE_METHODS.has(request.method) && request.headers[CONSOLE_HEADER] !== '1') {
      throw new Problem(
        'forbidden',
        'A request with the console cookie needs the header X-Roambridge-Console: 1.',
      );
    }
    const { role } = principal;
    if (RANK[role] < RANK[least]) {
      throw new Problem('forbidden', `This needs the role ${least}; the token has the role ${role}.`);
    }
    return { principal, token };
  };
}

function refuse(request: Request, failures: FailedAttempts): never {
  const retryAfterSeconds = failures.note(request.socket.remoteAddress ?? '');
  if (retryAfterSeconds > 0) {
    throw new Problem('too-many-failures', `Try again in ${retryAfterSeconds} s.`, [], {
      'retry-after': String(retryAfterSeconds),
    });
  }
  throw new Problem('unauthorized', 'The token is not valid or has expired.', [], CHALLENGE);
}

function credentials(request: Request): { token: string | undefined; fromCookie: boolean } {
  const header = request.headers.authorization;
  if (header !== undefined) {
    return { token: /^Bearer +(\S+) *$/i.exec(header)?.[1] ?? '', fromCookie: false };
  }
  return { token: cookieValue(request.headers.cookie, CONSOLE_COOKIE), fromCookie: true };
}
