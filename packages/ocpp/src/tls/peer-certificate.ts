import { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { PresentedCertificate } from '@roambridge/core';
import { weakness } from './pair-certificates.js';

/** Extended key usage of client authentication (RFC 5280). */
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';

/** Longest chain of a client certificate. */
const CHAIN_MAX = 8;

/** The client certificate of a socket, judged by path, purpose and key (A-040, S24); undefined when it showed none. */
export function presentedCertificate(
  socket: TLSSocket,
  roots: readonly X509Certificate[],
): PresentedCertificate | undefined {
  const leaf = socket.getPeerX509Certificate();
  if (!leaf) return undefined;
  // The object form has every value of a name; of several none counts.
  const { subject } = leaf.toLegacyObject();
  const fault = pathFault(socket, leaf, roots) ?? leafFault(leaf);
  return {
    ...only('organization', subject?.O),
    ...only('commonName', subject?.CN),
    fingerprint: leaf.fingerprint256,
    validFrom: Date.parse(leaf.validFrom),
    validTo: Date.parse(leaf.validTo),
    ...(fault === undefined ? {} : { fault }),
  };
}

function only<Name extends string>(name: Name, value: unknown): { [N in Name]?: string } {
  return (typeof value === 'string' ? { [name]: value } : {}) as { [N in Name]?: string };
}

/** Age is core's to judge; of an expired certificate everything else must still be right. */
function pathFault(
  socket: TLSSocket,
  leaf: X509Certificate,
  roots: readonly X509Certificate[],
): string | undefined {
  if (socket.authorized) return undefined;
  const error = String(socket.authorizationError);
  if (error !== 'CERT_HAS_EXPIRED') return `not trusted (${error})`;
  return leadsToRoot(leaf, roots) ? undefined : 'not trusted (expired, and of no known authority)';
}

function leadsToRoot(leaf: X509Certificate, roots: readonly X509Certificate[]): boolean {
  let last = leaf;
  for (let length = 0; length < CHAIN_MAX; length += 1) {
    const current = last;
    if (roots.some((root) => signedBy(current, root))) return true;
    const issuer = current.issuerCertificate;
    if (!issuer || !signedBy(current, issuer)) return false;
    last = issuer;
  }
  return false;
}

function signedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  const now = Date.now();
  return (
    issuer.ca &&
    Date.parse(issuer.validFrom) <= now &&
    Date.parse(issuer.validTo) > now &&
    certificate.checkIssued(issuer) &&
    certificate.verify(issuer.publicKey)
  );
}

function leafFault(leaf: X509Certificate): string | undefined {
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
