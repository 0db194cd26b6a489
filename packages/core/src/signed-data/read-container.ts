import type { SignedMeterValue } from '@roambridge/domain';
import type { ReadContainer } from './container.js';
import { isEdlXml, readEdl } from './edl.js';
import { isOcmf, readOcmf } from './ocmf.js';

/** Text of a container; undefined when it is bytes and no text. */
export function textOf({ data, form }: SignedMeterValue): string | undefined {
  if (form === 'text') return data;
  const bytes = Buffer.from(data, 'base64');
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : undefined;
}

/** Reads a container; undefined for a format that is not known or that breaks its own rules. */
export function readContainer(value: SignedMeterValue): ReadContainer | undefined {
  const text = textOf(value)?.trim();
  if (text === undefined) return undefined;
  try {
    if (isOcmf(text)) return readOcmf(text);
    if (isEdlXml(text)) return readEdl(text);
  } catch {
    // A container that breaks its format is as good as an unknown one: it is kept, and nothing is concluded from it.
  }
  return undefined;
}
