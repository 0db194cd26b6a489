import { Router } from 'express';
import type { AuditTrail } from '../auth/audit-trail.js';
import type { RoleCheck } from '../auth/principal.js';
import { Problem } from './problem.js';
import type { Route } from './route.js';

/**
 * Express router of a route table. `check` runs before anything of the request is looked at. What more than a viewer is
 * needed for, and is not only read, leaves a trail.
 */
export function mountRoutes(routes: Route[], check: RoleCheck, trail: AuditTrail): Router {
  const router = Router({ strict: false });
  for (const route of routes) {
    router[route.method](expressPath(route.path), async (request, response) => {
      const run = async () => {
        const { principal } = check(request, response, route.role);
        return route.run({ params: request.params, query: request.query, body: request.body, principal });
      };
      const changes = route.method !== 'get' && route.role !== 'viewer';
      const { status, body, text } = await (changes ? trail(request, response, route.summary, run) : run());
      response.status(status).set('cache-control', 'no-store');
      if (text) response.type(text.type).send(text.content);
      else if (body === undefined) response.end();
      else response.json(body);
    });
  }
  for (const [path, methods] of methodsByPath(routes)) {
    router.all(expressPath(path), () => {
      throw new Problem('method-not-allowed', `This path offers ${methods.join(', ')}.`, [], {
        allow: methods.join(', '),
      });
    });
  }
  return router;
}

function expressPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

function methodsByPath(routes: Route[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { path, method } of routes) {
    found.set(path, [...(found.get(path) ?? []), method.toUpperCase()]);
  }
  return found;
}
