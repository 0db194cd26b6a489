import { setTimeout as delay } from 'node:timers/promises';
import type { Payload } from './protocol.js';
import { InvalidCall, type Link } from './rpc-link.js';

/** How often one message is tried before it is given up (1.6 TransactionMessageAttempts). */
const MESSAGE_ATTEMPTS = 3;

/** A transaction message on its way to the CSMS. */
export interface TransactionMessage {
  action: string;
  /** Built when it is sent: a 1.6 transaction id may be learnt while the message waits. */
  build: () => Payload;
  onAnswer?: (result: Payload) => void;
  onGivenUp?: () => void;
}

/** Transaction messages, kept while there is no connection and delivered strictly in order. */
export interface TransactionQueue {
  /**
   * Resolves with the answer, or undefined when the message stays queued or was given up.
   * @throws InvalidCall when the message breaks its schema (it is then not sent).
   */
  send(message: TransactionMessage): Promise<Payload | undefined>;
  /** Delivers what waits; resolves when the queue is empty or the connection is gone. */
  flush(): Promise<void>;
  length(): number;
}

interface Queued extends TransactionMessage {
  attempts: number;
  resolve: (result: Payload | undefined) => void;
  reject: (error: InvalidCall) => void;
}

/** @param options.retryMs wait after the first failed attempt; the n-th wait is n times as long. */
export function createTransactionQueue(options: {
  link: () => Link | undefined;
  retryMs: number;
  log: (text: string) => void;
}): TransactionQueue {
  const queue: Queued[] = [];
  let delivery: Promise<void> | undefined;

  async function attempt(message: Queued, link: Link): Promise<void> {
    message.attempts += 1;
    try {
      const result = await link.call(message.action, message.build());
      queue.shift();
      message.onAnswer?.(result);
      message.resolve(result);
    } catch (error) {
      if (error instanceof InvalidCall) {
        queue.shift();
        message.reject(error);
      } else if (!link.isOpen()) {
        // Only the answer may be lost: the same message goes out again after the reconnect.
        message.attempts -= 1;
      } else if (message.attempts >= MESSAGE_ATTEMPTS) {
        queue.shift();
        options.log(`${message.action} given up after ${MESSAGE_ATTEMPTS} attempts: ${String(error)}`);
        message.onGivenUp?.();
        message.resolve(undefined);
      } else {
        await delay(options.retryMs * message.attempts);
      }
    }
  }

  async function deliver(): Promise<void> {
    for (;;) {
      const message = queue[0];
      const link = options.link();
      if (message === undefined || link?.isOpen() !== true) break;
      await attempt(message, link);
    }
    // Cleared before anything else can run, so that no message is pushed to a delivery that has ended.
    delivery = undefined;
    for (const message of queue) message.resolve(undefined);
  }

  function flush(): Promise<void> {
    if (delivery) return delivery;
    const started = deliver();
    // An empty or offline queue has ended by now; the rest is still on its way.
    if (queue.length > 0 && options.link()?.isOpen() === true) delivery = started;
    return started;
  }

  return {
    send(message) {
      return new Promise((resolve, reject) => {
        queue.push({ ...message, attempts: 0, resolve, reject });
        void flush();
      });
    },
    flush,
    length: () => queue.length,
  };
}
