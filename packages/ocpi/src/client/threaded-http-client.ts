import { Worker } from 'node:worker_threads';
import type { HttpClient, HttpOutcome, HttpRequest } from './http-client.js';
import {
  type HttpThreadOptions,
  type ThreadAnswer,
  type ThreadRequest,
  wholeOutcome,
} from './thread-messages.js';

const THREAD = new URL('../../dist/client/http-thread.js', import.meta.url);

/**
 * {@link HttpClient} whose sockets live in a thread of their own: what partners cost (TLS, large or slow answers)
 * does not hold up chargers. A thread that dies fails what it was doing, which is then retried in a new one.
 */
export function createThreadedHttpClient(options: HttpThreadOptions): HttpClient {
  const pending = new Map<number, (outcome: HttpOutcome) => void>();
  let worker: Worker | undefined;
  let closed = false;
  let lastId = 0;
  let requests: ThreadRequest[] = [];

  function start(): Worker {
    const started = new Worker(THREAD, { workerData: options });
    started.on('message', (answers: ThreadAnswer[]) => {
      for (const { id, outcome } of answers) settle(id, wholeOutcome(outcome));
    });
    started.on('error', (error) => fail(`the HTTP thread ended: ${error.message}`));
    started.on('exit', () => {
      if (worker === started) worker = undefined;
      fail('the HTTP thread ended');
    });
    // Whatever else the process is doing decides how long it lives.
    started.unref();
    return started;
  }

  function settle(id: number, outcome: HttpOutcome): void {
    const resolve = pending.get(id);
    pending.delete(id);
    resolve?.(outcome);
  }

  function fail(detail: string): void {
    for (const id of [...pending.keys()]) settle(id, { kind: 'failure', detail });
  }

  function flush(): void {
    if (requests.length === 0) return;
    worker ??= start();
    worker.postMessage(requests);
    requests = [];
  }

  return {
    send(request: HttpRequest) {
      if (closed) return Promise.resolve({ kind: 'failure', detail: 'the gateway is stopping' });
      lastId += 1;
      const id = lastId;
      requests.push({ id, request });
      if (requests.length === 1) setImmediate(flush);
      return new Promise((resolve) => pending.set(id, resolve));
    },
    async close() {
      closed = true;
      const open = worker;
      if (!open) return;
      const exit = new Promise<void>((resolve) => open.once('exit', () => resolve()));
      open.postMessage('close');
      await exit;
    },
  };
}
