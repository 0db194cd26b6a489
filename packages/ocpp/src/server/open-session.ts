import type { ChargerEdge, Clock, Log, Station } from '@roambridge/core';
import type { WebSocket } from 'ws';
import type { OcppCounters } from '../counters.js';
import type { OcppLimits } from '../limits.js';
import type { Protocol } from '../protocol.js';
import type { AnswerMemory } from '../rpc/answer-memory.js';
import { StationSession } from '../rpc/session.js';
import type { UpgradeVerdict } from './admit-upgrade.js';
import type { Connections } from './connections.js';
import type { PingDrops } from './ping-drops.js';

/** What the sessions of one edge have in common. */
export interface SessionWorld {
  edge: ChargerEdge;
  clock: Clock;
  log: Log;
  limits: Readonly<OcppLimits>;
  counters: OcppCounters;
  memory: AnswerMemory;
  connections: Connections;
  pingDrops: PingDrops;
  /** Strictly increasing over all connections of the process. */
  nextGeneration(): number;
}

/** How a per-station quirk sets the ping interval, seconds; 0 = never. */
const PING_INTERVAL = /^ping_interval=(\d{1,5})$/;

/** A socket whose handshake is complete becomes the station's connection; an older one is replaced. */
export function openSession(
  world: SessionWorld,
  socket: WebSocket,
  admitted: Extract<UpgradeVerdict, { kind: 'accepted' }>,
  protocol: Protocol,
): void {
  const { station, securityProfile, certificate } = admitted;
  const { remoteAddress } = admitted.attempt;
  const { connections, clock, log, counters, limits } = world;
  const now = clock.now();
  const older = connections.get(station.id);
  const after = connections.unsettled(station.id);
  const session = new StationSession({
    socket,
    protocol,
    pingIntervalMs: pingIntervalOf(station, limits),
    connection: {
      stationId: station.id,
      generation: world.nextGeneration(),
      protocol: protocol.name,
      traits: protocol.traits,
      remoteAddress,
      securityProfile,
      ...(certificate === undefined ? {} : { certificate }),
      at: now,
    },
    ...(after === undefined ? {} : { after }),
    ...world,
  });
  connections.add(session);
  counters.connectionsOpened += 1;
  attach(session, socket, world);
  if (!older) return;
  counters.connectionsReplaced += 1;
  older.replace();
  if (connections.countReplacement(station.id, now)) {
    log.warn({ stationId: station.id, remoteAddress }, 'identity conflict: connections replace each other');
    world.edge.attend({
      kind: 'identity-conflict',
      subject: station.id,
      stationId: station.id,
      message: `connections of ${station.id} replace each other: two devices use this identity, the last at ${remoteAddress}`,
    });
  }
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true });

function attach(
  session: StationSession,
  socket: WebSocket,
  { connections, pingDrops, log }: SessionWorld,
): void {
  const { stationId } = session.connection;
  // Oversized, malformed and cut messages end here; ws closes the socket with the matching code.
  socket.on('error', (err) => log.info({ stationId, err }, 'station socket failed'));
  socket.on('message', (data, isBinary) => {
    const bytes = Buffer.isBuffer(data)
      ? data
      : Buffer.concat(Array.isArray(data) ? data : [new Uint8Array(data)]);
    if (!isBinary) {
      session.receive(bytes.toString('utf8'), NONE);
      return;
    }
    let text: string;
    try {
      text = UTF_8.decode(bytes);
    } catch {
      session.close(1007, 'not UTF-8');
      return;
    }
    session.receive(text, BINARY_FRAME);
  });
  const heard = () => session.heard();
  socket.on('ping', heard);
  socket.on('pong', () => {
    session.heard();
    pingDrops.answered(session);
  });
  socket.on('close', (code, reason) => {
    pingDrops.closed(session);
    connections.remove(session, session.closed(`${code} ${reason.toString('utf8')}`.trim()));
  });
}

const NONE: string[] = [];
const BINARY_FRAME: string[] = ['BINARY_FRAME'];

function pingIntervalOf(station: Station, limits: OcppLimits): number {
  for (const quirk of station.quirks ?? []) {
    const seconds = PING_INTERVAL.exec(quirk)?.[1];
    if (seconds !== undefined) return Number(seconds) * 1_000;
  }
  return limits.pingIntervalMs;
}
