import type { ChargerEdge, Clock, Log, Station, StationLink } from '@roambridge/core';
import { newCounters } from './counters.js';
import { withDefaultLimits } from './limits.js';
import type { ProtocolName } from './protocol.js';
import { PROTOCOLS } from './protocols.js';
import { AnswerMemory } from './rpc/answer-memory.js';
import { StationSession } from './rpc/session.js';
import type { StationSocket } from './rpc/station-socket.js';
import { Connections } from './server/connections.js';
import { createStationLink } from './station-link.js';

/** A connected station whose messages come from a record instead of a socket. */
export interface ReplayStation {
  link: StationLink;
  /** The station connects. */
  open(): void;
  /** Takes the text of one message. */
  receive(raw: string): void;
  /** Resolves when all that was received has been dealt with. */
  settled(): Promise<void>;
}

/** Plays a station on the charger edge, from the first byte of a message on, without a network. */
export function createReplayStation(options: {
  edge: ChargerEdge;
  clock: Clock;
  log: Log;
  station: Pick<Station, 'id' | 'securityProfile'>;
  protocol: ProtocolName;
  /** What the gateway sends to the station. */
  sent: (raw: string) => void;
}): ReplayStation {
  const { edge, clock, log, station } = options;
  const limits = withDefaultLimits({ pingIntervalMs: 0 });
  const protocol = PROTOCOLS[options.protocol];
  const connections = new Connections(limits);
  const connect = () =>
    new StationSession({
      socket: openSocket(options.sent),
      protocol,
      edge,
      clock,
      log,
      limits,
      counters: newCounters(),
      memory: new AnswerMemory(limits),
      pingIntervalMs: 0,
      connection: {
        stationId: station.id,
        generation: 1,
        protocol: protocol.name,
        traits: protocol.traits,
        remoteAddress: 'replay',
        securityProfile: station.securityProfile,
        at: clock.now(),
      },
    });
  let session: StationSession | undefined;
  // A certificate's issuer is asked over the network, which a replay does not use.
  return {
    link: createStationLink({
      edge,
      connections,
      now: () => clock.now(),
      checkContract: async () => 'unverifiable',
      certificateStatus: async () => undefined,
    }),
    open() {
      session = connect();
      connections.add(session);
    },
    receive: (raw) => session?.receive(raw, []),
    async settled() {
      await session?.settled();
    },
  };
}

/** A socket that is always open and drops nothing. */
function openSocket(sent: (raw: string) => void): StationSocket {
  return {
    readyState: 1,
    OPEN: 1,
    CLOSED: 3,
    bufferedAmount: 0,
    send: sent,
    close() {},
    terminate() {},
    ping() {},
    pause() {},
    resume() {},
    once() {},
  };
}
