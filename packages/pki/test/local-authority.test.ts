import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CertificateAuthority } from '@roambridge/core';
import { openLocalAuthority } from '../src/index.js';

const NOW = Date.UTC(2030, 0, 1);
let directory: string;
let authority: CertificateAuthority;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'roambridge-ca-'));
  authority = await openLocalAuthority({ directory, organization: 'Tests', clock: { now: () => NOW } });
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

const EC = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];

function csr(subject: string, key = EC): string {
  return execFileSync(
    'openssl',
    ['req', '-new', ...key, '-nodes', '-keyout', join(directory, 'key.pem'), '-subj', subject],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
}

const applicant = { stationId: 'CP-1', serialNumber: 'SN-1' };

describe('a certificate request is judged (B-012)', () => {
  test.each(['/O=Operator/CN=CP-1', '/O=Operator/CN=sn-1', '/CN=CP-1'])('%s is accepted', async (subject) => {
    expect(await authority.check(csr(subject), applicant)).toEqual({ kind: 'accepted' });
  });

  test.each([
    ['another station', () => csr('/O=Operator/CN=CP-2'), /common name/],
    ['no name', () => csr('/O=Operator'), /common name/],
    ['a short RSA key', () => csr('/CN=CP-1', ['-newkey', 'rsa:1024']), /too short/],
    ['no request', () => 'hello', /no certificate request/],
    [
      'a request that was changed',
      () => {
        const der = Buffer.from(csr('/O=Operator/CN=CP-1').replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
        der[40] = (der[40] ?? 0) ^ 1;
        return `-----BEGIN CERTIFICATE REQUEST-----\n${der.toString('base64')}\n-----END CERTIFICATE REQUEST-----`;
      },
      /request|key/,
    ],
  ])('%s is refused', async (_what, request, reason) => {
    const verdict = await authority.check(request(), applicant);
    expect(verdict).toEqual({ kind: 'refused', reason: expect.stringMatching(reason) });
  });
});

test('the certificate is verified by openssl with the root, names station and operator and is for clients only (B-012)', async () => {
  const { chain } = await authority.sign(csr('/O=Operator/CN=CP-1'), applicant);
  const certificate = new X509Certificate(chain);
  expect(certificate.subject).toBe('O=Tests\nCN=CP-1');
  expect(certificate.ca).toBe(false);
  expect(Date.parse(certificate.validTo)).toBe(Date.UTC(2031, 0, 1));
  const leaf = join(directory, 'leaf.pem');
  execFileSync('tee', [leaf], { input: chain, stdio: ['pipe', 'ignore', 'ignore'] });
  const verified = execFileSync(
    'openssl',
    [
      'verify',
      '-attime',
      String(NOW / 1000),
      '-purpose',
      'sslclient',
      '-CAfile',
      join(directory, 'ca.pem'),
      leaf,
    ],
    { encoding: 'utf8' },
  );
  expect(verified).toContain('OK');
});

test('key and root are kept, for the owner alone', async () => {
  const root = readFileSync(join(directory, 'ca.pem'), 'utf8');
  expect(statSync(join(directory, 'ca-key.pem')).mode & 0o077).toBe(0);
  const again = await openLocalAuthority({ directory, organization: 'Tests', clock: { now: () => NOW } });
  const { chain } = await again.sign(csr('/CN=CP-1'), applicant);
  expect(new X509Certificate(chain).checkIssued(new X509Certificate(root))).toBe(true);
});
