import { once } from 'node:events';
import { WebSocket } from 'ws';

export interface Answer {
  raw: string;
  frame: unknown[];
}

/** A charger's socket that does not wait for one answer before it sends on. */
export interface PipelinedLine {
  send(data: string | Uint8Array): void;
  /** Answers by message id as JSON text (numbers and texts differ), in order. */
  readonly answers: ReadonlyMap<string, Answer[]>;
  /** Everything that came, our answers and the gateway's calls. */
  readonly received: readonly string[];
  /** Code of the close; undefined while it is open. */
  closeCode(): number | undefined;
  /** Resolves when an answer to this id has come, or the socket is closed. */
  answered(id: string | number): Promise<void>;
  close(): Promise<void>;
}

export interface LineOptions {
  url: string;
  identity: string;
  password: string;
  protocol: string;
  /** What is sent back to a call of the gateway; the default is "not supported". */
  reply?: (id: unknown, action: unknown) => string;
}

export async function openPipelinedLine(options: LineOptions): Promise<PipelinedLine> {
  const credentials = Buffer.from(`${options.identity}:${options.password}`).toString('base64');
  const socket = new WebSocket(`${options.url}${options.identity}`, [options.protocol], {
    headers: { authorization: `Basic ${credentials}` },
    perMessageDeflate: false,
  });
  const answers = new Map<string, Answer[]>();
  const received: string[] = [];
  const waiting = new Map<string, () => void>();
  let closeCode: number | undefined;
  socket.on('error', () => undefined);
  socket.on('close', (code) => {
    closeCode = code;
    for (const wake of waiting.values()) wake();
    waiting.clear();
  });
  socket.on('message', (data) => {
    const raw = String(data);
    received.push(raw);
    const frame = JSON.parse(raw) as unknown[];
    if (frame[0] === 2) {
      socket.send(
        options.reply?.(frame[1], frame[2]) ?? JSON.stringify([4, frame[1], 'NotSupported', '', {}]),
      );
      return;
    }
    const id = JSON.stringify(frame[1]);
    const earlier = answers.get(id);
    if (earlier) earlier.push({ raw, frame });
    else answers.set(id, [{ raw, frame }]);
    waiting.get(id)?.();
    waiting.delete(id);
  });
  await once(socket, 'open');
  return {
    answers,
    received,
    send: (data) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(data);
    },
    closeCode: () => closeCode,
    answered: (id) =>
      new Promise((resolve) => {
        const key = JSON.stringify(id);
        if (answers.has(key) || closeCode !== undefined) resolve();
        else waiting.set(key, resolve);
      }),
    async close() {
      if (closeCode !== undefined) return;
      socket.close();
      await once(socket, 'close');
    },
  };
}
