import type { X509Certificate } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { PROTOCOLS } from '../protocols.js';
import { admitUpgrade } from './admit-upgrade.js';
import { openSession, type SessionWorld } from './open-session.js';
import { createRateLimit } from './rate-limit.js';
import { type RefusalStatus, refuseUpgrade } from './refusal.js';
import type { SocketServer } from './socket-server.js';
import { negotiateProtocol } from './subprotocol.js';

interface UpgraderOptions {
  world: SessionWorld;
  server: SocketServer;
  /** Authorities of client certificates. */
  roots(): readonly X509Certificate[];
  isClosing(): boolean;
}

/** Judges connection attempts and turns the accepted ones into sessions. Never throws. */
export function createUpgrader({ world, server, roots, isClosing }: UpgraderOptions) {
  const { edge, clock, log, limits, counters, connections } = world;
  const allows = createRateLimit(limits.upgradesPerSecond, limits.upgradeBurst);
  let pending = 0;

  function refuse(socket: Duplex, status: RefusalStatus): void {
    counters.refused[status] = (counters.refused[status] ?? 0) + 1;
    refuseUpgrade(socket, status);
  }

  async function judge(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    isLate: () => boolean,
  ): Promise<void> {
    const verdict = await admitUpgrade(edge, request, roots());
    if (isLate()) return;
    if (verdict.kind === 'refused') {
      const { status, reason, identity } = verdict;
      log.info({ status, reason, identity }, 'connection refused');
      refuse(socket, status);
      return;
    }
    const { station, offered } = verdict;
    if (isClosing() || connections.isThrottled(station.id, clock.now())) {
      refuse(socket, isClosing() ? 503 : 429);
      return;
    }
    const negotiated = negotiateProtocol(offered, station);
    if (negotiated === undefined) {
      log.info({ stationId: station.id, offered }, 'no common subprotocol');
      closeAtOnce(request, socket, head);
      return;
    }
    const protocol = PROTOCOLS[negotiated.name];
    const handshake = {
      compression: protocol.compression,
      ...(negotiated.header === undefined ? {} : { subprotocol: negotiated.header }),
    };
    server.complete(request, socket, head, handshake, (ws) => openSession(world, ws, verdict, protocol));
  }

  // the handshake completes without a subprotocol, then the socket is closed; no frame is read.
  function closeAtOnce(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    server.complete(request, socket, head, { compression: false }, (ws) => {
      ws.on('error', () => ws.terminate());
      ws.close(1002, 'no common subprotocol');
      ws.once(
        'close',
        clock.after(limits.closeTimeoutMs, () => ws.terminate()),
      );
    });
  }

  return {
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      if (isClosing() || pending >= limits.pendingUpgrades || !allows(clock.now())) {
        refuse(socket, 503);
        return;
      }
      let late = false;
      const cancelTimeout = clock.after(limits.admissionTimeoutMs, () => {
        late = true;
        refuse(socket, 503);
      });
      pending += 1;
      judge(request, socket, head, () => late)
        .catch((err: unknown) => {
          log.error({ err }, 'connection attempt could not be judged');
          if (!late) refuse(socket, 503);
        })
        .finally(() => {
          pending -= 1;
          cancelTimeout();
        });
    },
  };
}
