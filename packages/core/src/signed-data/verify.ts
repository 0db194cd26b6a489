import { verify } from 'node:crypto';
import type { Signature } from './container.js';
import { readPublicKey } from './public-key.js';

/** What a check of a signature came to. */
export type Verdict = 'valid' | 'invalid' | 'no-key';

/** Checks a container's signature by a public key in any of its written forms. */
export function verifySignature(signature: Signature, publicKey: string | undefined): Verdict {
  const key = publicKey === undefined ? undefined : readPublicKey(publicKey, signature.curve);
  if (key === undefined) return 'no-key';
  // A key of another curve cannot have made this signature.
  if (key.asymmetricKeyDetails?.namedCurve !== signature.curve) return 'invalid';
  try {
    const { hash, message, encoding } = signature;
    return verify(hash, message, { key, dsaEncoding: encoding }, signature.signature) ? 'valid' : 'invalid';
  } catch {
    return 'invalid';
  }
}
