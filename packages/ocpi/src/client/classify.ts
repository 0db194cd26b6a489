import type { NoticeOutcome } from '@roambridge/core';
import type { HttpOutcome } from './http-client.js';
import { readEnvelope } from './peer-answer.js';
import type { PlannedRequest } from './plan.js';

/** HTTP errors that may pass: credentials being changed, time-outs, rate limits. */
const PASSING_STATUSES = new Set([401, 403, 408, 425, 429]);

const UNKNOWN_LOCATION = 2003;
/** A hub does not know the party, or is not connected with it; and: it gave up waiting for it. // OCPI RT-13 */
const PARTY_AWAY = new Set([4001, 4003]);
const PARTY_SILENT = 4002;
const MAX_DETAIL_LENGTH = 300; // characters of a partner's message that are kept
const MAX_RETRY_AFTER_MS = 3_600_000;

/** What an answer means for the notice that was told (OCPI ST-30 to ST-32). */
export function classify(request: PlannedRequest, outcome: HttpOutcome, now: number): NoticeOutcome {
  if (outcome.kind === 'failure') {
    return { kind: 'unreachable', detail: outcome.detail };
  }
  const { status } = outcome;
  const envelope = readEnvelope(outcome.text);
  const message = envelope?.status_message ?? '';
  const detail = `HTTP ${status}${envelope === undefined ? '' : `, OCPI ${envelope.status_code}`}${
    message === '' ? '' : `: ${message.slice(0, MAX_DETAIL_LENGTH)}`
  }`;
  const unreachable = (): NoticeOutcome => ({ kind: 'unreachable', detail, ...retryAfter(outcome, now) });

  if (envelope !== undefined && PARTY_AWAY.has(envelope.status_code)) {
    return { kind: 'away', detail };
  }
  if (envelope?.status_code === PARTY_SILENT) {
    return { kind: 'unreachable', detail, ofParty: true };
  }
  if (status >= 500 || PASSING_STATUSES.has(status) || status < 200 || (status >= 300 && status < 400)) {
    return unreachable();
  }
  const isUnknown =
    status === 404 ||
    envelope?.status_code === UNKNOWN_LOCATION ||
    (isClientError(envelope?.status_code) && /unknown|not found/i.test(message));
  if (isUnknown && request.method === 'PATCH') {
    return { kind: 'unknown-object', detail };
  }
  if (isUnknown && request.method === 'DELETE') {
    return { kind: 'acknowledged' }; // what should be gone is gone
  }
  if (request.method === 'POST' && isRepetition(status, envelope?.status_code, message)) {
    return { kind: 'acknowledged' }; // D3-031: it came the first time already
  }
  if (status >= 400) {
    return refused(status, envelope?.status_code, detail);
  }
  if (envelope === undefined) {
    return { kind: 'unreachable', detail: `HTTP ${status} without an OCPI envelope` };
  }
  if (envelope.status_code >= 1000 && envelope.status_code < 2000) {
    return acknowledged(request, outcome);
  }
  return isClientError(envelope.status_code) ? refused(status, envelope.status_code, detail) : unreachable();
}

function isRepetition(status: number, statusCode: number | undefined, message: string): boolean {
  return (
    status === 409 ||
    (isClientError(statusCode) && /already (exists|known|received)|duplicate/i.test(message))
  );
}

function isClientError(statusCode: number | undefined): boolean {
  return statusCode !== undefined && statusCode >= 2000 && statusCode < 3000;
}

function refused(httpStatus: number, statusCode: number | undefined, detail: string): NoticeOutcome {
  return { kind: 'refused', httpStatus, ...(statusCode === undefined ? {} : { statusCode }), detail };
}

/**
 * The Location header of a created object, resolved against the request (OCPI CD-02, CD-03). One on another host is not
 * kept: it would be read with the partner's token.
 */
function acknowledged(
  request: PlannedRequest,
  outcome: Extract<HttpOutcome, { kind: 'response' }>,
): NoticeOutcome {
  const location = outcome.header('location');
  if (location === undefined || !URL.canParse(location, request.url)) {
    return { kind: 'acknowledged' };
  }
  const url = new URL(location, request.url);
  return url.origin === new URL(request.url).origin
    ? { kind: 'acknowledged', location: url.toString() }
    : { kind: 'acknowledged' };
}

/** Retry-After in seconds or as a date. */
function retryAfter(
  outcome: Extract<HttpOutcome, { kind: 'response' }>,
  now: number,
): { retryAfterMs?: number } {
  const value = outcome.header('retry-after');
  if (value === undefined) {
    return {};
  }
  const delay = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - now;
  return delay > 0 ? { retryAfterMs: Math.min(delay, MAX_RETRY_AFTER_MS) } : {};
}
