import { createHash, type X509Certificate } from 'node:crypto';
import type { CertificateHash } from '@roambridge/core';
import { type DerValue, readDer, readParts, TAG } from '../../ocsp/der.js';

/** Names of a certificate as it writes them, and the bits of its key (RFC 5280 4.1). */
interface Parts {
  serial: DerValue;
  issuer: DerValue;
  subject: DerValue;
  keyBits: Buffer;
}

/** @throws DerFault */
export function partsOf(certificate: X509Certificate): Parts | undefined {
  const [tbs] = readParts(readDer(certificate.raw).content);
  // The version stands in front of the serial number, in brackets of its own.
  const members = tbs ? readParts(tbs.content).filter(({ tag }) => (tag & 0xc0) !== 0x80) : [];
  const [serial, , issuer, , subject, publicKey] = members;
  const bits = publicKey && readParts(publicKey.content).find(({ tag }) => tag === TAG.bitString);
  if (!serial || !issuer || !subject || !bits) return undefined;
  return { serial, issuer, subject, keyBits: bits.content.subarray(1) };
}

const OCSP_RESPONDER = /^OCSP - URI:(https?:\S+)$/m;

/** What a responder is asked about a certificate; undefined when the certificate names none. @throws DerFault */
export function responderQuestion(
  certificate: X509Certificate,
  issuer: X509Certificate,
): CertificateHash | undefined {
  const responderUrl = OCSP_RESPONDER.exec(certificate.infoAccess ?? '')?.[1];
  const parts = partsOf(issuer);
  if (responderUrl === undefined || !parts) return undefined;
  const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
  return {
    algorithm: 'SHA256',
    issuerNameHash: digest(parts.subject.raw),
    issuerKeyHash: digest(parts.keyBits),
    serialNumber: certificate.serialNumber,
    responderUrl,
  };
}
