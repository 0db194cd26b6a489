import { execFileSync } from 'node:child_process';
import { createHash, createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { lookup } from 'node:dns';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { CertificateHash, ContractProof } from '@roambridge/core';
import { checkContract } from '../src/ocsp/check-contract.js';
import { TAG, writeDer } from '../src/ocsp/der.js';
import { createPostBytes } from '../src/ocsp/post-bytes.js';
import { integerContent, ocspRequest } from '../src/ocsp/request.js';

const NOW = Date.parse('2026-03-01T10:00:00Z');
const DIGEST = createHash('sha256').update('issuer').digest('hex');
const SHA256_WITH_ECDSA = Buffer.from('2a8648ce3d040302', 'hex');
const silent = { debug() {}, info() {}, warn() {}, error() {} };

let dir: string;
let certificate: Buffer;
let key: KeyObject;
let otherKey: KeyObject;
let responder: Server;
let url: string;
let asked: Buffer[];
let answer: () => Buffer;

const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'pipe' });

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'ocsp-'));
  const make = (name: string) => {
    const path = join(dir, name);
    openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', `${path}.key`);
    openssl(
      'req',
      '-x509',
      '-new',
      '-key',
      `${path}.key`,
      '-subj',
      `/CN=${name}`,
      '-days',
      '2',
      '-outform',
      'DER',
      '-out',
      path,
    );
    return createPrivateKey(readFileSync(`${path}.key`));
  };
  key = make('responder');
  otherKey = make('other');
  certificate = readFileSync(join(dir, 'responder'));
  responder = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    asked.push(Buffer.concat(chunks));
    response.writeHead(200, { 'Content-Type': 'application/ocsp-response' });
    response.end(answer());
  });
  await new Promise<void>((resolve) => responder.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(responder.address() as AddressInfo).port}/ocsp`;
});
afterAll(async () => {
  await new Promise((resolve) => responder.close(resolve));
  rmSync(dir, { recursive: true });
});
beforeEach(() => {
  asked = [];
});

const hash = (changes: Partial<CertificateHash> = {}): CertificateHash => ({
  algorithm: 'SHA256',
  issuerNameHash: DIGEST,
  issuerKeyHash: DIGEST,
  serialNumber: 'A1B2C3',
  responderUrl: url,
  ...changes,
});

const GOOD = Buffer.from([0x80, 0]);
const UNKNOWN = Buffer.from([0x82, 0]);
const time = (at: number) =>
  writeDer(TAG.generalizedTime, Buffer.from(new Date(at).toISOString().replace(/[-:T]|\.\d+/g, '')));
const revoked = () => writeDer(0xa1, time(NOW - 86_400_000));

/** An OCSPResponse about the certificate of {@link hash}. */
function response(
  status: Buffer,
  options: { serial?: string; until?: number; by?: KeyObject; certified?: boolean } = {},
): Buffer {
  const { serial = 'A1B2C3', until = NOW + 86_400_000, by = key, certified = true } = options;
  const id = writeDer(
    TAG.sequence,
    writeDer(TAG.sequence, writeDer(TAG.oid, Buffer.from('608648016503040201', 'hex')), writeDer(TAG.null)),
    writeDer(TAG.octetString, Buffer.from(DIGEST, 'hex')),
    writeDer(TAG.octetString, Buffer.from(DIGEST, 'hex')),
    writeDer(TAG.integer, integerContent(serial)),
  );
  const single = writeDer(TAG.sequence, id, status, time(NOW - 60_000), writeDer(0xa0, time(until)));
  const responderId = writeDer(0xa2, writeDer(TAG.octetString, Buffer.alloc(20, 1)));
  const tbs = writeDer(TAG.sequence, responderId, time(NOW), writeDer(TAG.sequence, single));
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', tbs, by)]);
  const basic = writeDer(
    TAG.sequence,
    tbs,
    writeDer(TAG.sequence, writeDer(TAG.oid, SHA256_WITH_ECDSA)),
    writeDer(TAG.bitString, signature),
    ...(certified ? [writeDer(0xa0, writeDer(TAG.sequence, certificate))] : []),
  );
  const bytes = writeDer(
    TAG.sequence,
    writeDer(TAG.oid, Buffer.from('2b0601050507300101', 'hex')),
    writeDer(TAG.octetString, basic),
  );
  return writeDer(TAG.sequence, writeDer(TAG.enumerated, Buffer.from([0])), writeDer(0xa0, bytes));
}

const anywhere = { refusalOfText: () => undefined, lookup: lookup as unknown as LookupFunction };
const check = (proof: ContractProof, egress = anywhere) =>
  checkContract({ post: createPostBytes(egress), log: silent, now: () => NOW }, proof);

test('a chain whose certificates are all good is good, and each is asked about (C-034)', async () => {
  answer = () => response(GOOD);
  expect(await check({ hashes: [hash(), hash()] })).toBe('good');
  expect(asked).toEqual([ocspRequest(hash()), ocspRequest(hash())]);
  // The request is one that other implementations read.
  const path = join(dir, 'request.der');
  execFileSync('tee', [path], { input: asked[0], stdio: ['pipe', 'ignore', 'pipe'] });
  expect(String(openssl('ocsp', '-reqin', path, '-req_text', '-noverify'))).toContain(
    'Serial Number: A1B2C3',
  );
});

test('one revoked certificate makes the contract revoked (C07.FR.15)', async () => {
  let times = 0;
  answer = () => response(times++ === 0 ? GOOD : revoked());
  expect(await check({ hashes: [hash(), hash()] })).toBe('revoked');
});

test.each([
  ['an unknown status', () => response(UNKNOWN)],
  ['another certificate', () => response(GOOD, { serial: 'FF' })],
  ['an answer that is too old', () => response(GOOD, { until: NOW - 86_400_000 })],
  ['a signature of somebody else', () => response(GOOD, { by: otherKey })],
  ['garbage', () => Buffer.from('3082ffff00', 'hex')],
  ['a refusal of the responder', () => writeDer(TAG.sequence, writeDer(TAG.enumerated, Buffer.from([3])))],
])('%s proves nothing (C07.FR.17)', async (_what, given) => {
  answer = given;
  expect(await check({ hashes: [hash()] })).toBe('unverifiable');
});

test('a responder that sends no certificate is believed: it can only narrow what the eMSP decides', async () => {
  answer = () => response(revoked(), { certified: false });
  expect(await check({ hashes: [hash()] })).toBe('revoked');
});

test('an address where nothing may be called, and one where nobody listens, prove nothing', async () => {
  answer = () => response(GOOD);
  const nowhere = { ...anywhere, refusalOfText: () => 'must lead to a public address' };
  expect(await check({ hashes: [hash()] }, nowhere)).toBe('unverifiable');
  expect(asked).toEqual([]);
  expect(await check({ hashes: [hash({ responderUrl: 'http://127.0.0.1:9/' })] })).toBe('unverifiable');
  expect(await check({ hashes: [] })).toBe('unverifiable');
});

test('a chain that the station could not check is over or cannot be told (C07.FR.16)', async () => {
  const pem = `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`;
  const at = (now: number) =>
    checkContract(
      { post: createPostBytes(anywhere), log: silent, now: () => now },
      { hashes: [], certificate: pem },
    );
  expect(await at(Date.now())).toBe('unverifiable');
  expect(await at(Date.now() + 10 * 86_400_000)).toBe('expired');
  expect(await check({ hashes: [], certificate: 'no certificate' })).toBe('unverifiable');
});
