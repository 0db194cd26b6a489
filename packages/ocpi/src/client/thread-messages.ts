import type { HttpOutcome, HttpRequest } from './http-client.js';

/** What the HTTP thread is started with. */
export interface HttpThreadOptions {
  allowPrivate: boolean;
  /** Total time of one exchange, ms. */
  deadlineMs?: number;
}

export interface ThreadRequest {
  id: number;
  request: HttpRequest;
}

export interface ThreadAnswer {
  id: number;
  outcome: FlatOutcome;
}

/** An outcome without functions: those cannot cross threads. */
export type FlatOutcome =
  | { kind: 'response'; status: number; headers: [name: string, value: string][]; text: string }
  | { kind: 'failure'; detail: string };

/** The headers of a partner's answer that the gateway reads. */
const READ_HEADERS = ['link', 'location', 'retry-after', 'x-total-count'] as const;

export function flatOutcome(outcome: HttpOutcome): FlatOutcome {
  if (outcome.kind === 'failure') return outcome;
  const headers: [string, string][] = [];
  for (const name of READ_HEADERS) {
    const value = outcome.header(name);
    if (value !== undefined) headers.push([name, value]);
  }
  return { kind: 'response', status: outcome.status, headers, text: outcome.text };
}

export function wholeOutcome(outcome: FlatOutcome): HttpOutcome {
  if (outcome.kind === 'failure') return outcome;
  const { status, headers, text } = outcome;
  return {
    kind: 'response',
    status,
    text,
    header: (name) => headers.find(([known]) => known === name.toLowerCase())?.[1],
  };
}
