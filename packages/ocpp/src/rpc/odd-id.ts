import type { MessageId } from './frame.js';

/** Longest message id of the standard; longer ones are echoed all the same. */
const ID_MAX_CHARS = 36;

const NUMBER = ['MESSAGE_ID_NUMBER'] as const;
const LONG = ['MESSAGE_ID_LONG'] as const;
const NONE: readonly string[] = [];

/** What is odd about a message id. */
export function oddId(id: MessageId): readonly string[] {
  if (typeof id === 'number') return NUMBER;
  return id.length > ID_MAX_CHARS ? LONG : NONE;
}
