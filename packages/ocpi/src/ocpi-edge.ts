import { createServer, type Server } from 'node:http';
import type { Clock, Log, PartnerEdge, PartnerLink } from '@roambridge/core';
import { createEgressGuard } from './client/egress-guard.js';
import { createHandshake } from './client/handshake.js';
import { createHttpClient } from './client/http-client.js';
import { createPartnerClient } from './client/partner-client.js';
import { createPartnerLink } from './client/partner-link.js';
import { createCredentialsSender } from './client/send-credentials.js';
import { createSilentParties } from './client/silent-parties.js';
import { createThreadedHttpClient } from './client/threaded-http-client.js';
import { versionsUrl } from './modules/module-url.js';
import { createApp } from './server/app.js';
import type { PartnerLimits } from './server/partner-load.js';

const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
const DRAIN_MS = 5_000; // how long close() waits for requests that are being answered

export interface OcpiEdgeOptions {
  edge: PartnerEdge;
  clock: Clock;
  log: Log;
  /** 0 = any free port. */
  port: number;
  host?: string;
  /**
   * Base URL under which partners reach this platform (OCPI PG-13); `/ocpi/versions` is appended. A function where
   * it is only known after `listen`.
   */
  publicUrl: string | (() => string);
  /** Lets partner URLs be http and lead to loopback and private addresses: tests and labs only. */
  allowPrivatePartnerUrls: boolean;
  timeouts?: {
    /** Total time for one request to a partner, ms. */
    partnerRequestMs?: number;
  };
  /** What one partner can hold of this process. */
  limits?: PartnerLimits;
}

export interface OcpiEdge {
  link: PartnerLink;
  listen(): Promise<{ port: number }>;
  /** Stops accepting, lets running requests finish, closes all connections to partners. */
  close(): Promise<void>;
}

/** The partner edge: the OCPI server in all versions, and the link with which core tells partners. */
export function createOcpiEdge(options: OcpiEdgeOptions): OcpiEdge {
  const { edge, clock, log } = options;
  const guard = createEgressGuard({ allowPrivate: options.allowPrivatePartnerUrls });
  const deadlineMs = options.timeouts?.partnerRequestMs;
  const client = createThreadedHttpClient({
    allowPrivate: options.allowPrivatePartnerUrls,
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
  });
  const authorizing = createHttpClient({ guard });
  const toPartner = createPartnerClient({ client, edge, clock });
  const silent = createSilentParties(clock);
  const app = createApp(
    {
      edge,
      clock,
      log,
      guard,
      handshake: createHandshake(toPartner),
      silent,
      publicUrl: () => publicUrlOf(options.publicUrl),
    },
    options.limits,
  );
  const server = createServer(app);
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;

  return {
    link: createPartnerLink({
      client: toPartner,
      authorizing: createPartnerClient({ client: authorizing, edge, clock }),
      credentials: createCredentialsSender({
        client: toPartner,
        versionsUrl: () => versionsUrl(publicUrlOf(options.publicUrl)),
        parties: edge.hostedParties,
      }),
      refusal: guard.refusal,
      from: edge.hostedParties[0],
      silent,
      clock,
      log,
    }),
    listen: () => listen(server, options.port, options.host),
    close: async () => {
      await drain(server);
      await Promise.all([client.close(), authorizing.close()]);
    },
  };
}

function publicUrlOf(url: string | (() => string)): string {
  return (typeof url === 'string' ? url : url()).replace(/\/+$/, '');
}

function listen(server: Server, port: number, host: string | undefined): Promise<{ port: number }> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, ...(host === undefined ? {} : { host }) }, () => {
      server.off('error', reject);
      const address = server.address();
      resolve({ port: typeof address === 'object' && address !== null ? address.port : port });
    });
  });
}

function drain(server: Server): Promise<void> {
  if (!server.listening) {
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
