import type { AuthorizationOutcome, AuthorizationQuestion } from '@roambridge/core';
import type { VersionAdapter } from '../versions/adapter.js';
import type { HttpOutcome } from './http-client.js';
import { objectUrl } from './object-url.js';
import { readEnvelope } from './peer-answer.js';
import type { PlannedRequest } from './plan.js';

const UNKNOWN_TOKEN = 2004;
const NOT_ENOUGH_INFORMATION = 2002;

/** POST {tokens}/{uid}/authorize with the place where the token is presented (OCPI TO-20, TO-21). */
export function planAuthorization(
  adapter: VersionAdapter,
  endpoint: string,
  question: AuthorizationQuestion,
): PlannedRequest {
  const url = new URL(objectUrl(endpoint, [question.uid, 'authorize']));
  url.searchParams.set('type', adapter.token.typeToWire(question.type));
  const { location } = question;
  return {
    method: 'POST',
    url: url.toString(),
    from: question.from,
    ...(question.to === undefined ? {} : { to: question.to }),
    ...(location === undefined
      ? {}
      : { body: { location_id: location.locationId, evse_uids: [...location.evseUids] } }),
  };
}

/** What the eMSP said. Whatever is no clear answer counts as none, so that the rules for silence hold (9.1). */
export function readAuthorization(adapter: VersionAdapter, answer: HttpOutcome): AuthorizationOutcome {
  if (answer.kind === 'failure') {
    return { kind: 'unreachable', detail: answer.detail };
  }
  const envelope = readEnvelope(answer.text);
  // OCPI TO-23: eMSPs send the one, the other or both.
  if (answer.status === 404 || envelope?.status_code === UNKNOWN_TOKEN) {
    return { kind: 'unknown-token' };
  }
  if (envelope?.status_code === NOT_ENOUGH_INFORMATION) {
    return { kind: 'not-enough-information' };
  }
  const detail = `HTTP ${answer.status}${envelope === undefined ? '' : `, OCPI ${envelope.status_code}`}`;
  const ok =
    answer.status >= 200 &&
    answer.status <= 299 &&
    envelope !== undefined &&
    envelope.status_code >= 1000 &&
    envelope.status_code <= 1999;
  const info = ok ? adapter.token.readAuthorization(envelope.data) : undefined;
  return info === undefined ? { kind: 'unreachable', detail } : { kind: 'answered', ...info };
}
