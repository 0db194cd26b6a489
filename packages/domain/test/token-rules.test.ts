import { describe, expect, test } from '@jest/globals';
import {
  allowedEvses,
  emaidParty,
  idTokenType,
  mustAsk,
  normalizeEmaid,
  preferToken,
  type Token,
  tokenTypeOf,
  uidSpellings,
} from '../src/index.js';

describe('whether the eMSP must be asked (D4.2, 9.1)', () => {
  test.each([
    ['ALWAYS', false, false],
    ['ALLOWED', false, true],
    ['ALLOWED_OFFLINE', true, true],
    ['NEVER', true, true],
  ] as const)('%s: local %s, realtime %s', (whitelist, local, realtime) => {
    expect(mustAsk({ whitelist }, 'local')).toBe(local);
    expect(mustAsk({ whitelist }, 'realtime')).toBe(realtime);
  });
});

describe('EVSEs that an answer leaves open (TO-26)', () => {
  const location = { id: 'L1' };
  const evses = [
    { uid: 'E1', connectors: [{ id: '1' }] },
    { uid: 'E2', connectors: [{ id: '2' }] },
  ];
  const limit = { locationId: 'l1', evseUids: [], connectorIds: [] };
  test('no limit, or the location only, leaves all open', () => {
    expect(allowedEvses(location, evses, undefined)).toEqual(['E1', 'E2']);
    expect(allowedEvses(location, evses, limit)).toEqual(['E1', 'E2']);
  });
  test('named EVSEs and connectors narrow it; another location leaves none', () => {
    expect(allowedEvses(location, evses, { ...limit, evseUids: ['e2'] })).toEqual(['E2']);
    expect(allowedEvses(location, evses, { ...limit, connectorIds: ['1'] })).toEqual(['E1']);
    expect(allowedEvses(location, evses, { ...limit, locationId: 'L2' })).toEqual([]);
  });
});

describe('spellings of a presented token (D4-002, D4-004)', () => {
  const plain = { type: 'unknown', variants: false };
  test('garbage after the digits of a card is tried without it', () => {
    expect(uidSpellings('04A1B2C3\u0000\u0001x', plain)).toEqual(['04A1B2C3x', '04A1B2C3']);
    expect(uidSpellings('04A1B2C3', plain)).toEqual(['04A1B2C3']);
  });
  test('variants of readers only where the station has them', () => {
    const variants = uidSpellings('04A1B2C3', { ...plain, variants: true });
    expect(variants).toContain('C3B2A104');
    expect(variants).toContain('4A1B2C3');
    expect(uidSpellings('77705923', { ...plain, variants: true })).toContain('04a1b2c3');
  });
  test('an eMAID is known with and without separators and check digit (D4-006)', () => {
    expect(uidSpellings('DE-MSP-C12345678-9', { type: 'eMAID', variants: false })).toEqual([
      'DE-MSP-C12345678-9',
      'DEMSPC123456789',
      'DEMSPC12345678',
      'DE-MSP-C12345678',
    ]);
    expect(normalizeEmaid('demspc12345678x')).toBe('DEMSPC12345678');
    expect(normalizeEmaid('04A1B2C3')).toBeUndefined();
    expect(emaidParty('de-msp-C12345678-9')).toEqual({ country_code: 'DE', party_id: 'MSP' });
  });
});

test('a card is not taken for an app user with the same uid (trap 45)', () => {
  const token = (type: string): { token: Token } => ({
    token: {
      country_code: 'DE',
      party_id: 'MSP',
      uid: 'X',
      type,
      contract_id: 'C',
      issuer: 'I',
      valid: type === 'APP_USER',
      whitelist: 'ALLOWED',
      last_updated: '2026-01-01T00:00:00Z',
    },
  });
  const both = [token('APP_USER'), token('RFID')];
  expect(preferToken(both, 'ISO14443')?.token.type).toBe('RFID');
  expect(preferToken(both)?.token.type).toBe('RFID');
  expect(preferToken(both, 'Central')?.token.type).toBe('APP_USER');
});

describe('types of tokens on both sides (D4-005)', () => {
  test.each([
    ['RFID', '04A1B2C3', 'ISO14443'],
    ['RFID', '04A1B2C3D4E5F6', 'ISO14443'],
    ['RFID', 'E004010012345678', 'ISO15693'],
    ['RFID', 'not hex at all!!', 'ISO14443'],
    ['APP_USER', 'x', 'Central'],
    ['AD_HOC_USER', 'x', 'Central'],
    ['EMAID', 'DE-MSP-C12345678-9', 'eMAID'],
    ['OTHER', 'x', 'Central'],
  ])('%s %s is told to chargers as %s', (type, uid, told) => {
    expect(idTokenType({ type, uid })).toBe(told);
  });

  test.each([
    ['ISO14443', 'RFID'],
    ['ISO15693', 'RFID'],
    ['unknown', 'RFID'],
    ['Central', 'APP_USER'],
    ['DirectPayment', 'AD_HOC_USER'],
    ['eMAID', 'EMAID'],
    ['KeyCode', 'OTHER'],
    ['MacAddress', 'OTHER'],
    ['EVCCID', 'OTHER'],
    ['VIN', 'OTHER'],
    ['AWordOfTomorrow', 'OTHER'],
  ])('%s is asked about as %s (C-201)', (presented, asked) => {
    expect(tokenTypeOf(presented)).toBe(asked);
  });

  test('what a vehicle or a terminal shows is no card with the same uid', () => {
    const token = (type: string) => ({
      token: { type, valid: true, whitelist: 'ALLOWED' as const, last_updated: '2026-01-01T00:00:00Z' },
    });
    const all = ['RFID', 'AD_HOC_USER', 'OTHER'].map(token);
    expect(preferToken(all, 'DirectPayment')?.token.type).toBe('AD_HOC_USER');
    for (const type of ['VIN', 'EVCCID', 'KeyCode']) expect(preferToken(all, type)?.token.type).toBe('OTHER');
  });
});
