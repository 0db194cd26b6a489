import { describe, expect, test } from '@jest/globals';
import type { PasswordHash, Station } from '../src/index.js';
import { judgeCertificate } from '../src/stations/security/judge-certificate.js';
import {
  offerPassword,
  offerProfile,
  passwordsAt,
  proven,
  settlePassword,
  withdrawProfile,
} from '../src/stations/security/rotation.js';

const HOUR = 3_600_000;
const hash = (salt: string): PasswordHash => ({ salt, raw: `raw of ${salt}`, hex: `hex of ${salt}` });
const bare: Station = { id: 'CP', securityProfile: 1, password: hash('old'), createdAt: 0 };
const counting = (station: Station, at: number) => passwordsAt(station, at).map(({ salt }) => salt);

describe('a password rotation ends with exactly one password (A-026, T-TLS-5)', () => {
  const offered = offerPassword(bare, hash('new'), 24 * HOUR);
  const accepted = settlePassword(offered, 'new', { accepted: true, until: 25 * HOUR });

  test.each([
    ['while the charger has not answered', offered, HOUR, ['old', 'new']],
    ['when it never answered and the time is over', offered, 24 * HOUR, ['old']],
    ['when it accepted', accepted, HOUR, ['old', 'new']],
    ['when it accepted and the time is over', accepted, 25 * HOUR, ['new']],
    ['when it refused', settlePassword(offered, 'new', { accepted: false, until: HOUR }), 1, ['old']],
    ['when the new one was used', proven(offered, { password: hash('new'), profile: 1 }, 0), 1, ['new']],
    [
      'when the old one was used',
      proven(offered, { password: hash('old'), profile: 1 }, 0),
      1,
      ['old', 'new'],
    ],
  ])('%s', (_title, station, at, expected) => {
    expect(counting(station, at)).toEqual(expected);
  });

  test('with OLD_KEY_GRACE=0s the old one ends with the answer (A01.FR.03 to the letter)', () => {
    const strict = settlePassword(offerPassword(bare, hash('new'), 0), 'new', { accepted: true, until: 0 });
    expect(counting(strict, 1)).toEqual(['new']);
  });

  test('of several that were accepted each counts until one is used', () => {
    let station = bare;
    for (const salt of ['b', 'c', 'd', 'e']) {
      station = settlePassword(offerPassword(station, hash(salt), HOUR), salt, {
        accepted: true,
        until: HOUR,
      });
    }
    // Bounded: what was accepted longest ago is forgotten.
    expect(counting(station, 1)).toEqual(['old', 'c', 'd', 'e']);
    expect(counting(station, HOUR)).toEqual(['e']);
    expect(counting(proven(station, { password: hash('d'), profile: 1 }, 0), 1)).toEqual(['d']);
  });
});

describe('a security profile goes up and never down (A-020, TC_083, TC_A_19)', () => {
  test('the next one counts when it is used, and ends the one before', () => {
    const told = offerProfile(bare, 2);
    expect(told).toMatchObject({ securityProfile: 1, nextSecurityProfile: 2 });
    expect(proven(told, { profile: 1 }, 0)).toBe(told);
    const used = proven(told, { profile: 2 }, 0);
    expect(used.securityProfile).toBe(2);
    expect(used).not.toHaveProperty('nextSecurityProfile');
  });

  test('a better connection alone changes nothing', () => {
    expect(proven(bare, { profile: 2 }, 0)).toBe(bare);
  });

  test('a lower one is no offer, and a refusal brings back what was accepted before', () => {
    const two = { ...bare, securityProfile: 2 } as const;
    expect(offerProfile(two, 1)).toBe(two);
    const told = offerProfile(bare, 2);
    expect(withdrawProfile(offerProfile(told, 3), 2)).toEqual(told);
    expect(withdrawProfile(told)).toEqual(bare);
  });
});

describe('a client certificate is replaced by a newer one', () => {
  const shown = (fingerprint: string, validFrom: number) => ({
    fingerprint,
    validFrom,
    validTo: 1_000 * HOUR,
    organization: 'Tidal',
    commonName: 'CP',
  });
  const before = shown('before', 1);
  const after = shown('after', 2);
  const use = (station: Station, certificate: typeof before, at: number) =>
    proven(station, { profile: 3, certificate }, at + 24 * HOUR);
  const verdict = (station: Station, certificate: typeof before, now: number) =>
    judgeCertificate(station, certificate, { now, organization: 'Tidal', serialNumber: undefined }).kind;

  test('which ends the older one a day after it was first used, not before', () => {
    const station = use(use(bare, before, 0), after, HOUR);
    expect(verdict(station, before, 24 * HOUR)).toBe('fits');
    expect(verdict(station, before, 26 * HOUR)).toBe('refused');
    expect(verdict(station, after, 26 * HOUR)).toBe('fits');
    // Using the older one meanwhile prolongs nothing.
    expect(use(station, before, 20 * HOUR)).toBe(station);
  });
});
