import type { OperatorEdge } from '@roambridge/core';
import { type Router as ExpressRouter, Router } from 'express';
import type { EventStreams } from '../events/stream.js';
import { Problem } from '../routing/problem.js';
import type { AuditTrail } from './audit-trail.js';
import { expiredCookie } from './console-cookie.js';
import type { RoleCheck } from './principal.js';

/**
 * `POST /sign-out`: ends the console session of the caller and its event streams, and takes the cookie away. Beside the
 * JSON routes, because it changes the cookie, and because whoever may only look signs out too and leaves a trail.
 */
export function signOut(options: {
  edge: OperatorEdge;
  check: RoleCheck;
  trail: AuditTrail;
  streams: EventStreams;
}): ExpressRouter {
  const { edge, check, trail, streams } = options;
  const router = Router();
  router.post('/sign-out', async (request, response) => {
    await trail(request, response, 'Sign out of the console', async () => {
      const { token } = check(request, response, 'viewer');
      if (!(await edge.endSession(token))) {
        throw new Problem(
          'conflict',
          'This token is of no console session: there is nothing to sign out of.',
        );
      }
      return { status: 204 as const };
    });
    streams.endInvalid();
    response.set('set-cookie', expiredCookie());
    response.status(204).set('cache-control', 'no-store').end();
  });
  return router;
}
