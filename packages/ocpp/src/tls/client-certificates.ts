import type { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import type { Clock, Log, PresentedCertificate } from '@roambridge/core';
import type { PostBytes } from '../ocsp/check-contract.js';
import { issuerOf, leadsToRoot, leafFault, namesOf } from './peer-certificate.js';
import { isListed } from './revocation/listed.js';
import { createResponderCheck } from './revocation/responder.js';

/** How client certificates are held against revocation. */
export interface RevocationPolicy {
  /** Their OCSP responders are asked. */
  askResponders: boolean;
  /** A list that is out of date, or a responder that does not answer: `accept` tells a person and goes on. */
  whenUnknown: 'accept' | 'refuse';
}

export interface ClientCertificatesOptions {
  roots: () => readonly X509Certificate[];
  lists: () => readonly string[];
  policy: RevocationPolicy;
  post: PostBytes;
  clock: Clock;
  log: Log;
  alarm: (message: string) => void;
}

/** A person is told again after this time, ms. */
const ALARM_EVERY_MS = 3_600_000;

/**
 * Judges the client certificate of a socket by path, purpose, key and revocation (A-040, S24); undefined when it showed
 * none. Age is core's to judge: of an expired certificate everything else must still be right.
 */
export function createClientCertificates(options: ClientCertificatesOptions) {
  const { roots, lists, policy, clock } = options;
  const ask = createResponderCheck(options);
  let alarmedAt = Number.NEGATIVE_INFINITY;

  /** What is done where nothing is known. */
  function unknown(reason: string): string | undefined {
    if (policy.whenUnknown === 'refuse') return `revocation not known (${reason})`;
    if (clock.now() - alarmedAt >= ALARM_EVERY_MS) {
      alarmedAt = clock.now();
      options.alarm(
        `client certificates are accepted although nobody knows whether they were revoked: ${reason}`,
      );
    }
    return undefined;
  }

  function pathFault(socket: TLSSocket, leaf: X509Certificate): string | undefined {
    if (socket.authorized) return undefined;
    const error = String(socket.authorizationError);
    const isOld = error === 'CRL_HAS_EXPIRED';
    if (!isOld && error !== 'CERT_HAS_EXPIRED') return `not trusted (${error})`;
    // OpenSSL tells its last complaint only: what that may hide is looked at again.
    if (!leadsToRoot(leaf, roots(), clock.now())) return `not trusted (${error}, and of no known authority)`;
    if (isListed(leaf, lists())) return 'not trusted (CERT_REVOKED)';
    return isOld ? unknown('a revocation list is out of date') : undefined;
  }

  async function responderFault(leaf: X509Certificate): Promise<string | undefined> {
    if (!policy.askResponders) return undefined;
    const issuer = issuerOf(leaf, roots());
    const status = issuer ? await ask(leaf, issuer) : 'unknown';
    if (status === 'revoked') return 'not trusted (revoked, says its OCSP responder)';
    return status === 'unknown' ? unknown('an OCSP responder gives no answer') : undefined;
  }

  return async (socket: TLSSocket): Promise<PresentedCertificate | undefined> => {
    const leaf = socket.getPeerX509Certificate();
    if (!leaf) return undefined;
    const fault = pathFault(socket, leaf) ?? leafFault(leaf) ?? (await responderFault(leaf));
    return { ...namesOf(leaf), ...(fault === undefined ? {} : { fault }) };
  };
}
