import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Protocol } from '../protocol.js';
import { PROTOCOLS } from '../protocols.js';
import { admitUpgrade, type Door } from './admit-upgrade.js';
import { openSession, type SessionWorld } from './open-session.js';
import type { Quarantine } from './quarantine.js';
import { createRateLimit } from './rate-limit.js';
import { type RefusalStatus, refuseUpgrade } from './refusal.js';
import type { Compression, SocketServer } from './socket-server.js';
import { negotiateProtocol } from './subprotocol.js';

/** */
const TWO_DEVICES = 'two devices use this identity and replace each other';

interface UpgraderOptions {
  world: SessionWorld;
  server: SocketServer;
  door: Door;
  quarantine: Quarantine;
  isClosing(): boolean;
}

/** Judges connection attempts and turns the accepted ones into sessions. Never throws. */
export function createUpgrader({ world, server, door, quarantine, isClosing }: UpgraderOptions) {
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
    const verdict = await admitUpgrade(edge, request, door);
    if (isLate()) return;
    if (verdict.kind === 'refused') {
      const { status, reason, identity } = verdict;
      log.info({ status, reason, identity }, 'connection refused');
      refuse(socket, status);
      return;
    }
    const { attempt } = verdict;
    const known = verdict.kind === 'accepted' ? verdict.station : undefined;
    if (isClosing()) return refuse(socket, 503);
    if (known ? connections.isThrottled(known.id, clock.now()) : !quarantine.hasRoom()) {
      edge.refused(attempt, known ? TWO_DEVICES : 'too many chargers wait for approval');
      return refuse(socket, 429);
    }
    const { identity, offeredProtocols: offered } = attempt;
    const negotiated = negotiateProtocol(offered, known ?? {});
    if (negotiated === undefined) {
      log.info({ identity, offered }, 'no common subprotocol');
      edge.refused(attempt, `no subprotocol in common: it offers ${offered.join(', ') || 'none'}`);
      closeAtOnce(request, socket, head);
      return;
    }
    const protocol = PROTOCOLS[negotiated.name];
    const handshake = {
      compression: compressionOf(protocol, known?.quirks),
      ...(negotiated.header === undefined ? {} : { subprotocol: negotiated.header }),
    };
    server.complete(request, socket, head, handshake, (ws) => {
      if (verdict.kind === 'accepted') openSession(world, ws, verdict, protocol);
      else quarantine.open(ws, identity, protocol);
    });
  }

  // the handshake completes without a subprotocol, then the socket is closed; no frame is read.
  function closeAtOnce(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    server.complete(request, socket, head, { compression: 'none' }, (ws) => {
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

/** The quirk of chargers that compress although nobody agreed on it. */
const FORCE_DEFLATE = 'force_deflate';

function compressionOf(protocol: Protocol, quirks: readonly string[] = []): Compression {
  if (quirks.includes(FORCE_DEFLATE)) return 'assumed';
  return protocol.compression ? 'negotiated' : 'none';
}
