import type { OperatorEdge } from '@roambridge/core';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import { none, type Route, route } from '../routing/route.js';
import { text } from '../schemas/text.js';
import { addressOf } from './audit-trail.js';
import { sessionCookie } from './console-cookie.js';
import type { FailedAttempts } from './failed-attempts.js';
import { redirectTarget } from './redirect-target.js';

/** How long core honours a one-time code; told to the person who gets the link. */
const CODE_VALID_SECONDS = 900;
const MAX_CODE_CHARS = 256;
const SIGNED_IN = 303;

/** `POST /sign-in-links`: a link that signs one person in to the console, once. */
export function signInLinkRoute({
  edge,
  consoleUrl,
}: {
  edge: OperatorEdge;
  consoleUrl: () => string;
}): Route {
  return route({
    method: 'post',
    path: '/sign-in-links',
    role: 'admin',
    tag: 'access',
    summary: 'Make a one-time link that signs in to the console',
    params: none,
    query: none,
    body: z
      .strictObject({
        role: z.enum(['viewer', 'field', 'admin']).default('admin'),
        name: text(60).exactOptional().describe('Who it is for; stands in the audit log'),
        path: z
          .string()
          .transform((path, context) => {
            const target = redirectTarget(path);
            if (target === undefined)
              context.addIssue({ code: 'custom', message: 'is no page of the console' });
            return target ?? '/';
          })
          .exactOptional()
          .describe('Page of the console to which it leads, e.g. /field/CP-1; default the overview'),
      })
      .default({ role: 'admin' }),
    answers: { 201: z.object({ url: z.string(), expires_in_seconds: z.int() }) },
    problems: ['invalid-request'],
    handle: async ({ body }) => {
      const code = edge.createSignInCode(body.role, body.name);
      const query = new URLSearchParams({ code, ...(body.path === undefined ? {} : { to: body.path }) });
      const url = `${consoleUrl()}/sign-in?${query}`;
      return {
        status: 201,
        body: { url, expires_in_seconds: CODE_VALID_SECONDS },
        outcome: [body.role, body.name].filter(Boolean).join(', '),
      };
    },
  });
}

/** `GET /sign-in?code=`: exchanges the code for the console's cookie. */
export function signInPage(options: {
  edge: OperatorEdge;
  failures: FailedAttempts;
  secure: boolean;
}): RequestHandler {
  const { edge, failures, secure } = options;
  return async (request, response) => {
    response.set('cache-control', 'no-store');
    const code = request.query.code;
    const usable = typeof code === 'string' && code !== '' && code.length <= MAX_CODE_CHARS;
    const session = usable ? edge.redeemSignInCode(code) : undefined;
    if (session === undefined) {
      const waitSeconds = failures.note(request.socket.remoteAddress ?? '');
      response
        .status(waitSeconds > 0 ? 429 : 403)
        .type('html')
        .send(REFUSED_PAGE);
      return;
    }
    const { token, principal, expiresInSeconds } = session;
    const { to } = request.query;
    await edge.noteAction({
      actor: principal.name,
      role: principal.role,
      address: addressOf(request),
      action: 'Sign in to the console',
      method: request.method,
      path: '/sign-in',
      status: SIGNED_IN,
      outcome: null,
    });
    response.set('set-cookie', sessionCookie({ token, maxAgeSeconds: expiresInSeconds, secure }));
    response.redirect(SIGNED_IN, (typeof to === 'string' ? redirectTarget(to) : undefined) ?? '/');
  };
}

const REFUSED_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign-in link not valid - Roambridge</title>
<h1>This sign-in link is not valid any more</h1>
<p>A link works once and for a few minutes. Make a new one on the machine of the gateway:</p>
<pre>npm run cli -- sign-in</pre>
<p>or take the link that the gateway writes to its log when it starts.</p>
</html>
`;
