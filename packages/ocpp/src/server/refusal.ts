import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

export type RefusalStatus = 400 | 401 | 403 | 404 | 405 | 426 | 429 | 503;

/** Shortest and longest time after which a throttled charger is asked to come back, seconds. */
const RETRY_AFTER_MIN_S = 5;
const RETRY_AFTER_MAX_S = 30;

/** Answers an upgrade request with an HTTP error and closes the socket. The text tells nothing internal. */
export function refuseUpgrade(socket: Duplex, status: RefusalStatus): void {
  const body = `${STATUS_CODES[status]}\n`;
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Content-Type: text/plain',
    `Content-Length: ${body.length}`,
    ...extraHeaders(status),
  ];
  socket.once('finish', () => socket.destroy());
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
}

function extraHeaders(status: RefusalStatus): string[] {
  switch (status) {
    case 401:
      return ['WWW-Authenticate: Basic realm="ocpp"'];
    case 429:
    case 503: {
      const spread = RETRY_AFTER_MAX_S - RETRY_AFTER_MIN_S;
      return [`Retry-After: ${RETRY_AFTER_MIN_S + Math.floor(Math.random() * (spread + 1))}`];
    }
    default:
      return [];
  }
}
