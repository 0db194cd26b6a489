import type { X509Certificate } from 'node:crypto';
import type { Clock, Log } from '@roambridge/core';
import type { EpochMs } from '@roambridge/domain';
import type { PostBytes } from '../../ocsp/check-contract.js';
import { ocspRequest } from '../../ocsp/request.js';
import { readOcspResponse } from '../../ocsp/response.js';
import { responderQuestion } from './certificate-parts.js';

/** A charger waits for its upgrade meanwhile, ms. */
const DEADLINE_MS = 3_000;
/** How long an answer counts, ms, and of how many certificates it is kept. */
const REMEMBERED_MS = 5 * 60_000;
const REMEMBERED = 20_000;

export type RevocationStatus = 'good' | 'revoked' | 'unknown';

/** Asks the OCSP responder that a certificate of a trusted authority names. Never rejects. */
export function createResponderCheck({ post, clock, log }: { post: PostBytes; clock: Clock; log: Log }) {
  const known = new Map<string, { status: RevocationStatus; until: EpochMs }>();

  async function ask(certificate: X509Certificate, issuer: X509Certificate): Promise<RevocationStatus> {
    try {
      const question = responderQuestion(certificate, issuer);
      if (!question) return 'unknown';
      const answer = await post(question.responderUrl, {
        contentType: 'application/ocsp-request',
        body: ocspRequest(question),
        deadlineMs: DEADLINE_MS,
      });
      return readOcspResponse(answer, question, clock.now(), issuer) ?? 'unknown';
    } catch (err) {
      log.warn({ err, subject: certificate.subject }, 'no answer about a client certificate');
      return 'unknown';
    }
  }

  return async (certificate: X509Certificate, issuer: X509Certificate): Promise<RevocationStatus> => {
    const { fingerprint256: name } = certificate;
    const remembered = known.get(name);
    if (remembered && remembered.until > clock.now()) return remembered.status;
    const status = await ask(certificate, issuer);
    known.delete(name);
    // What is not known is asked again at the next connection.
    if (status !== 'unknown') known.set(name, { status, until: clock.now() + REMEMBERED_MS });
    const oldest = known.size > REMEMBERED ? known.keys().next().value : undefined;
    if (oldest !== undefined) known.delete(oldest);
    return status;
  };
}
