import { once } from 'node:events';
import { WebSocket } from 'ws';
import { type Bindings, differences, fill } from '../support/match.js';
import type { Connect, Fixture } from './fixture.js';

const PASSWORD = 'quirky-password-16';
/** Long enough for a message that must not come to have come. */
const SILENCE_MS = 60;
/** What has not come by then does not come. */
const LATE_MS = 30_000;

export interface QuirkStation {
  readonly password: string;
  readonly problems: string[];
  open(how?: Connect): Promise<void>;
  send(message: unknown): void;
  /** The next message that fits comes; null: none does. */
  expect(message: unknown[] | null): Promise<void>;
  expectClosed(code: number): Promise<void>;
  close(): Promise<void>;
}

/** A charger as its record tells; what differs from the record is noted in `problems`. */
export function quirkStation(url: string, { id, protocol, log }: Fixture): QuirkStation {
  const bindings: Bindings = new Map();
  const problems: string[] = [];
  const received: unknown[][] = [];
  const codes: number[] = [];
  const awaited = new Set(
    log.flatMap(([, kind, message]) =>
      kind === '<-' && Array.isArray(message) && message[0] === 2 ? [message[2]] : [],
    ),
  );
  let sockets: WebSocket[] = [];

  async function until(condition: () => boolean, ms: number): Promise<boolean> {
    for (const end = Date.now() + ms; !condition(); ) {
      if (Date.now() > end) return false;
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
    return true;
  }

  return {
    password: PASSWORD,
    problems,
    async open(how = {}) {
      const given = how.hex ? Buffer.from(PASSWORD).toString('hex').toUpperCase() : PASSWORD;
      const socket = new WebSocket(url + (how.path ?? id), how.protocols ?? [protocol], {
        headers: { authorization: `Basic ${Buffer.from(`${id}:${given}`).toString('base64')}` },
        autoPong: how.pings === undefined,
        perMessageDeflate: false,
      });
      socket.on('error', (error) => problems.push(`connection: ${error.message}`));
      socket.on('close', (code) => codes.push(code));
      if (how.pings === 'fatal') socket.on('ping', () => socket.terminate());
      socket.on('message', (data) => {
        const frame = JSON.parse(String(data)) as unknown[];
        // What the gateway asks of its own accord is of no interest here.
        if (frame[0] === 2 && !awaited.has(frame[2])) {
          socket.send(JSON.stringify([4, frame[1], 'NotSupported', '', {}]));
        } else received.push(frame);
      });
      await Promise.race([once(socket, 'open'), once(socket, 'error')]);
      sockets.push(socket);
    },
    send(message) {
      const text = typeof message === 'string' ? message : JSON.stringify(fill(message, bindings));
      sockets.at(-1)?.send(text);
    },
    async expect(message) {
      if (message === null) {
        if (await until(() => received.length > 0, SILENCE_MS)) {
          problems.push(`not expected: ${JSON.stringify(received.shift())}`);
        }
        return;
      }
      if (!(await until(() => received.length > 0, LATE_MS))) {
        problems.push(`did not come: ${JSON.stringify(message)}`);
        return;
      }
      const frame = received.shift();
      const found = differences(frame, message, bindings);
      if (found.length > 0) problems.push(`${JSON.stringify(frame)} does not fit: ${found.join('; ')}`);
    },
    async expectClosed(code) {
      await until(() => codes.length > 0, LATE_MS);
      const got = codes.shift();
      if (got !== code) problems.push(`closed with ${got}, not ${code}`);
    },
    async close() {
      for (const socket of sockets) {
        if (socket.readyState === WebSocket.CLOSED) continue;
        socket.terminate();
        await once(socket, 'close');
      }
      sockets = [];
      codes.length = 0;
    },
  };
}
