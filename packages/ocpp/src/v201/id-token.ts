import type { IdToken } from '@roambridge/domain';
import type { InboundCall } from '../routing.js';
import { need, readObject, readOpenWord, readText } from '../validation/read.js';
import type { WireObject } from '../wire.js';

const TYPES = [
  'Central',
  'DirectPayment',
  'eMAID',
  'EVCCID',
  'ISO14443',
  'ISO15693',
  'KeyCode',
  'Local',
  'MacAddress',
  'NoAuthorization',
  'VIN',
] as const;

/**
 * The idToken of a message; undefined when there is none. A token without authorization has no text. A type that
 * no version has is kept as it came (C-201): the token itself may still be known.
 */
export function readIdToken(payload: WireObject, call: InboundCall): IdToken | undefined {
  const source = readObject(payload, 'idToken', call);
  if (source === undefined) return undefined;
  const type = readOpenWord(source, 'type', TYPES, call) ?? 'unknown';
  const text = readText(source, 'idToken', call);
  if (text === undefined && type !== 'NoAuthorization') return undefined;
  return { idToken: text ?? '', type };
}

/** The idToken, or the fault that tells what is wrong with it. */
export function needIdToken(payload: WireObject, call: InboundCall): IdToken {
  const idToken = readIdToken(payload, call);
  if (idToken !== undefined) return idToken;
  const source = need(readObject(payload, 'idToken', call), payload, 'idToken');
  return { idToken: need(readText(source, 'idToken', call), source, 'idToken'), type: 'unknown' };
}
