import { describe, expect, test } from '@jest/globals';
import { decideByWhitelist, idTokenType, normalizeIdToken, preferToken, type Token } from '../src/index.js';

const token = (changes: Partial<Token>): Token => ({
  country_code: 'DE',
  party_id: 'MSP',
  uid: '04A1B2C3',
  type: 'RFID',
  contract_id: 'DE-MSP-1',
  issuer: 'MSP',
  valid: true,
  whitelist: 'ALLOWED',
  last_updated: '2026-01-01T00:00:00Z',
  ...changes,
});

describe('whitelist without asking the eMSP (D4.2)', () => {
  test.each([
    ['ALWAYS', true, 'Accepted'],
    ['ALWAYS', false, 'Blocked'],
    ['ALLOWED', true, 'Accepted'],
    ['ALLOWED', false, 'Blocked'],
    ['ALLOWED_OFFLINE', true, 'Accepted'],
    ['ALLOWED_OFFLINE', false, 'Blocked'],
    ['NEVER', true, 'Invalid'],
    ['NEVER', false, 'Invalid'],
  ] as const)('%s with valid=%s is %s', (whitelist, valid, status) => {
    expect(decideByWhitelist({ whitelist, valid }).status).toBe(status);
  });

  test('an answer about ALLOWED_OFFLINE may be kept for a day only (D4-031)', () => {
    expect(decideByWhitelist({ whitelist: 'ALLOWED_OFFLINE', valid: true })).toEqual({
      status: 'Accepted',
      cacheable: 'a-day',
    });
  });
});

test('of several tokens with one uid the valid one counts, then the freer whitelist, then the newest (D4-003)', () => {
  const blocked = { token: token({ valid: false, whitelist: 'ALWAYS' }) };
  const allowed = { token: token({}) };
  const newer = { token: token({ last_updated: '2026-02-01T00:00:00Z' }) };
  const always = { token: token({ whitelist: 'ALWAYS' }) };
  expect(preferToken([blocked, allowed])).toBe(allowed);
  expect(preferToken([allowed, newer])).toBe(newer);
  expect(preferToken([newer, always])).toBe(always);
  expect(preferToken([])).toBeUndefined();
});

test('blanks, NUL and control characters are not part of a token, and its case is kept (D4-001)', () => {
  expect(normalizeIdToken(' 04a1B2\u0000\r\n')).toBe('04a1B2');
  expect(normalizeIdToken('\u0000 ')).toBe('');
});

test.each([
  ['RFID', '04A1B2C3', 'ISO14443'],
  ['RFID', '04A1B2C3D4E5F6', 'ISO14443'],
  ['RFID', 'E004010012345678', 'ISO15693'],
  ['APP_USER', 'x', 'Central'],
  ['AD_HOC_USER', 'x', 'Central'],
  ['EMAID', 'DEMSPC12345678', 'eMAID'],
  ['OTHER', 'x', 'Central'],
] as const)('a %s token %s is told to a typed protocol as %s', (type, uid, expected) => {
  expect(idTokenType({ type, uid })).toBe(expected);
});
