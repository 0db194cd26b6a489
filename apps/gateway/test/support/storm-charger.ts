import { once } from 'node:events';
import type { WebSocket } from 'ws';
import { openSocket } from './upgrade.js';

type Message = [id: string, action: string, payload: Record<string, unknown>];

/** Statuses that ask a charger to come again. */
const COME_AGAIN = new Set([429, 503]);
const COME_AGAIN_MS = 200;

/**
 * A charger of OCPP 1.6 with a queue of messages that it sends one after another, and again after every lost connection
 * until each is answered: as a real one does with what is billed.
 */
export class StormCharger {
  /** How often each message was answered, by its id. */
  readonly answers = new Map<string, number>();
  /** Answers by the id of their message. */
  readonly received = new Map<string, Record<string, unknown>>();
  readonly #id: string;
  readonly #queue: Message[] = [];
  readonly #drained: (() => void)[] = [];
  #socket: WebSocket | undefined;

  constructor(id: string) {
    this.#id = id;
  }

  /** Connects, coming again when it is asked to. */
  async connect(baseUrl: string): Promise<void> {
    for (;;) {
      const socket = openSocket({ url: `${baseUrl}${this.#id}` });
      const opened = once(socket, 'open').then(() => 101);
      const refused = once(socket, 'unexpected-response').then(([, { statusCode }]) => Number(statusCode));
      // More than the system lets wait are reset: a charger comes again.
      const status = await Promise.race([opened, refused]).catch(() => 503);
      void opened.catch(() => undefined);
      void refused.catch(() => undefined);
      if (status === 101) {
        socket.on('error', () => undefined);
        socket.on('message', (data) => this.#receive(JSON.parse(String(data))));
        this.#socket = socket;
        this.#sendFirst();
        return;
      }
      socket.on('error', () => undefined);
      socket.terminate();
      if (!COME_AGAIN.has(status)) throw new Error(`${this.#id} was refused with ${status}`);
      await new Promise((resolve) => setTimeout(resolve, COME_AGAIN_MS));
    }
  }

  queue(...message: Message): void {
    this.#queue.push(message);
    if (this.#queue.length === 1) this.#sendFirst();
  }

  /** The line is gone without a word. */
  cut(): void {
    this.#socket?.removeAllListeners('message');
    this.#socket?.terminate();
    this.#socket = undefined;
  }

  /** Resolves when every message was answered. */
  async drained(): Promise<void> {
    if (this.#queue.length > 0) await new Promise<void>((resolve) => this.#drained.push(resolve));
  }

  #sendFirst(): void {
    const first = this.#queue[0];
    if (first && this.#socket?.readyState === 1) this.#socket.send(JSON.stringify([2, ...first]));
  }

  #receive([type, id, payload]: [number, string, Record<string, unknown>]): void {
    if (type !== 3 && type !== 4) return;
    this.answers.set(id, (this.answers.get(id) ?? 0) + 1);
    this.received.set(id, payload);
    if (this.#queue[0]?.[0] !== id) return;
    this.#queue.shift();
    this.#sendFirst();
    if (this.#queue.length === 0) for (const done of this.#drained.splice(0)) done();
  }
}
