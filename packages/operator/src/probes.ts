import type { OperatorEdge } from '@roambridge/core';
import { type RequestHandler, Router } from 'express';
import { sendProblem } from './routing/answer-problem.js';
import { Problem } from './routing/problem.js';

/** `/livez`, `/readyz` and `/metrics`: GET only, no sign-in; they tell nothing about stations or partners. */
export function probes(options: { edge: OperatorEdge; metrics: { expose(): Promise<string> } }): Router {
  const { edge, metrics } = options;
  const handlers: Record<string, RequestHandler> = {
    '/livez': (_request, response) => {
      response.json({ alive: true });
    },
    '/readyz': async (_request, response) => {
      const { ready, reasons } = await edge.ready();
      response.status(ready ? 200 : 503).json(ready ? { ready } : { ready, reasons });
    },
    '/metrics': async (_request, response) => {
      response.set('content-type', 'text/plain; version=0.0.4; charset=utf-8').send(await metrics.expose());
    },
  };
  const router = Router();
  for (const [path, handler] of Object.entries(handlers)) {
    router.get(
      path,
      (_request, response, next) => {
        response.set('cache-control', 'no-store');
        next();
      },
      handler,
    );
    router.all(path, (_request, response) => {
      sendProblem(
        response,
        new Problem('method-not-allowed', 'This path offers GET.', [], { allow: 'GET, HEAD' }),
      );
    });
  }
  return router;
}
