import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';

/** Shortest keys of the gateway's certificates, bits. */
const RSA_MIN_BITS = 2_048;
const EC_CURVES: ReadonlySet<string> = new Set(['prime256v1', 'secp384r1', 'secp521r1']);

export interface KeyedChain {
  key: string;
  /** Leaf first, no root: a constrained charger gets no more than it needs. */
  chain: string;
  leaf: X509Certificate;
}

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----[^-]+-----END \1-----/g;

/**
 * Puts each private key together with its certificate and the chain above it, in whatever files and order they come.
 * Throws an Error that says what is missing or too weak.
 */
export function pairCertificates(certificates: readonly string[], keys: readonly string[]): KeyedChain[] {
  const pool = certificates
    .flatMap((pem) => blocks(pem, 'CERTIFICATE'))
    .map((pem) => new X509Certificate(pem));
  const keyPems = keys.flatMap((pem) => blocks(pem, 'PRIVATE KEY'));
  if (pool.length === 0) throw new Error('there is no certificate');
  if (keyPems.length === 0) throw new Error('there is no private key');
  return keyPems.map((pem, index) => {
    const key = createPrivateKey(pem);
    refuseWeak(key);
    const leaf = pool.find((certificate) => !certificate.ca && certificate.checkPrivateKey(key));
    const found = leaf ?? pool.find((certificate) => certificate.checkPrivateKey(key));
    if (!found) throw new Error(`private key ${index + 1} belongs to none of the certificates`);
    const chain = chainOf(found, pool);
    return { key: pem, leaf: found, chain: chain.map((certificate) => certificate.toString()).join('') };
  });
}

function chainOf(leaf: X509Certificate, pool: readonly X509Certificate[]): X509Certificate[] {
  const chain = [leaf];
  for (let last = leaf; chain.length <= pool.length; ) {
    if (isSelfSigned(last)) break;
    const issuer = pool.find((candidate) => candidate.ca && last.checkIssued(candidate));
    if (!issuer || isSelfSigned(issuer)) break;
    chain.push(issuer);
    last = issuer;
  }
  return chain;
}

function isSelfSigned(certificate: X509Certificate): boolean {
  return certificate.subject === certificate.issuer;
}

function blocks(pem: string, kind: string): string[] {
  return [...pem.matchAll(BLOCK)].filter(([, name]) => name?.endsWith(kind)).map(([text]) => `${text}\n`);
}

function refuseWeak(key: KeyObject): void {
  const fault = weakness(key);
  if (fault !== undefined) throw new Error(`a private key is too weak: ${fault}`);
}

/** Why a key is not strong enough for a certificate, S24; undefined when it is. */
export function weakness(key: KeyObject): string | undefined {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (type === 'rsa' || type === 'rsa-pss') {
    const bits = details?.modulusLength ?? 0;
    return bits >= RSA_MIN_BITS ? undefined : `RSA key of ${bits} bits`;
  }
  if (type === 'ec') {
    const curve = details?.namedCurve ?? 'without a name';
    return EC_CURVES.has(curve) ? undefined : `curve ${curve}`;
  }
  return type === 'ed25519' || type === 'ed448' ? undefined : `key type ${type}`;
}
