import { problemText } from './problem-text.js';
import { SignedOut } from './read.js';
import type { CallOutcomeView } from './views.js';

/** A charger is given its whole call timeout, and a little more. */
const TIMEOUT_MS = 60_000;

/** Refusal of the gateway in words for a person (RFC 9457). */
export class Refused extends Error {}

/** @throws {SignedOut}, {Refused}, or an Error when the gateway cannot be reached. */
export async function act<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T> {
  const response = await fetch(`/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', 'x-roambridge-console': '1' },
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (response.status === 401) throw new SignedOut();
  const text = await response.text();
  if (!response.ok) throw new Refused(problemText(text, response.status));
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** Gives the gateway a file. Errors as above. */
export async function sendFile(file: File): Promise<void> {
  const response = await fetch(`/api/v1/files?name=${encodeURIComponent(file.name)}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', 'x-roambridge-console': '1' },
    body: file,
  });
  if (response.status === 401) throw new SignedOut();
  if (!response.ok) throw new Refused(problemText(await response.text(), response.status));
}

/** Sends an action to a charger. */
export function callStation(stationId: string, action: string, payload: unknown): Promise<CallOutcomeView> {
  return act(
    'POST',
    `/stations/${encodeURIComponent(stationId)}/ocpp/${encodeURIComponent(action)}`,
    payload,
  );
}
