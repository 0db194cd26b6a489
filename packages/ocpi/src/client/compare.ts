import type { Notice, ObjectComparison } from '@roambridge/core';
import { differences } from './differences.js';
import type { HttpOutcome } from './http-client.js';
import { readEnvelope } from './peer-answer.js';
import type { Plan, PlannedRequest } from './plan.js';

/** Status codes for what a platform does not have: unknown location, token, and "invalid" by those without either. */
const UNKNOWN = new Set([2001, 2003, 2004]);

/** Where the partner's copy of an object is read: at the address of its PUT, or at the one that the CDR was given. */
export function addressOf(
  planned: Plan,
  notice: Notice,
  remoteUrl: string | undefined,
): PlannedRequest | ObjectComparison {
  if ('notApplicable' in planned) {
    return planned.isInterface === true
      ? { kind: 'not-offered', detail: planned.notApplicable }
      : { kind: 'unverifiable' };
  }
  if (notice.kind !== 'cdr') return planned;
  // OCPI CD-02: the Location header is the only way to read a CDR back.
  return remoteUrl === undefined ? { kind: 'unverifiable' } : { ...planned, url: remoteUrl };
}

/** What the answer to the GET of an object says about the partner's copy. */
export function compareAnswer(planned: PlannedRequest, answer: HttpOutcome): ObjectComparison {
  if (answer.kind === 'failure') return { kind: 'unreachable', detail: answer.detail };
  const envelope = readEnvelope(answer.text);
  const detail = `HTTP ${answer.status}${envelope === undefined ? '' : `, OCPI ${envelope.status_code}`}`;
  if (answer.status === 405 || answer.status === 501) {
    return { kind: 'not-offered', detail: `the partner does not let us read what it has (${detail})` };
  }
  if (answer.status === 404 || (answer.status < 300 && UNKNOWN.has(envelope?.status_code ?? 0))) {
    return { kind: 'missing' };
  }
  if (answer.status >= 300 || envelope === undefined || envelope.status_code >= 2000) {
    return { kind: 'unreachable', detail };
  }
  // Success without an object is none.
  const theirs = envelope.data;
  if (typeof theirs !== 'object' || theirs === null) return { kind: 'missing' };
  const members = differences(planned.body ?? {}, theirs);
  if (members.length === 0) return { kind: 'same' };
  const updated =
    'last_updated' in theirs && typeof theirs.last_updated === 'string' ? theirs.last_updated : undefined;
  return { kind: 'different', members, ...(updated === undefined ? {} : { theirs: updated }) };
}
