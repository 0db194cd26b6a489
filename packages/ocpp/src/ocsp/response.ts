import { verify, X509Certificate } from 'node:crypto';
import type { CertificateHash } from '@roambridge/core';
import { type DerValue, readDer, readParts, TAG } from './der.js';
import { integerContent } from './request.js';

/** What a responder says about one certificate; undefined = nothing that can be relied on. */
export type OcspVerdict = 'good' | 'revoked' | undefined;

const SUCCESSFUL = 0;
/** [0], [1] of the choice CertStatus. */
const GOOD = 0x80;
const REVOKED = 0xa1;
const EXPLICIT_0 = 0xa0;
/** Extended key usage of OCSP responders. */
const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9';
/** Clocks of responders may differ so much. */
const SKEW_MS = 300_000;

/** Hash algorithm of a signature algorithm, by its identifier's DER content; null = the key's own. */
const DIGESTS: ReadonlyMap<string, string | null> = new Map([
  ['2a864886f70d01010b', 'sha256'],
  ['2a864886f70d01010c', 'sha384'],
  ['2a864886f70d01010d', 'sha512'],
  ['2a8648ce3d040302', 'sha256'],
  ['2a8648ce3d040303', 'sha384'],
  ['2a8648ce3d040304', 'sha512'],
  ['2b6570', null],
]);

/**
 * Reads an OCSPResponse (RFC 6960 4.2). Where the responder sends a certificate its signature must fit; a response
 * without one is taken as it is: it can only narrow what the eMSP decides. With an `issuer` only its signature counts, or
 * that of a responder that it has certified.
 * @throws DerFault
 */
export function readOcspResponse(
  bytes: Buffer,
  asked: CertificateHash,
  now: number,
  issuer?: X509Certificate,
): OcspVerdict {
  const [status, responseBytes] = readParts(readDer(bytes).content);
  if (status?.content[0] !== SUCCESSFUL || !responseBytes) return undefined;
  const [, octets] = readParts(readDer(responseBytes.content).content);
  if (!octets) return undefined;
  const [tbs, algorithm, signature, certificates] = readParts(readDer(octets.content).content);
  if (!tbs || !algorithm || !signature) return undefined;
  const sent = certificates ? certificatesIn(certificates) : [];
  const signers = issuer ? [issuer, ...sent.filter((signer) => mayRespond(signer, issuer, now))] : sent;
  const mustFit = issuer !== undefined || certificates !== undefined;
  if (mustFit && !isSigned(tbs, algorithm, signature, signers)) return undefined;
  const responses = readParts(tbs.content).find(({ tag }) => tag === TAG.sequence);
  for (const single of responses ? readParts(responses.content) : []) {
    const verdict = verdictOf(single, asked, now);
    if (verdict !== undefined) return verdict;
  }
  return undefined;
}

function verdictOf(single: DerValue, asked: CertificateHash, now: number): OcspVerdict {
  const [id, status, thisUpdate, ...rest] = readParts(single.content);
  if (!id || !status || !thisUpdate) return undefined;
  const [, , keyHash, serial] = readParts(id.content);
  const isAsked =
    keyHash?.content.equals(Buffer.from(asked.issuerKeyHash, 'hex')) &&
    serial?.content.equals(integerContent(asked.serialNumber));
  if (!isAsked) return undefined;
  const nextUpdate = rest.find(({ tag }) => tag === EXPLICIT_0);
  const from = timeOf(thisUpdate);
  const until = nextUpdate ? timeOf(readDer(nextUpdate.content)) : undefined;
  if (from === undefined || from > now + SKEW_MS || (until !== undefined && until < now - SKEW_MS))
    return undefined;
  if (status.tag === GOOD) return 'good';
  return status.tag === REVOKED ? 'revoked' : undefined;
}

function timeOf({ tag, content }: DerValue): number | undefined {
  const [, year, month, day, hours, minutes, seconds] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(content.toString('latin1')) ?? [];
  if (tag !== TAG.generalizedTime || seconds === undefined) return undefined;
  const at = Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}Z`);
  return Number.isNaN(at) ? undefined : at;
}

function isSigned(
  tbs: DerValue,
  algorithm: DerValue,
  signature: DerValue,
  signers: readonly X509Certificate[],
): boolean {
  const [oid] = readParts(algorithm.content);
  const digest = DIGESTS.get(oid?.content.toString('hex') ?? '');
  if (digest === undefined) return false;
  // The first byte of a bit string counts its unused bits.
  const bits = signature.content.subarray(1);
  return signers.some(({ publicKey }) => {
    try {
      return verify(digest, tbs.raw, publicKey, bits);
    } catch {
      return false;
    }
  });
}

function certificatesIn(list: DerValue): X509Certificate[] {
  return readParts(readDer(list.content).content).flatMap(({ raw }) => {
    try {
      return [new X509Certificate(raw)];
    } catch {
      return [];
    }
  });
}

/** RFC 6960 4.2.2.2: a responder that the issuer itself has certified as one. */
function mayRespond(signer: X509Certificate, issuer: X509Certificate, now: number): boolean {
  return (
    (signer.keyUsage as string[] | undefined)?.includes(OCSP_SIGNING) === true &&
    Date.parse(signer.validTo) > now &&
    signer.checkIssued(issuer) &&
    signer.verify(issuer.publicKey)
  );
}
