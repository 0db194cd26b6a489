import { parentPort, workerData } from 'node:worker_threads';
import type { Log } from '@roambridge/core';
import type pg from 'pg';
import { createCommitConnection } from './commit-connection.js';
import { type CommitReply, type CommitRequest, plainError } from './commit-messages.js';

/** The thread that speaks to PostgreSQL for the commits: a statement that waits is sent as soon as one is done. */
function main(settings: pg.ClientConfig): void {
  const port = parentPort;
  if (!port) throw new Error('this is a thread of the gateway');
  const say = (reply: CommitReply) => port.postMessage(reply);
  const warn: Log['warn'] = (facts, message) =>
    say({ kind: 'warning', message: message ?? '', error: errorText(facts) });
  const silent = () => undefined;
  const commits = createCommitConnection({
    settings,
    log: { warn, info: silent, error: warn, debug: silent },
  });
  let last: Promise<void> = Promise.resolve();

  async function perform(request: CommitRequest): Promise<void> {
    if (request.kind === 'connect') return commits.connect();
    if (request.kind === 'execute') return commits.execute(request.statement);
    await commits.close();
    port?.close();
  }

  port.on('message', (request: CommitRequest) => {
    last = last
      .then(() => perform(request))
      .then(
        () => say({ kind: 'done' }),
        (error: unknown) => say({ kind: 'done', error: plainError(error) }),
      );
  });
}

function errorText(facts: unknown): string {
  return typeof facts === 'object' && facts !== null && 'err' in facts ? String(facts.err) : '';
}

main(workerData as pg.ClientConfig);
