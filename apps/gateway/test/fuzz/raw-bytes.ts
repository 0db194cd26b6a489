import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';

/** How long a socket that is neither answered nor closed is waited for, ms. */
const PATIENCE_MS = 5_000;

/** Frames of the WebSocket protocol that break it, after a handshake that is right. */
export const BROKEN_FRAMES: readonly (readonly [string, Uint8Array])[] = [
  ['reserved bits', Buffer.from([0xf1, 0x80, 0, 0, 0, 0])],
  ['an unmasked message', Buffer.from([0x81, 0x02, 0x5b, 0x5d])],
  ['an unknown opcode', Buffer.from([0x83, 0x80, 0, 0, 0, 0])],
  ['text that is not UTF-8', Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0xff, 0xfe])],
  ['a continuation of nothing', Buffer.from([0x80, 0x80, 0, 0, 0, 0])],
  ['a ping that is too long', Buffer.from([0x89, 0xfe, 0x01, 0x00, 0, 0, 0, 0])],
  ['a fragmented ping', Buffer.from([0x09, 0x80, 0, 0, 0, 0])],
  ['a close with half a code', Buffer.from([0x88, 0x81, 0, 0, 0, 0, 0x03])],
  ['a close with a code that is none', Buffer.from([0x88, 0x82, 0, 0, 0, 0, 0x03, 0xed])],
  ['a message of 2^60 bytes', Buffer.from([0x81, 0xff, 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])],
  ['no frame at all', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
];

/** Upgrade requests that are none. */
export const BROKEN_REQUESTS: readonly string[] = [
  '\r\n\r\n\r\n',
  'GET\r\n\r\n',
  'GET /ocpp/%00 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
  'GET /ocpp/%ff%fe HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
  'GET /ocpp/../../etc/passwd HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
  'GET /ocpp/F0 HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n',
  'GET /ocpp/F0 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\n\r\n',
  'POST /ocpp/F0 HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n',
  `GET /ocpp/${'a'.repeat(20_000)} HTTP/1.1\r\n\r\n`,
  `GET /ocpp/F0 HTTP/1.1\r\nAuthorization: Basic ${'/'.repeat(10_000)}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`,
];

export interface WireTarget {
  host: string;
  port: number;
}

export function handshake(identity: string, password: string, protocol: string): string {
  return [
    `GET /ocpp/${identity} HTTP/1.1`,
    'Host: gateway',
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    `Sec-WebSocket-Protocol: ${protocol}`,
    `Authorization: Basic ${Buffer.from(`${identity}:${password}`).toString('base64')}`,
    '\r\n',
  ].join('\r\n');
}

/** Writes the parts, each after something came back for the one before; resolves with all that came until the end. */
export function converse(
  { host, port }: WireTarget,
  parts: readonly (string | Uint8Array)[],
  { patienceMs = PATIENCE_MS, until }: { patienceMs?: number; until?: RegExp } = {},
): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    const left = [...parts];
    let text = '';
    const next = () => {
      const part = left.shift();
      if (part !== undefined) socket.write(part);
    };
    const end = setTimeout(() => socket.destroy(), patienceMs);
    socket.on('connect', next);
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1');
      if (until?.test(text)) socket.destroy();
      next();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(end);
      resolve(text);
    });
  });
}
