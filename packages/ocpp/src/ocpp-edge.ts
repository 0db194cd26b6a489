import { lookup } from 'node:dns';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChargerEdge, ChargerFiles, Clock, Log, StationLink } from '@roambridge/core';
import { newCounters, type OcppCounters } from './counters.js';
import { type OcppLimits, withDefaultLimits } from './limits.js';
import { certificateStatus, checkContract, readCertificates } from './ocsp/check-contract.js';
import { createPostBytes, type Egress } from './ocsp/post-bytes.js';
import { AnswerMemory } from './rpc/answer-memory.js';
import { Connections } from './server/connections.js';
import { createFileEndpoint } from './server/file-endpoint.js';
import { createLenientListener } from './server/lenient-listener.js';
import { listenOn } from './server/listen-on.js';
import type { SessionWorld } from './server/open-session.js';
import { PingDrops } from './server/ping-drops.js';
import { createQuarantine } from './server/quarantine.js';
import { createSocketServer, HEAD_LIMITS } from './server/socket-server.js';
import { createUpgrader } from './server/upgrade.js';
import type { ListenerPorts } from './server/urls.js';
import { createStationLink } from './station-link.js';
import { createClientCertificates, type RevocationPolicy } from './tls/client-certificates.js';
import type { TlsMaterial } from './tls/material.js';
import { createTlsListener } from './tls/tls-listener.js';

export interface OcppEdgeOptions {
  edge: ChargerEdge;
  clock: Clock;
  log: Log;
  /** 0 = any free port. */
  port: number;
  host?: string;
  /** Port for chargers that leave "Connection: Upgrade" out; absent = none. */
  lenientPort?: number;
  /** Security profiles 2 and 3; `load` is asked again for certificates that were replaced. */
  tls?: { port: number; load: () => TlsMaterial; revocation?: RevocationPolicy };
  limits?: Partial<OcppLimits>;
  /** Where requests to addresses that chargers name may go; absent = nowhere. */
  egress?: Egress;
  /** Roots of contract certificates, PEM; absent = chains that chargers did not check are refused. */
  contractRoots?: string;
  /** What chargers may fetch and send by HTTP on the same port; absent = nothing. */
  files?: ChargerFiles;
}

const NO_RESPONDERS: RevocationPolicy = { askResponders: false, whenUnknown: 'accept' };

export interface OcppEdge {
  /** Our side towards the chargers. */
  link: StationLink;
  /** Rejects when the port cannot be had. */
  listen(): Promise<{ port: number; tlsPort?: number }>;
  /** Loads certificates that were replaced; it happens by itself every few seconds. */
  reloadCertificates(): void;
  /** Takes no more connections, lets work under way finish for at most `drainMs`, then closes every socket. */
  close(options?: { drainMs?: number }): Promise<void>;
  /** Open connections. */
  connections(): number;
  counters: Readonly<OcppCounters>;
}

/** Time between two looks at the drain, ms. */
const DRAIN_STEP_MS = 20;

/** Resolves when the condition holds, or at the end of the time. */
async function waitUntil(condition: () => boolean, timeoutMs: number): Promise<void> {
  for (let waited = 0; waited < timeoutMs && !condition(); waited += DRAIN_STEP_MS)
    await sleep(DRAIN_STEP_MS);
}

/** Pings are sent within this part of their interval, and no rarer than every so many ms. */
const LIVENESS_FRACTION = 0.25;
const LIVENESS_STEP_MAX_MS = 15_000;

/** The charger edge: `ws://host:port/ocpp/{identity}` for OCPP 1.6, 2.0.1 and 2.1, security profiles 0 and 1; `wss` for 2 and 3. */
export function createOcppEdge(options: OcppEdgeOptions): OcppEdge {
  const { edge, clock, log } = options;
  const limits = withDefaultLimits(options.limits ?? {});
  const counters = newCounters();
  const connections = new Connections(limits);
  let generation = 0;
  let closing = false;
  let cancelLiveness = (): void => {};
  const world: SessionWorld = {
    edge,
    clock,
    log,
    limits,
    counters,
    connections,
    memory: new AnswerMemory(limits),
    pingDrops: new PingDrops(edge),
    nextGeneration: () => {
      generation += 1;
      return generation;
    },
  };
  const tls =
    options.tls &&
    createTlsListener({
      load: options.tls.load,
      http: HEAD_LIMITS,
      clock,
      log,
      alarm(message) {
        log.warn({}, message);
        edge.attend({ kind: 'certificate-ends', subject: 'OCPP_TLS_CERT', message });
      },
    });
  const server = createSocketServer(
    limits,
    (request, socket, head) => upgrader.upgrade(request, socket, head),
    {
      https: tls?.https,
      onRequest: options.files && createFileEndpoint({ files: options.files, log }),
    },
  );
  const certificateOf = createClientCertificates({
    ...{ clock, log, policy: options.tls?.revocation ?? NO_RESPONDERS },
    roots: () => tls?.roots() ?? [],
    lists: () => tls?.lists() ?? [],
    // The address stands in a certificate of a trusted authority, which may be in the operator's own network.
    post: createPostBytes({ refusalOfText: () => undefined, lookup }),
    alarm(message) {
      log.warn({}, message);
      edge.attend({ kind: 'revocation-unknown', subject: 'OCPP_TLS_CLIENT_CA', message });
    },
  });
  const lenient =
    options.lenientPort === undefined
      ? undefined
      : createLenientListener((socket) => server.http.emit('connection', socket));
  const quarantine = createQuarantine(world);
  let ports: ListenerPorts = { plain: options.port };
  const upgrader = createUpgrader({
    world,
    server,
    quarantine,
    door: { certificateOf, ports: () => ports },
    isClosing: () => closing,
  });

  const livenessStepMs =
    limits.pingIntervalMs === 0
      ? LIVENESS_STEP_MAX_MS
      : Math.min(LIVENESS_STEP_MAX_MS, limits.pingIntervalMs * LIVENESS_FRACTION);
  function watchLiveness(): void {
    cancelLiveness = clock.after(livenessStepMs, () => {
      const now = clock.now();
      for (const session of connections.all()) session.checkLiveness(now);
      connections.sweep(now);
      watchLiveness();
    });
  }

  const { egress } = options;
  const roots = options.contractRoots === undefined ? [] : readCertificates(options.contractRoots);
  const post = egress ? createPostBytes(egress) : () => Promise.reject(new Error('nothing may be called'));

  return {
    link: createStationLink({
      edge,
      connections,
      now: () => clock.now(),
      quarantine,
      checkContract: (proof) => checkContract({ post, log, roots, now: () => clock.now() }, proof),
      certificateStatus: (hash) => certificateStatus({ post, log, now: () => clock.now() }, hash),
    }),
    counters,
    connections: () => connections.size,
    async listen() {
      const plain = await listenOn(server.http, options.port, options.host, log);
      watchLiveness();
      ports = { plain };
      if (lenient) await listenOn(lenient, options.lenientPort ?? 0, options.host, log);
      if (!tls || !options.tls) return { port: plain };
      const tlsPort = await listenOn(tls.https, options.tls.port, options.host, log);
      tls.watch();
      ports = { plain, tls: tlsPort };
      return { port: plain, tlsPort };
    },
    reloadCertificates: () => tls?.reload(),
    async close({ drainMs = 0 } = {}) {
      closing = true;
      cancelLiveness();
      tls?.stop();
      lenient?.close();
      const listeners = [server.http, ...(tls ? [tls.https] : [])];
      const stopped = Promise.all(
        listeners.map((listener) => new Promise<void>((resolve) => listener.close(() => resolve()))),
      );
      await waitUntil(() => [...connections.all()].every((session) => session.isIdle), drainMs);
      for (const session of connections.all()) session.close(1001, 'the gateway restarts');
      quarantine.closeAll();
      await waitUntil(() => connections.isEmpty, limits.closeTimeoutMs);
      for (const session of connections.all()) session.cut();
      for (const listener of listeners) listener.closeAllConnections();
      await stopped;
    },
  };
}
