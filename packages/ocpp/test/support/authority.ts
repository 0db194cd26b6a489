import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A certificate and its key: file paths and PEM text. */
export interface Issued {
  certFile: string;
  keyFile: string;
  cert: string;
  key: string;
}

export type KeyKind = 'ec' | 'rsa' | 'rsa-weak';

export interface Wanted {
  /** Subject in openssl's form, e.g. `/O=Test/CN=CS-1`. */
  subject: string;
  key?: KeyKind;
  /** Extended key usage; none = the certificate says nothing. */
  usage?: 'clientAuth' | 'serverAuth' | 'none';
  /** Days from now. */
  from?: number;
  to?: number;
  signedBy?: 'authority' | 'itself';
  /** URL of its OCSP responder. */
  responder?: string;
}

/** A certificate authority in a temporary folder, by openssl. */
export interface Authority {
  dir: string;
  caFile: string;
  issue(wanted: Wanted): Promise<Issued>;
  /** Revokes and gives the path of the new list. */
  revoke(issued: Issued): Promise<string>;
  /** Path of the present revocation list; `until` days from now it is out of date. */
  list(until?: number): Promise<string>;
  /** Answers an OCSP request (DER), signed by another one, or out of the books of another one. */
  respond(request: Buffer, not?: { signer?: Authority; books?: Authority }): Promise<Buffer>;
  dispose(): void;
}

const NEW_KEY: Record<KeyKind, string[]> = {
  ec: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  rsa: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  'rsa-weak': ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024'],
};

const CONFIG = `
[ca]
default_ca = local
[local]
dir = .
database = ./index.txt
serial = ./serial
crlnumber = ./crlnumber
new_certs_dir = ./issued
certificate = ./ca.pem
private_key = ./ca.key
default_md = sha256
default_crl_days = 30
policy = any
unique_subject = no
[any]
organizationName = optional
commonName = optional
[req]
distinguished_name = none
[none]
`;

export async function createAuthority(name: string): Promise<Authority> {
  const dir = mkdtempSync(join(tmpdir(), 'roambridge-ca-'));
  const openssl = (...args: string[]) => run('openssl', args, { cwd: dir });
  // `openssl ca` keeps its books in files: one at a time.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (...args: string[]) => {
    const done = last.then(() => openssl('ca', '-config', 'ca.cnf', ...args));
    last = done.catch(() => undefined);
    return done;
  };
  mkdirSync(join(dir, 'issued'));
  writeFileSync(join(dir, 'ca.cnf'), CONFIG);
  writeFileSync(join(dir, 'index.txt'), '');
  writeFileSync(join(dir, 'serial'), '1000\n');
  writeFileSync(join(dir, 'crlnumber'), '1000\n');
  await openssl('genpkey', ...NEW_KEY.ec, '-out', 'ca.key');
  await openssl(
    ...[
      'req',
      '-x509',
      '-key',
      'ca.key',
      '-out',
      'ca.pem',
      '-days',
      '30',
      '-subj',
      `/O=${name}/CN=${name} root`,
    ],
    ...['-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
  );
  let made = 0;
  const list = async (until = 30) => {
    const times = ['-crl_lastupdate', asn1Time(Math.min(0, until) - 1), '-crl_nextupdate', asn1Time(until)];
    await inTurn('-gencrl', '-out', 'ca.crl', ...times);
    return join(dir, 'ca.crl');
  };
  return {
    dir,
    caFile: join(dir, 'ca.pem'),
    async issue({
      subject,
      key = 'ec',
      usage = 'clientAuth',
      from = -1,
      to = 30,
      signedBy = 'authority',
      responder,
    }) {
      made += 1;
      const base = `made-${made}`;
      await openssl('genpkey', ...NEW_KEY[key], '-out', `${base}.key`);
      const extensions = [
        'basicConstraints=CA:FALSE',
        'subjectAltName=DNS:localhost,IP:127.0.0.1',
        ...(usage === 'none' ? [] : [`extendedKeyUsage=${usage}`]),
        ...(responder === undefined ? [] : [`authorityInfoAccess=OCSP;URI:${responder}`]),
      ];
      writeFileSync(join(dir, `${base}.ext`), `${extensions.join('\n')}\n`);
      const subj = ['-utf8', '-subj', subject, '-multivalue-rdn'];
      await openssl(
        'req',
        '-new',
        '-key',
        `${base}.key`,
        '-config',
        'ca.cnf',
        ...subj,
        '-out',
        `${base}.csr`,
      );
      const self = signedBy === 'itself' ? ['-selfsign', '-keyfile', `${base}.key`] : [];
      await inTurn(
        ...['-batch', '-notext', '-in', `${base}.csr`, '-out', `${base}.pem`],
        ...['-extfile', `${base}.ext`, '-preserveDN', '-utf8'],
        ...['-startdate', asn1Time(from), '-enddate', asn1Time(to), ...self],
      );
      const certFile = join(dir, `${base}.pem`);
      const keyFile = join(dir, `${base}.key`);
      return { certFile, keyFile, cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') };
    },
    async revoke({ certFile }) {
      await inTurn('-revoke', certFile);
      return list();
    },
    list,
    async respond(request, { signer, books } = {}) {
      writeFileSync(join(dir, 'request.der'), request);
      const by = signer?.dir ?? dir;
      const index = join(books?.dir ?? dir, 'index.txt');
      await openssl(
        ...['ocsp', '-index', index, '-CA', 'ca.pem', '-reqin', 'request.der', '-respout', 'response.der'],
        ...['-rsigner', join(by, 'ca.pem'), '-rkey', join(by, 'ca.key'), '-ndays', '1', '-ignore_err'],
      );
      return readFileSync(join(dir, 'response.der'));
    },
    dispose: () => rmSync(dir, { recursive: true, force: true }),
  };
}

const DAY_MS = 86_400_000;

function asn1Time(daysFromNow: number): string {
  const at = new Date(Date.now() + daysFromNow * DAY_MS);
  return `${at.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`;
}

/** Output of `openssl s_client`, and whether a handshake was made. */
export async function probe(port: number, ...args: string[]): Promise<{ made: boolean; output: string }> {
  const call = run('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, ...args], { timeout: 60_000 });
  call.child.stdin?.end();
  const { stdout, stderr } = await call.catch((error: { stdout: string; stderr: string }) => error);
  const output = `${stdout}\n${stderr}`;
  // A handshake that failed has no cipher.
  return { made: /Cipher is (?!\(NONE\))/.test(output) && !/alert|:error:/i.test(stderr), output };
}
