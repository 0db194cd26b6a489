import { Worker } from 'node:worker_threads';
import type { Log } from '@roambridge/core';
import type pg from 'pg';
import { CommitUnknown, STORAGE_ERRORS, StorageError } from '../errors.js';
import type { CommitConnection } from './commit-connection.js';
import { type CommitReply, type CommitRequest, wholeError } from './commit-messages.js';

const THREAD = new URL('../../dist/database/commit-thread.js', import.meta.url);

/**
 * Statements that the thread may hold: one at the database, the one that follows it without a pause, and one that is
 * on its way while the answers of the last are being written. With two, a tenth of the messages per second is lost.
 */
export const COMMITS_UNDER_WAY = 3;

interface Pending {
  resolve: () => void;
  reject: (error: Error) => void;
}

/**
 * {@link CommitConnection} in a thread of its own: the database is never left waiting because a charger's message is
 * being dealt with, and the other way round. `settings` must not contain functions.
 */
export function createThreadedCommits(options: { settings: pg.ClientConfig; log: Log }): CommitConnection {
  const { settings, log } = options;
  const pending: Pending[] = [];
  let worker: Worker | undefined;
  let closed = false;

  function start(): Worker {
    const started = new Worker(THREAD, { workerData: settings });
    started.on('message', (reply: CommitReply) => {
      if (reply.kind === 'warning') {
        log.warn({ err: reply.error }, reply.message);
        return;
      }
      const request = pending.shift();
      if (reply.error) request?.reject(wholeError(reply.error));
      else request?.resolve();
    });
    started.on('error', (error) => log.error({ err: error }, 'the thread of the commits ended'));
    started.on('exit', () => {
      if (worker === started) worker = undefined;
      const lost = new CommitUnknown(new Error('the thread of the commits ended'));
      for (const { reject } of pending.splice(0)) reject(lost);
    });
    return started;
  }

  function ask(request: CommitRequest, memory: ArrayBuffer[] = []): Promise<void> {
    if (closed) return Promise.reject(new StorageError('STORE_CLOSED', STORAGE_ERRORS.STORE_CLOSED));
    worker ??= start();
    worker.postMessage(request, memory);
    return new Promise((resolve, reject) => pending.push({ resolve, reject }));
  }

  return {
    connect: () => ask({ kind: 'connect' }),
    execute(statement) {
      return ask({ kind: 'execute', statement }, [statement.bytes.buffer]);
    },
    async close() {
      const open = worker;
      if (!open) return;
      const exit = new Promise<void>((resolve) => open.once('exit', () => resolve()));
      ask({ kind: 'close' }).catch(() => undefined);
      closed = true;
      await exit;
    },
  };
}
