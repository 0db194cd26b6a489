import { createServer, type Server, type Socket } from 'node:net';

/** Longest time for the head of a request, ms, and its greatest length, bytes. */
const HEAD_TIMEOUT_MS = 10_000;
const HEAD_MAX_BYTES = 16_384;

const HEAD_END = '\r\n\r\n';
const UPGRADE = /\r\nupgrade:\s*websocket\s*\r\n/i;
const CONNECTION = /\r\nconnection:[^\r]*/i;

/**
 * Listener for chargers whose request to upgrade lacks "Connection: Upgrade". The header is put in, and
 * `handOver` takes the connection as if it had come like that.
 */
export function createLenientListener(handOver: (socket: Socket) => void): Server {
  return createServer((socket) => {
    let head = Buffer.alloc(0);
    const giveUp = setTimeout(() => socket.destroy(), HEAD_TIMEOUT_MS);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => clearTimeout(giveUp));
    const read = (bytes: Buffer): void => {
      head = Buffer.concat([head, bytes]);
      const end = head.indexOf(HEAD_END);
      if (end < 0 && head.length < HEAD_MAX_BYTES) return;
      clearTimeout(giveUp);
      socket.off('data', read);
      socket.pause();
      socket.unshift(end < 0 ? head : Buffer.concat([withConnection(head, end), head.subarray(end)]));
      handOver(socket);
      socket.resume();
    };
    socket.on('data', read);
  });
}

/** The head up to its last header, with "Connection: Upgrade" where it asks for a WebSocket. */
function withConnection(head: Buffer, end: number): Buffer {
  const text = head.toString('latin1', 0, end);
  if (!UPGRADE.test(`${text}\r\n`)) return head.subarray(0, end);
  const others = text.replace(CONNECTION, '');
  return Buffer.from(`${others}\r\nConnection: Upgrade`, 'latin1');
}
