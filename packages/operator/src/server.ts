import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Log, OperatorEdge } from '@roambridge/core';
import express, { type Express } from 'express';
import helmet from 'helmet';
import { createAuditTrail } from './auth/audit-trail.js';
import { createFailedAttempts } from './auth/failed-attempts.js';
import { createRoleCheck } from './auth/principal.js';
import { signInPage } from './auth/sign-in.js';
import { signOut } from './auth/sign-out.js';
import { consoleFiles } from './console-files.js';
import { createEventStreams, type EventStreams } from './events/stream.js';
import { fileContents } from './file-contents.js';
import { openApiDocument } from './openapi.js';
import { probes } from './probes.js';
import type { MapTiles, Throughput } from './routes/console.js';
import { routeTable } from './routes/table.js';
import { answerNotFound, answerProblems } from './routing/answer-problem.js';
import { jsonBody } from './routing/json-body.js';
import { mountRoutes } from './routing/mount.js';

/** Time for running requests when the server closes. */
const CLOSE_GRACE_MS = 3_000;
const DRAIN_CHECK_INTERVAL_MS = 20;
const REQUEST_TIMEOUT_MS = 60_000;

export interface OperatorServerOptions {
  edge: OperatorEdge;
  log: Log;
  metrics: { expose(): Promise<string> };
  /** What happened in the last minutes; absent = nothing is measured. */
  throughput?: () => Throughput;
  /** Map tiles of others for the map of sites; absent = it is drawn without. */
  mapTiles?: MapTiles;
  /** 0 = a free port. */
  port: number;
  host: string;
  /** Directory with the built console. */
  consoleDir?: string;
  /**
   * Address of the console for people, without a path; sign-in links are made from it, and https makes cookies Secure.
   * Absent = host and port of this server.
   */
  consoleUrl?: string;
}

export interface OperatorServer {
  /** Rejects when the port is not free. */
  listen(): Promise<{ port: number }>;
  /** Ends event streams, finishes running requests and closes the port. */
  close(): Promise<void>;
}

/** Serves console, operator API, probes and metrics on one port. */
export function createOperatorEdge(options: OperatorServerOptions): OperatorServer {
  let origin = options.consoleUrl?.replace(/\/$/, '') ?? '';
  const { app, streams } = createApp(options, () => origin);
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, app);
  let running = 0;
  server.on('request', (_request, response) => {
    running += 1;
    response.once('close', () => {
      running -= 1;
    });
  });
  return {
    listen: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(options.port, options.host, () => {
          server.off('error', reject);
          const port = portOf(server.address(), options.port);
          origin ||= `http://${options.host}:${port}`;
          resolve({ port });
        });
      }),
    close: () =>
      new Promise((resolve) => {
        streams.end();
        if (!server.listening) {
          resolve();
          return;
        }
        const force = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
        // Connections without a running request are kept alive by clients and would hold the port.
        const drained = setInterval(() => {
          if (running === 0) server.closeAllConnections();
        }, DRAIN_CHECK_INTERVAL_MS);
        server.close(() => {
          clearTimeout(force);
          clearInterval(drained);
          resolve();
        });
      }),
  };
}

function createApp(
  { edge, log, metrics, consoleDir, consoleUrl, mapTiles, throughput }: OperatorServerOptions,
  origin: () => string,
): {
  app: Express;
  streams: EventStreams;
} {
  const secure = consoleUrl?.startsWith('https:') ?? false;
  const failures = createFailedAttempts();
  const check = createRoleCheck({ edge, failures });
  const trail = createAuditTrail({ edge, check, log });
  const streams = createEventStreams({ edge, check });
  const routes = routeTable({
    edge,
    consoleUrl: origin,
    console: {
      ...(consoleUrl === undefined ? {} : { publicUrl: origin() }),
      ...(mapTiles === undefined ? {} : { mapTiles }),
    },
    ...(throughput === undefined ? {} : { throughput }),
  });
  const openApi = JSON.stringify(openApiDocument(routes));

  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.use(securityHeaders(secure, mapTiles));
  app.use(probes({ edge, metrics }));
  app.get('/sign-in', signInPage({ edge, failures, secure }));
  app.get('/api/v1/openapi.json', (_request, response) => {
    response.type('json').send(openApi);
  });
  app.get('/api/v1/events', (request, response) => streams.handle(request, response));
  app.use('/api/v1', (request, response, next) => {
    // Before the body is read: strangers cannot make the gateway parse megabytes.
    check(request, response, 'viewer');
    next();
  });
  app.use('/api/v1', signOut({ edge, check, trail, streams }), fileContents({ edge, check, trail }));
  app.use('/api/v1', jsonBody(), mountRoutes(routes, check, trail));
  app.use('/api', answerNotFound);
  app.use(consoleFiles(consoleDir));
  app.use(answerNotFound);
  app.use(answerProblems(log));
  return { app, streams };
}

function securityHeaders(secure: boolean, mapTiles: MapTiles | undefined) {
  const tiles = mapTiles === undefined ? [] : [new URL(mapTiles.url).origin];
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', ...tiles],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: secure,
    xFrameOptions: { action: 'deny' },
  });
}

function portOf(address: AddressInfo | string | null, configured: number): number {
  return typeof address === 'object' && address !== null ? address.port : configured;
}
