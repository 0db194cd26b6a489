import { X509Certificate } from 'node:crypto';
import type { PresentedCertificate } from '@roambridge/core';
import { weakness } from './pair-certificates.js';

/** Extended key usage of client authentication (RFC 5280). */
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';

/** Longest chain of a client certificate. */
const CHAIN_MAX = 8;

/** Whose certificate it is, and when: what core judges. */
export function namesOf(leaf: X509Certificate): Omit<PresentedCertificate, 'fault'> {
  // The object form has every value of a name; of several none counts.
  const { subject } = leaf.toLegacyObject();
  return {
    ...only('organization', subject?.O),
    ...only('commonName', subject?.CN),
    fingerprint: leaf.fingerprint256,
    validFrom: Date.parse(leaf.validFrom),
    validTo: Date.parse(leaf.validTo),
  };
}

function only<Name extends string>(name: Name, value: unknown): { [N in Name]?: string } {
  return (typeof value === 'string' ? { [name]: value } : {}) as { [N in Name]?: string };
}

/** The authority that signed a certificate, out of its own chain or of the known ones. */
export function issuerOf(
  leaf: X509Certificate,
  roots: readonly X509Certificate[],
): X509Certificate | undefined {
  const candidates = [...roots, ...(leaf.issuerCertificate ? [leaf.issuerCertificate] : [])];
  return candidates.find((issuer) => leaf.checkIssued(issuer) && leaf.verify(issuer.publicKey));
}

/** Whether a chain of authorities that are valid now leads from a known one to the certificate. */
export function leadsToRoot(leaf: X509Certificate, roots: readonly X509Certificate[], now: number): boolean {
  let last = leaf;
  for (let length = 0; length < CHAIN_MAX; length += 1) {
    const current = last;
    if (roots.some((root) => signedBy(current, root, now))) return true;
    const issuer = current.issuerCertificate;
    if (!issuer || !signedBy(current, issuer, now)) return false;
    last = issuer;
  }
  return false;
}

function signedBy(certificate: X509Certificate, issuer: X509Certificate, now: number): boolean {
  return (
    issuer.ca &&
    Date.parse(issuer.validFrom) <= now &&
    Date.parse(issuer.validTo) > now &&
    certificate.checkIssued(issuer) &&
    certificate.verify(issuer.publicKey)
  );
}

/** Why a certificate is not one of a charger, whoever signed it. */
export function leafFault(leaf: X509Certificate): string | undefined {
  if (leaf.ca) return 'it is an authority';
  // No purposes at all would mean any of them: a charger's certificate says that it is one.
  if (!(leaf.keyUsage as string[] | undefined)?.includes(CLIENT_AUTH)) {
    return 'not made for client authentication';
  }
  return weakness(leaf.publicKey);
}

/** The authorities of a PEM text. */
export function authorities(pem: string | undefined): X509Certificate[] {
  const blocks = pem?.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => new X509Certificate(block));
}
