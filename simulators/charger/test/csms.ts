import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RPCServer } from 'ocpp-rpc';
import type { Payload, Protocol } from '../src/protocol.js';
import { VALIDATORS } from '../src/validators.js';

export interface SeenCall {
  action: string;
  payload: Payload;
}

/** Just enough CSMS for the charger: answers what it is told to and keeps what it saw. */
export interface Csms {
  url: string;
  seen: SeenCall[];
  /** Messages of types that the server does not know. */
  odd: unknown[][];
  /** Payloads of one action, in order of arrival. */
  of(action: string): Payload[];
  call(action: string, payload: Payload): Promise<unknown>;
  answer(action: string, answer: (payload: Payload) => Payload): void;
  until(condition: () => boolean): Promise<void>;
  close(): Promise<void>;
}

interface ServerClient {
  on(event: 'badMessage', listener: (bad: { buffer: Buffer }) => void): void;
  handle(handler: (call: { method: string; params: Payload }) => Payload): void;
  call(action: string, payload: Payload): Promise<unknown>;
}

const NOW = () => new Date().toISOString();

export async function startCsms(protocol: Protocol, password: string): Promise<Csms> {
  const seen: SeenCall[] = [];
  const odd: unknown[][] = [];
  let newest: ServerClient | undefined;
  let transactions = 0;
  const answers = new Map<string, (payload: Payload) => Payload>([
    ['BootNotification', () => ({ currentTime: NOW(), interval: 300, status: 'Accepted' })],
    ['Heartbeat', () => ({ currentTime: NOW() })],
    ['Authorize', () => accepted(protocol)],
    [
      'StartTransaction',
      () => {
        transactions += 1;
        return { transactionId: transactions, idTagInfo: { status: 'Accepted' } };
      },
    ],
  ]);

  const server = new RPCServer({
    protocols: [protocol],
    strictMode: true,
    strictModeValidators: VALIDATORS,
  } as never);
  (server as unknown as { auth(check: AuthCheck): void }).auth((accept, reject, handshake) => {
    if (handshake.password?.toString() === password) accept({});
    else reject(401, 'wrong password');
  });
  server.on('client', (client: ServerClient) => {
    newest = client;
    client.on('badMessage', ({ buffer }) => odd.push(JSON.parse(String(buffer)) as unknown[]));
    client.handle(({ method, params }) => {
      seen.push({ action: method, payload: params });
      return answers.get(method)?.(params) ?? {};
    });
  });
  const http = createServer();
  http.on('upgrade', (server as unknown as { handleUpgrade: () => void }).handleUpgrade);
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');

  return {
    url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}/ocpp`,
    seen,
    odd,
    of: (action) => seen.filter((call) => call.action === action).map((call) => call.payload),
    call(action, payload) {
      if (!newest) throw new Error('no charger is connected');
      return newest.call(action, payload);
    },
    answer: (action, answer) => void answers.set(action, answer),
    async until(condition) {
      const end = Date.now() + 30_000;
      while (!condition()) {
        if (Date.now() > end) throw new Error(`not seen in time; seen: ${JSON.stringify(seen)}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    async close() {
      await server.close({ force: true } as never);
      http.closeAllConnections();
      http.close();
    },
  };
}

type AuthCheck = (
  accept: (session: object) => void,
  reject: (status: number, message: string) => void,
  handshake: { password?: Buffer },
) => void;

function accepted(protocol: string): Payload {
  return protocol === 'ocpp1.6'
    ? { idTagInfo: { status: 'Accepted' } }
    : { idTokenInfo: { status: 'Accepted' } };
}
