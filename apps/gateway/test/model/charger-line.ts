import { once } from 'node:events';
import { WebSocket } from 'ws';

/** A charger's socket. Answers that do not come before it closes are lost. */
export interface ChargerLine {
  isOpen(): boolean;
  /** undefined = the connection ended first. */
  call(id: string, action: string, payload: object): Promise<Record<string, unknown> | undefined>;
  /** The frame leaves, and the connection is gone before anything comes back. */
  callAndCut(id: string, action: string, payload: object): Promise<void>;
  close(): Promise<void>;
}

export interface LineOptions {
  url: string;
  identity: string;
  password: string;
  protocol: string;
  answer: (action: string, payload: Record<string, unknown>) => object | undefined;
}

type Waiting = (answer: Record<string, unknown> | undefined) => void;

export async function openLine(options: LineOptions): Promise<ChargerLine> {
  const authorization = Buffer.from(`${options.identity}:${options.password}`).toString('base64');
  const socket = new WebSocket(options.url + options.identity, [options.protocol], {
    headers: { authorization: `Basic ${authorization}` },
    perMessageDeflate: false,
  });
  const waiting = new Map<string, Waiting>();
  await once(socket, 'open');
  socket.on('message', (data) => {
    const [type, id, third, fourth] = JSON.parse(String(data)) as [number, string, never, never];
    if (type === 2) {
      const answer = options.answer(String(third), fourth);
      const frame = answer ? [3, id, answer] : [4, id, 'NotSupported', '', {}];
      socket.send(JSON.stringify(frame));
      return;
    }
    // A refusal of what a model of a good charger sends is a fault of the gateway; the message stays queued.
    waiting.get(id)?.(type === 3 ? third : undefined);
    waiting.delete(id);
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    for (const lost of waiting.values()) lost(undefined);
    waiting.clear();
  });
  const closed = async () => {
    if (socket.readyState !== WebSocket.CLOSED) await once(socket, 'close');
  };
  return {
    isOpen: () => socket.readyState === WebSocket.OPEN,
    call: (id, action, payload) =>
      new Promise((resolve) => {
        waiting.set(id, resolve);
        if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify([2, id, action, payload]));
        else resolve(undefined);
      }),
    async callAndCut(id, action, payload) {
      await new Promise((sent) => socket.send(JSON.stringify([2, id, action, payload]), sent));
      socket.terminate();
      await closed();
    },
    async close() {
      socket.close();
      await closed();
    },
  };
}
