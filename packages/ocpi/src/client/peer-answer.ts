import { z } from 'zod';
import type { HttpOutcome } from './http-client.js';

const ENVELOPE = z.object({
  status_code: z.number().int(),
  status_message: z.string().nullish(),
  data: z.unknown().optional(),
});

/** Envelope of a partner's answer; undefined = the body is not one (OCPI ST-32). */
export function readEnvelope(text: string) {
  try {
    const parsed = ENVELOPE.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** Data of a GET that must succeed: HTTP 2xx and 1000 <= status_code < 2000 (OCPI ST-30). */
export function readData(outcome: HttpOutcome): { data: unknown } | { failure: string } {
  if (outcome.kind === 'failure') {
    return { failure: outcome.detail };
  }
  if (outcome.status < 200 || outcome.status > 299) {
    return { failure: `HTTP ${outcome.status}` };
  }
  const envelope = readEnvelope(outcome.text);
  if (envelope === undefined) {
    return { failure: 'the answer is not an OCPI envelope' };
  }
  if (envelope.status_code < 1000 || envelope.status_code > 1999) {
    return { failure: `OCPI status ${envelope.status_code}` };
  }
  return { data: envelope.data };
}
