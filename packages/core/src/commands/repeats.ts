import { createHash } from 'node:crypto';
import type { Clock } from '../ports/clock.js';
import type { Store } from '../ports/store.js';

/** D5-003: the same request within this time is the same command. */
const REPEAT_WINDOW_MS = 60_000;
/** Answers kept to recognise repeated requests. */
const KEPT_ANSWERS = 5_000;

/** D5-003: a request that is repeated is answered as the first one and not executed again. */
export interface Repeats {
  once<A extends { result: string }>(key: string, accepted: A, execute: () => Promise<A>): Promise<A>;
}

export function createRepeats({ store, clock }: { store: Store; clock: Clock }): Repeats {
  const answers = new Map<string, { at: number; answer: Promise<{ result: string }> }>();

  return {
    once<A extends { result: string }>(key: string, accepted: A, execute: () => Promise<A>): Promise<A> {
      const now = clock.now();
      const known = answers.get(key);
      // A key is made from the kind of the request, so the answer is of the same kind too.
      if (known && now - known.at < REPEAT_WINDOW_MS) return known.answer as Promise<A>;
      const answer = store.commands
        .findByRequestKey(key, now - REPEAT_WINDOW_MS)
        .then((stored) => (stored ? accepted : execute()));
      answers.delete(key);
      answers.set(key, { at: now, answer });
      const oldest = answers.size > KEPT_ANSWERS ? answers.keys().next().value : undefined;
      if (oldest !== undefined) answers.delete(oldest);
      const forget = () => {
        if (answers.get(key)?.answer === answer) answers.delete(key);
      };
      // Nothing was executed: asked again, it is judged by what holds then.
      answer.then(({ result }) => result === 'ACCEPTED' || forget(), forget);
      return answer;
    },
  };
}

/** Hash of partner, kind of command, response_url and body. */
export function requestKey(partnerId: string, kind: string, request: { response_url: string }): string {
  return createHash('sha256')
    .update(`${partnerId}\0${kind}\0${request.response_url}\0${JSON.stringify(request)}`)
    .digest('base64url');
}
