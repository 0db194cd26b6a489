import type { Clock, Partner } from '@roambridge/core';
import { requestHeaders } from '../authorization.js';
import type { HttpOutcome } from '../http-client.js';
import type { PartnerClient } from '../partner-client.js';
import { readEnvelope } from '../peer-answer.js';

export type Encoding = 'raw' | 'base64';

/** An answer and when it came. */
export interface Probed {
  url: string;
  sent: Record<string, string>;
  startedAt: number;
  endedAt: number;
  answer: HttpOutcome;
  /** Of a success; undefined = it was none. */
  data: unknown;
  /** `HTTP 200, OCPI 1000`, or why there is no answer. */
  outcome: string;
}

/** The requests of one probe; each is kept for the checks that look at all of them. */
export interface ProbeCalls {
  get(
    url: string,
    options: { token: string; encoding: Encoding; headers?: Record<string, string> },
  ): Promise<Probed>;
  /** All that had an answer. */
  answered(): (Probed & { answer: Extract<HttpOutcome, { kind: 'response' }> })[];
  count(): number;
}

export function createProbeCalls(client: PartnerClient, partner: Partner, clock: Clock): ProbeCalls {
  const all: Probed[] = [];
  return {
    async get(url, { token, encoding, headers = {} }) {
      const sent = { ...requestHeaders({ token, encoding }), ...headers };
      const startedAt = clock.now();
      const answer = await client(partner, { method: 'GET', url, headers: sent });
      const envelope = answer.kind === 'response' ? readEnvelope(answer.text) : undefined;
      const isSuccess =
        answer.kind === 'response' &&
        answer.status < 300 &&
        envelope !== undefined &&
        envelope.status_code < 2000;
      const probed = {
        url,
        sent,
        startedAt,
        endedAt: clock.now(),
        answer,
        data: isSuccess ? envelope.data : undefined,
        outcome:
          answer.kind === 'failure'
            ? answer.detail
            : `HTTP ${answer.status}${envelope === undefined ? ' without an OCPI envelope' : `, OCPI ${envelope.status_code}`}`,
      };
      all.push(probed);
      return probed;
    },
    answered: () =>
      all.flatMap(({ answer, ...rest }) => (answer.kind === 'response' ? [{ ...rest, answer }] : [])),
    count: () => all.length,
  };
}
