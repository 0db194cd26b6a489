import type { X509Certificate } from 'node:crypto';
import { DerFault, readDer, readParts, TAG } from '../../ocsp/der.js';
import { partsOf } from './certificate-parts.js';

const BLOCK = /-----BEGIN X509 CRL-----([^-]+)-----END X509 CRL-----/g;

/**
 * Whether a certificate is on one of the revocation lists (RFC 5280 5.1). OpenSSL looks too, but tells only its last
 * complaint: that a certificate has expired hides that it was revoked. A list that cannot be read counts as naming it.
 */
export function isListed(certificate: X509Certificate, lists: readonly string[]): boolean {
  try {
    const parts = partsOf(certificate);
    if (!parts) return true;
    return lists
      .flatMap((pem) => [...pem.matchAll(BLOCK)])
      .some(([, base64 = '']) => {
        const [tbs] = readParts(readDer(Buffer.from(base64, 'base64')).content);
        const members = tbs ? readParts(tbs.content) : [];
        const isIssuers = members.some(({ raw }) => raw.equals(parts.issuer.raw));
        // signature, issuer and the list itself are sequences, in this order.
        const [, , entries] = members.filter(({ tag }) => tag === TAG.sequence);
        if (!isIssuers || !entries) return false;
        return readParts(entries.content).some((entry) =>
          readDer(entry.content).raw.equals(parts.serial.raw),
        );
      });
  } catch (cause) {
    if (cause instanceof DerFault) return true;
    throw cause;
  }
}
