import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { Router } from 'express';

const ONE_YEAR_MS = 31_536_000_000;

/**
 * The built console. Files under /assets carry a hash in their name and are kept for ever; the page itself is asked
 * for again each time. Paths of the single-page application answer with the page.
 */
export function consoleFiles(consoleDir: string | undefined): Router {
  const router = Router();
  if (consoleDir === undefined || !existsSync(join(consoleDir, 'index.html'))) {
    router.get('/', (_request, response) => {
      response.type('html').send(NOT_BUILT_PAGE);
    });
    return router;
  }
  router.use(
    '/assets',
    express.static(join(consoleDir, 'assets'), {
      immutable: true,
      maxAge: ONE_YEAR_MS,
      index: false,
      redirect: false,
    }),
  );
  router.use(
    express.static(consoleDir, {
      index: false,
      redirect: false,
      setHeaders: (response) => response.setHeader('cache-control', 'no-cache'),
    }),
  );
  router.get('/{*path}', (request, response, next) => {
    if (request.path.startsWith('/assets/') || !request.accepts('html')) next();
    else response.set('cache-control', 'no-cache').sendFile('index.html', { root: consoleDir });
  });
  return router;
}

const NOT_BUILT_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Roambridge</title>
<h1>The console is not built</h1>
<p>The gateway runs. Build the console with <code>npm run setup</code>, or use the API: <a href="/api/v1/openapi.json">/api/v1/openapi.json</a>.</p>
</html>
`;
