import { Router } from 'express';
import type { RoleCheck } from '../auth/principal.js';
import { Problem } from './problem.js';
import type { Route } from './route.js';

/** Express router of a route table. `check` runs before anything of the request is looked at. */
export function mountRoutes(routes: Route[], check: RoleCheck): Router {
  const router = Router({ strict: false });
  for (const route of routes) {
    router[route.method](expressPath(route.path), async (request, response) => {
      check(request, response, route.role);
      const { status, body, text } = await route.run({
        params: request.params,
        query: request.query,
        body: request.body,
      });
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
