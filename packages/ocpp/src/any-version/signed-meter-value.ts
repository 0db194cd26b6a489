import type { SignedMeterValue } from '@roambridge/domain';
import { isWireObject } from '../wire.js';

const TEXTS = ['encodingMethod', 'signingMethod', 'publicKey'] as const;

/** SignedMeterValueType: the container in Base64, with what is said about it; undefined when it is none. */
export function readSignedMeterValue(value: unknown): SignedMeterValue | undefined {
  if (!isWireObject(value)) return undefined;
  const data = value.signedMeterData;
  if (typeof data !== 'string' || data === '') return undefined;
  // Some chargers put the container itself where its Base64 belongs.
  const signed: SignedMeterValue = { data, form: /^[A-Za-z0-9+/\s]+=*\s*$/.test(data) ? 'base64' : 'text' };
  for (const name of TEXTS) {
    const text = value[name];
    if (typeof text === 'string' && text !== '') signed[name] = text;
  }
  return signed;
}
