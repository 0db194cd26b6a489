import { once } from 'node:events';
import { WebSocket } from 'ws';

/** A call that the gateway made. */
export interface InboundCall {
  id: string;
  action: string;
  payload: Record<string, unknown>;
}

/** The other side of a charger's socket, frame by frame: it sends exactly what a vector says. */
export class WireCharger {
  readonly calls: InboundCall[] = [];
  /** Frames that answer nothing that was asked with `call`. */
  readonly strays: unknown[][] = [];
  /** Resolves with the close code when the connection is over. */
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;
  readonly #answers = new Map<string, (answer: unknown[]) => void>();
  #nextId = 1;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.closed = new Promise((resolve) => socket.once('close', (code) => resolve(code)));
    socket.on('message', (data) => this.#receive(String(data)));
  }

  static async connect(options: {
    url: string;
    protocol: string;
    user: string;
    password: string;
  }): Promise<WireCharger> {
    const authorization = Buffer.from(`${options.user}:${options.password}`).toString('base64');
    const socket = new WebSocket(options.url, [options.protocol], {
      headers: { authorization: `Basic ${authorization}` },
    });
    await once(socket, 'open');
    return new WireCharger(socket);
  }

  #receive(text: string): void {
    const frame = JSON.parse(text) as unknown[];
    const id = String(frame[1]);
    if (frame[0] === 2) {
      this.calls.push({ id, action: String(frame[2]), payload: frame[3] as Record<string, unknown> });
    } else {
      const answered = this.#answers.get(id);
      if (answered) answered(frame);
      else this.strays.push(frame);
      this.#answers.delete(id);
    }
  }

  /** Sends a CALL and resolves with the whole answer frame. */
  call(action: string, payload: unknown, id = `m${this.#nextId++}`): Promise<unknown[]> {
    return new Promise((resolve) => {
      this.#answers.set(id, resolve);
      this.#socket.send(JSON.stringify([2, id, action, payload]));
    });
  }

  reply(id: string, payload: unknown): void {
    this.#socket.send(JSON.stringify([3, id, payload]));
  }

  refuse(id: string, code: string, description: string): void {
    this.#socket.send(JSON.stringify([4, id, code, description, {}]));
  }

  /** Sends text as it is; a value is sent as JSON. */
  sendRaw(frame: unknown): void {
    this.#socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  /** Resolves when the gateway has received all that was sent so far, or the connection is over. */
  async crossed(): Promise<void> {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    const pong = new Promise((resolve) => this.#socket.once('pong', resolve));
    this.#socket.ping();
    await Promise.race([pong, this.closed]);
  }

  async close(): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return;
    const closed = once(this.#socket, 'close');
    this.#socket.close();
    await closed;
  }
}
