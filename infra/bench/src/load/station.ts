import { once } from 'node:events';
import { WebSocket } from 'ws';
import { bootText } from './boot.js';
import type { Latencies } from './latencies.js';
import type { LoadStation, Mix, OcppProtocol } from './messages.js';
import { type Meter, oneByOne, type Script } from './script.js';
import { createScript } from './scripts.js';

const CONNECT_TIMEOUT_MS = 30_000;

/** One station: a socket with one outstanding CALL. */
export interface Station {
  boot(): Promise<void>;
  /** Talks until {@link Station.rest}; every answer is added to the latencies. */
  run(mix: Mix, latencies: Latencies): void;
  /** Ends the session that is under way. @returns sessions and messages of the run. */
  rest(): Promise<{ sessions: number; messages: number }>;
  close(): Promise<void>;
}

/** Connects one station. `fail` is called when the server refuses a message or ends the connection. */
export async function connectStation(options: {
  url: string;
  protocol: OcppProtocol;
  station: LoadStation;
  fail: (reason: string) => void;
  /** Told of every call of the server as it arrives. */
  called?: (action: string) => void;
}): Promise<Station> {
  const { url, protocol, station, fail, called } = options;
  const credentials = Buffer.from(`${station.id}:${station.password}`).toString('base64');
  const socket = new WebSocket(`${url}${station.id}`, [protocol], {
    headers: { Authorization: `Basic ${credentials}` },
    perMessageDeflate: false,
    handshakeTimeout: CONNECT_TIMEOUT_MS,
  });
  const meter: Meter = { registerWh: 1_000_000 };
  const prefix = Math.trunc(Math.random() * 2 ** 40).toString(36);
  let count = 0;
  let sentAt = 0;
  let script: Script | undefined;
  let latencies: Latencies | undefined;
  let messages = 0;
  let rested: (() => void) | undefined;
  let closing = false;

  function send(current: Script): void {
    count += 1;
    sentAt = performance.now();
    socket.send(current.next(`${prefix}-${count}`));
  }

  function onMessage(text: string): void {
    if (text.startsWith('[2,')) {
      // The gateway's own calls; a station may know none of them.
      const [, id, action] = JSON.parse(text);
      called?.(action);
      socket.send(`[4,${JSON.stringify(id)},"NotImplemented","",{}]`);
      return;
    }
    const current = script;
    if (!current) return;
    if (!text.startsWith('[3,')) {
      fail(`${station.id}: ${text}`);
      return;
    }
    latencies?.add(performance.now() - sentAt);
    messages += 1;
    current.answered(text);
    if (!rested || !current.atRest()) send(current);
    else {
      script = undefined;
      rested();
    }
  }

  socket.on('message', (data) => {
    try {
      onMessage(data.toString());
    } catch (error) {
      fail(String(error));
    }
  });
  await once(socket, 'open');
  socket.on('error', (error) => fail(`${station.id}: ${error.message}`));
  socket.on('close', (code, reason) => {
    if (!closing) fail(`${station.id}: the server ended the connection: ${code} ${reason.toString()}`);
  });

  function start(next: Script, record?: Latencies): void {
    script = next;
    latencies = record;
    rested = undefined;
    messages = 0;
    send(next);
  }

  async function rest(): Promise<{ sessions: number; messages: number }> {
    const current = script;
    if (!current) return { sessions: 0, messages };
    await new Promise<void>((resolve) => {
      rested = resolve;
    });
    return { sessions: current.sessions(), messages };
  }

  return {
    async boot() {
      start(oneByOne((id) => bootText(protocol, id)));
      await rest();
    },
    run: (mix, record) => start(createScript(mix, station, meter), record),
    rest,
    async close() {
      closing = true;
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}
