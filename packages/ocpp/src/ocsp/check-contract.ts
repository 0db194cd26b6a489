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
  if (proof.certificate !== undefined) {
    return chainVerdict(proof.certificate, options.roots ?? [], options.now());
  }
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
  /** Roots of contracts; absent = there are none. */
  roots?: readonly X509Certificate[];
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

/** Certificates between a contract and its root, at most. */
const MAX_PATH = 5;

/** C07.FR.06: a chain that the station could not check; without roots the gateway can only tell that it is over. */
function chainVerdict(pem: string, roots: readonly X509Certificate[], now: number): ContractVerdict {
  try {
    const [contract, ...others] = readCertificates(pem);
    if (!contract) return 'unverifiable';
    if (Date.parse(contract.validTo) < now) return 'expired';
    return leadsToRoot(contract, others, roots, now) ? 'good' : 'unverifiable';
  } catch {
    return 'unverifiable';
  }
}

function leadsToRoot(
  contract: X509Certificate,
  others: readonly X509Certificate[],
  roots: readonly X509Certificate[],
  now: number,
): boolean {
  let current = contract;
  for (let length = 0; length < MAX_PATH; length += 1) {
    if (!isValidAt(current, now)) return false;
    const below = current;
    const issuedBy = (issuer: X509Certificate) =>
      issuer.ca && below.checkIssued(issuer) && below.verify(issuer.publicKey);
    if (roots.some((root) => isValidAt(root, now) && issuedBy(root))) return true;
    const next = others.find((issuer) => issuer !== below && issuedBy(issuer));
    if (!next) return false;
    current = next;
  }
  return false;
}

function isValidAt({ validFrom, validTo }: X509Certificate, now: number): boolean {
  return Date.parse(validFrom) <= now && now <= Date.parse(validTo);
}

const PEM = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** The certificates of a PEM text; one in plain Base64 is read as well. @throws when one cannot be read. */
export function readCertificates(text: string): X509Certificate[] {
  const blocks = text.match(PEM);
  return blocks
    ? blocks.map((block) => new X509Certificate(block))
    : [new X509Certificate(Buffer.from(text, 'base64'))];
}
