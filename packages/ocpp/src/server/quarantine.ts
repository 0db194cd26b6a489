import type { WebSocket } from 'ws';
import type { Protocol } from '../protocol.js';
import { ERROR_CODES, type RpcFault } from '../rpc/error-codes.js';
import { decodeFrame, encodeError, encodeResult, type MessageId, payloadObject } from '../rpc/frame.js';
import { frameRecord } from '../rpc/records.js';
import { WireFault } from '../validation/wire-fault.js';
import { toWireTime } from '../wire.js';
import type { SessionWorld } from './open-session.js';

/** Sockets in quarantine at a time; one more is refused. */
const SOCKETS_MAX = 200;
/** Longest message, characters, and how many in all: there is nothing to say but a boot (S8). */
const MESSAGE_MAX_CHARS = 65_536;
const MESSAGES_MAX = 1_000;
/** It is closed after this time, ms; a charger that still wants to be approved comes back. */
const OPEN_MAX_MS = 30 * 60_000;

/** Chargers that nobody has entered: their boot is Pending, everything else a SecurityError, nothing is stored. */
export interface Quarantine {
  hasRoom(): boolean;
  open(socket: WebSocket, identity: string, protocol: Protocol): void;
  /** Closes the socket of a charger that is entered now, so that it connects as what it is. */
  release(identity: string, reason: string): void;
  closeAll(): void;
}

export function createQuarantine(world: SessionWorld): Quarantine {
  const sockets = new Map<string, WebSocket>();
  const key = (identity: string) => identity.toLowerCase();
  const { clock, edge, limits } = world;

  function end(socket: WebSocket, code: number, reason: string): void {
    socket.close(code, reason);
    const cancel = clock.after(limits.closeTimeoutMs, () => socket.terminate());
    socket.once('close', cancel);
  }

  /** Undefined: it is not answered. */
  function answerTo(text: string, identity: string, protocol: Protocol): string | undefined {
    const frame = decodeFrame(text);
    if (frame.kind !== 'call') return undefined;
    const { id, action } = frame;
    if (action !== 'BootNotification') {
      return refusal(protocol, id, 'security', 'This station is not approved yet');
    }
    const at = clock.now();
    const record = frameRecord({
      ...{ stationId: identity, at, direction: 'in', messageType: 2, messageId: id, action },
      raw: text,
    });
    try {
      const payload = payloadObject(frame.payload) ?? {};
      const call = { edge, stationId: identity, receivedAt: at, frame: record, afterAnswer() {} };
      const { status, currentTime, interval } = edge.quarantinedBoot(
        identity,
        protocol.readBoot(payload, call),
      );
      return encodeResult(id, { status, currentTime: toWireTime(currentTime), interval });
    } catch (cause) {
      if (!(cause instanceof WireFault)) throw cause;
      return refusal(protocol, id, cause.fault, cause.message);
    }
  }

  return {
    hasRoom: () => sockets.size < SOCKETS_MAX,
    open(socket, identity, protocol) {
      const older = sockets.get(key(identity));
      sockets.set(key(identity), socket);
      if (older) end(older, 1001, 'replaced by a newer connection');
      const cancel = clock.after(OPEN_MAX_MS, () => end(socket, 1001, 'not approved yet'));
      let messages = 0;
      socket.on('error', () => socket.terminate());
      socket.on('message', (data) => {
        messages += 1;
        const text = String(data);
        if (messages > MESSAGES_MAX || text.length > MESSAGE_MAX_CHARS) {
          end(socket, 1009, 'more than a boot');
          return;
        }
        const answer = answerTo(text, identity, protocol);
        if (answer !== undefined && socket.readyState === socket.OPEN) socket.send(answer);
      });
      socket.once('close', () => {
        cancel();
        if (sockets.get(key(identity)) === socket) sockets.delete(key(identity));
      });
    },
    release(identity, reason) {
      const socket = sockets.get(key(identity));
      if (socket) end(socket, 1012, reason);
    },
    closeAll() {
      for (const socket of sockets.values()) end(socket, 1001, 'the gateway restarts');
    },
  };
}

function refusal(protocol: Protocol, id: MessageId, fault: RpcFault, description: string): string {
  return encodeError(id, ERROR_CODES[protocol.name][fault], description);
}
