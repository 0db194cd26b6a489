import { parentPort, workerData } from 'node:worker_threads';
import { createEgressGuard } from './egress-guard.js';
import { createHttpClient } from './http-client.js';
import {
  flatOutcome,
  type HttpThreadOptions,
  type ThreadAnswer,
  type ThreadRequest,
} from './thread-messages.js';

/** The thread that speaks HTTP to partners: requests in, outcomes out, those of one turn in one message. */
function main(options: HttpThreadOptions): void {
  const port = parentPort;
  if (!port) throw new Error('this is a thread of the gateway');
  const guard = createEgressGuard({ allowPrivate: options.allowPrivate });
  const client = createHttpClient({
    guard,
    ...(options.deadlineMs === undefined ? {} : { deadlineMs: options.deadlineMs }),
  });
  let answers: ThreadAnswer[] = [];

  function answer(one: ThreadAnswer): void {
    answers.push(one);
    if (answers.length > 1) return;
    setImmediate(() => {
      port?.postMessage(answers);
      answers = [];
    });
  }

  port.on('message', (requests: ThreadRequest[] | 'close') => {
    if (requests === 'close') {
      client.close().finally(() => port.close());
      return;
    }
    for (const { id, request } of requests) {
      client.send(request).then(
        (outcome) => answer({ id, outcome: flatOutcome(outcome) }),
        (error: unknown) => answer({ id, outcome: { kind: 'failure', detail: String(error) } }),
      );
    }
  });
}

main(workerData as HttpThreadOptions);
