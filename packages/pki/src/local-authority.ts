import { randomBytes, webcrypto } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  Pkcs10CertificateRequest,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import type { CertificateAuthority, Clock } from '@roambridge/core';
import { checkRequest } from './check-request.js';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 24 * 3_600_000;
/** Validity of the root and of the certificates of chargers. */
const ROOT_DAYS = 3_650;
const STATION_DAYS = 365;
/** Chargers' clocks run late: a certificate is valid from a day before. */
const BACKDATE_MS = DAY_MS;
const SERIAL_BYTES = 16;
/** TLS client authentication. */
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';

export interface LocalAuthorityOptions {
  /** Holds key and root, made at the first start. */
  directory: string;
  organization: string;
  clock: Pick<Clock, 'now'>;
}

interface Root {
  certificate: X509Certificate;
  key: webcrypto.CryptoKey;
}

/**
 * A certificate authority on this machine, for development and laboratories: whoever reads its directory can sign.
 * Its root is `ca.pem` there.
 */
export async function openLocalAuthority(options: LocalAuthorityOptions): Promise<CertificateAuthority> {
  const root = await openRoot(options);
  return {
    check: checkRequest,
    async sign(csr) {
      const request = new Pkcs10CertificateRequest(csr);
      const now = options.clock.now();
      const certificate = await X509CertificateGenerator.create({
        serialNumber: randomSerial(),
        // Who operates the station is ours to say; its name was checked.
        subject: [{ O: [options.organization] }, { CN: request.subjectName.getField('CN') }],
        issuer: root.certificate.subjectName.toJSON(),
        notBefore: new Date(now - BACKDATE_MS),
        notAfter: new Date(now + STATION_DAYS * DAY_MS),
        publicKey: request.publicKey,
        signingKey: root.key,
        signingAlgorithm: ALGORITHM,
        extensions: [
          new BasicConstraintsExtension(false, undefined, true),
          new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyAgreement, true),
          new ExtendedKeyUsageExtension([CLIENT_AUTH]),
          await SubjectKeyIdentifierExtension.create(request.publicKey),
        ],
      });
      return { chain: certificate.toString('pem') };
    },
  };
}

async function openRoot({ directory, organization, clock }: LocalAuthorityOptions): Promise<Root> {
  const keyPath = join(directory, 'ca-key.pem');
  const rootPath = join(directory, 'ca.pem');
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const stored = await readFile(keyPath, 'utf8').catch(() => undefined);
  if (stored !== undefined) {
    const pkcs8 = PemConverter.decodeFirst(stored);
    return {
      certificate: new X509Certificate(await readFile(rootPath, 'utf8')),
      key: await webcrypto.subtle.importKey('pkcs8', pkcs8, ALGORITHM, false, ['sign']),
    };
  }
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const now = clock.now();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: randomSerial(),
    name: [{ O: [organization] }, { CN: [`${organization} development root`] }],
    notBefore: new Date(now - BACKDATE_MS),
    notAfter: new Date(now + ROOT_DAYS * DAY_MS),
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  // The root first: a key without its root would be taken for a whole authority at the next start.
  await writeFile(rootPath, certificate.toString('pem'));
  await writeFile(keyPath, PemConverter.encode(pkcs8, 'PRIVATE KEY'), { mode: 0o600 });
  return { certificate, key: keys.privateKey };
}

/** A positive number of 16 bytes, in hexadecimal. */
function randomSerial(): string {
  const bytes = randomBytes(SERIAL_BYTES);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString('hex');
}
