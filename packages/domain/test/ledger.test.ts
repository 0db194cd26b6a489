import { expect, test } from '@jest/globals';
import { auditSession, type LedgerEntry, type Session, type UnpricedCdr } from '../src/index.js';

const NOW = Date.UTC(2026, 2, 2);
const DAY = 24 * 3_600_000;
const audit = (entry: LedgerEntry, zeroEnergyCdrAfterMs = 0) =>
  auditSession(entry, { now: NOW, zeroEnergyCdrAfterMs })?.kind;

const session = (changes: Partial<Session> = {}) =>
  ({
    id: 's',
    start_date_time: '2026-03-01T10:00:00Z',
    end_date_time: '2026-03-01T11:00:00Z',
    kwh: '5',
    status: 'COMPLETED',
    last_updated: '2026-03-01T11:00:00Z',
    ...changes,
  }) as Session;
const cdr = (id: string, kwh: string, more: Partial<UnpricedCdr> = {}, corrected = false) => ({
  cdr: { id, total_energy: kwh, ...more } as UnpricedCdr,
  corrected,
});
const transaction = { open: false, energyWh: 5_000, stoppedReason: 'Local' };

test('a completed session has exactly one CDR in force, of the energy of its transaction (D3-050)', () => {
  expect(audit({ session: session(), transaction, cdrs: [cdr('c', '5')] })).toBeUndefined();
  expect(audit({ session: session(), transaction, cdrs: [] })).toBe('session-without-cdr');
  expect(audit({ session: session(), transaction, cdrs: [cdr('c', '5'), cdr('d', '5')] })).toBe(
    'session-billed-twice',
  );
  expect(audit({ session: session(), transaction, cdrs: [cdr('c', '5.02')] })).toBe('energy-differs');
});

test('what came late and changed no bill, and what a person corrected, agrees (D3-043, D3-050)', () => {
  expect(audit({ session: session(), transaction, cdrs: [cdr('c', '4.99')] })).toBeUndefined();
  expect(audit({ session: session(), transaction, cdrs: [cdr('c', '4', {}, true)] })).toBeUndefined();
});

test('a CDR that was taken back does not count, and its credit is the reason why there is none (D3-050)', () => {
  const credit = cdr('c-C', '5', { credit: true, credit_reference_id: 'c' });
  expect(audit({ session: session(), transaction, cdrs: [cdr('c', '5'), credit] })).toBeUndefined();
  expect(audit({ session: session(), transaction, cdrs: [cdr('c', '6'), credit, cdr('d', '5')] })).toBe(
    undefined,
  );
});

test('a session whose energy or outcome makes no CDR needs none (D3-010, D3-050)', () => {
  const empty = { ...transaction, energyWh: 0 };
  expect(audit({ session: session({ kwh: '0' }), transaction: empty, cdrs: [] }, Infinity)).toBeUndefined();
  expect(audit({ session: session({ kwh: '0' }), transaction: empty, cdrs: [] })).toBe('session-without-cdr');
  expect(audit({ session: session({ status: 'INVALID' }), transaction, cdrs: [] })).toBeUndefined();
  expect(audit({ session: session({ kwh: '0' }), cdrs: [] })).toBe('session-without-cdr');
});

test('every session ends with its transaction, or when nothing is heard for long (D3-050)', () => {
  const active = session({ status: 'ACTIVE' });
  expect(audit({ session: active, transaction: { open: true, energyWh: 1 }, cdrs: [] })).toBeUndefined();
  expect(audit({ session: active, transaction, cdrs: [] })).toBe('session-never-over');
  const silent = session({ status: 'ACTIVE', last_updated: new Date(NOW - 9 * DAY).toISOString() });
  expect(audit({ session: silent, transaction: { open: true, energyWh: 1 }, cdrs: [] })).toBe(
    'session-never-over',
  );
});
