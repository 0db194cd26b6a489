import { X509Certificate } from 'node:crypto';
import type { CertificateHash, ContractProof, ContractVerdict, Log } from '@roambridge/core';
import { ocspRequest } from './request.js';
import { readOcspResponse } from './response.js';

/** All responders of a chain have so long, ms: the eMSP is asked afterwards, and the driver waits. */
const DEADLINE_MS = 2_000;
/** Certificates of a chain, at most (C07). */
const MAX_HASHES = 4;

/** Posts bytes to an address that a charger named; guarded by the caller. Rejects when there is no answer. */
export type PostBytes = (
  url: string,
  request: { contentType: string; body: Buffer; deadlineMs: number },
) => Promise<Buffer>;

/** C-034: what the certificates of a contract are worth. Never rejects. */
export async function checkContract(options: OcspWorld, proof: ContractProof): Promise<ContractVerdict> {
  if (proof.certificate !== undefined) return chainVerdict(proof.certificate, options.now());
  if (proof.hashes.length === 0 || proof.hashes.length > MAX_HASHES) return 'unverifiable';
  const answers = await Promise.all(proof.hashes.map((hash) => ask(options, hash)));
  const verdicts = answers.map((answer) => answer?.verdict);
  if (verdicts.includes('revoked')) return 'revoked';
  return verdicts.every((verdict) => verdict === 'good') ? 'good' : 'unverifiable';
}

/** M06: the whole answer about one certificate, where it says something that can be relied on. Never rejects. */
export async function certificateStatus(
  options: OcspWorld,
  hash: CertificateHash,
): Promise<Buffer | undefined> {
  return (await ask(options, hash))?.answer;
}

interface OcspWorld {
  post: PostBytes;
  log: Log;
  now: () => number;
}

async function ask(
  { post, log, now }: OcspWorld,
  hash: CertificateHash,
): Promise<{ verdict: 'good' | 'revoked'; answer: Buffer } | undefined> {
  try {
    const body = ocspRequest(hash);
    const answer = await post(hash.responderUrl, {
      contentType: 'application/ocsp-request',
      body,
      deadlineMs: DEADLINE_MS,
    });
    const verdict = readOcspResponse(answer, hash, now());
    return verdict && { verdict, answer };
  } catch (error) {
    log.warn({ err: error, responder: hash.responderUrl }, 'no answer about a contract certificate');
    return undefined;
  }
}

/** A chain that the station could not check: without roots of its own the gateway can only tell that it is over. */
function chainVerdict(pem: string, now: number): ContractVerdict {
  try {
    return Date.parse(new X509Certificate(pem).validTo) < now ? 'expired' : 'unverifiable';
  } catch {
    return 'unverifiable';
  }
}
