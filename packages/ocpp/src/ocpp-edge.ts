import { setTimeout as sleep } from 'node:timers/promises';
import type { ChargerEdge, Clock, Log, StationLink } from '@roambridge/core';
import { newCounters, type OcppCounters } from './counters.js';
import { type OcppLimits, withDefaultLimits } from './limits.js';
import { checkContract } from './ocsp/check-contract.js';
import { createPostBytes, type Egress } from './ocsp/post-bytes.js';
import { AnswerMemory } from './rpc/answer-memory.js';
import { Connections } from './server/connections.js';
import type { SessionWorld } from './server/open-session.js';
import { createSocketServer } from './server/socket-server.js';
import { createUpgrader } from './server/upgrade.js';
import { createStationLink } from './station-link.js';

export interface OcppEdgeOptions {
  edge: ChargerEdge;
  clock: Clock;
  log: Log;
  /** 0 = any free port. */
  port: number;
  host?: string;
  limits?: Partial<OcppLimits>;
  /** Where requests to addresses that chargers name may go; absent = nowhere. */
  egress?: Egress;
}

export interface OcppEdge {
  /** Our side towards the chargers. */
  link: StationLink;
  /** Rejects when the port cannot be had. */
  listen(): Promise<{ port: number }>;
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

/** The charger edge: `ws://host:port/ocpp/{identity}` for OCPP 1.6 and 2.0.1, security profiles 0 and 1. */
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
    nextGeneration: () => {
      generation += 1;
      return generation;
    },
  };
  const server = createSocketServer(limits, (request, socket, head) =>
    upgrader.upgrade(request, socket, head),
  );
  const upgrader = createUpgrader({ world, server, isClosing: () => closing });

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
  const post = egress ? createPostBytes(egress) : () => Promise.reject(new Error('nothing may be called'));

  return {
    link: createStationLink({
      edge,
      connections,
      checkContract: (proof) => checkContract({ post, log, now: () => clock.now() }, proof),
    }),
    counters,
    connections: () => connections.size,
    listen: () =>
      new Promise((resolve, reject) => {
        server.http.once('error', reject);
        server.http.listen(options.port, options.host, () => {
          server.http.off('error', reject);
          server.http.on('error', (err) => log.error({ err }, 'charger listener failed'));
          watchLiveness();
          const address = server.http.address();
          resolve({ port: typeof address === 'object' && address ? address.port : options.port });
        });
      }),
    async close({ drainMs = 0 } = {}) {
      closing = true;
      cancelLiveness();
      const stopped = new Promise<void>((resolve) => server.http.close(() => resolve()));
      await waitUntil(() => [...connections.all()].every((session) => session.isIdle), drainMs);
      for (const session of connections.all()) session.close(1001, 'the gateway restarts');
      await waitUntil(() => connections.isEmpty, limits.closeTimeoutMs);
      for (const session of connections.all()) session.cut();
      server.http.closeAllConnections();
      await stopped;
    },
  };
}
