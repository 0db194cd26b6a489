import { once } from 'node:events';
import type { Clock, Log } from '@roambridge/core';
import { WebSocket } from 'ws';
import { createOcppEdge, type OcppEdge, type OcppLimits } from '../../src/index.js';
import { RecordingEdge } from './recording-edge.js';

/** No measure of anything: what has not come by then does not come, on the slowest machine. */
const PATIENCE_MS = 30_000;

export const realClock: Clock = {
  now: () => Date.now(),
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

export interface TestGateway {
  edge: RecordingEdge;
  ocpp: OcppEdge;
  port: number;
  url: string;
}

/** A listening charger edge on a free port, with the stations CP1 and CP2 and no waiting before our own calls. */
export async function startGateway(
  limits: Partial<OcppLimits> = {},
  clock = realClock,
): Promise<TestGateway> {
  const edge = new RecordingEdge();
  edge.stations.set('CP1', {});
  edge.stations.set('CP2', {});
  const ocpp = createOcppEdge({
    edge,
    clock,
    log: silentLog,
    port: 0,
    host: '127.0.0.1',
    limits: { settleMs: 0, firstBootWaitMs: 0, closeTimeoutMs: 300, ...limits },
  });
  const { port } = await ocpp.listen();
  return { edge, ocpp, port, url: `ws://127.0.0.1:${port}/ocpp` };
}

/** A charger as plain as it can be: it writes and reads text. */
export class RawCharger {
  readonly socket: WebSocket;
  readonly received: string[] = [];
  #waiting: (() => void)[] = [];

  constructor(
    url: string,
    protocols: string[] = ['ocpp1.6'],
    options: ConstructorParameters<typeof WebSocket>[2] = {},
  ) {
    this.socket = new WebSocket(url, protocols, options);
    this.socket.on('error', () => {});
    this.socket.on('message', (data) => {
      this.received.push(String(data));
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }

  async open(): Promise<this> {
    await once(this.socket, 'open');
    return this;
  }

  send(frame: unknown): void {
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  /** The next message that was not taken yet. */
  async next(): Promise<unknown[]> {
    while (this.received.length === 0) await new Promise<void>((wake) => this.#waiting.push(wake));
    return JSON.parse(this.received.shift() ?? '');
  }

  async ask(frame: unknown): Promise<unknown[]> {
    this.send(frame);
    return this.next();
  }

  /** Close code that the other side gives. */
  async closed(): Promise<number> {
    if (this.socket.readyState === WebSocket.CLOSED) throw new Error('closed before anybody looked');
    const [code] = await once(this.socket, 'close');
    return code;
  }
}

export async function until(condition: () => boolean): Promise<void> {
  for (const end = Date.now() + PATIENCE_MS; !condition(); ) {
    if (Date.now() > end) throw new Error(`did not happen within ${PATIENCE_MS} ms`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
