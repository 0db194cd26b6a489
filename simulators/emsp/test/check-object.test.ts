import { describe, expect, test } from '@jest/globals';
import { checkObject, type OCPI_VERSIONS } from '../src/index.js';

describe('property tables', () => {
  test('DateTime has no fractions in 2.1.1 and no offset in any version (TY-06, TY-07)', () => {
    const faults = (version: (typeof OCPI_VERSIONS)[number], last_updated: string) =>
      checkObject({ last_updated }, { version, type: 'EVSE', partial: true }).length;
    expect(faults('2.1.1', '2026-03-01T10:00:00Z')).toBe(0);
    expect(faults('2.1.1', '2026-03-01T10:00:00.123Z')).toBe(1);
    expect(faults('2.2.1', '2026-03-01T10:00:00.123Z')).toBe(0);
    expect(faults('2.3.0', '2026-03-01T10:00:00+00:00')).toBe(1);
  });

  test('a closed enumeration refuses unknown values, an open one does not (TY-16)', () => {
    const evse = { status: 'OCCUPIED', capabilities: ['FLYING'] };
    expect(checkObject(evse, { version: '2.2.1', type: 'EVSE', partial: true })).toHaveLength(2);
    expect(checkObject(evse, { version: '2.3.0', type: 'EVSE', partial: true })).toEqual([
      'EVSE.status must be one of Status, found "OCCUPIED"',
    ]);
  });

  test('prices have the form of their version (TY-14, TY-15)', () => {
    const faults = (version: (typeof OCPI_VERSIONS)[number], total_cost: unknown) =>
      checkObject({ total_cost }, { version, type: 'CDR', partial: true });
    expect(faults('2.1.1', 1.5)).toEqual([]);
    expect(faults('2.2.1', 1.5)).toEqual(['CDR.total_cost must be an object']);
    expect(faults('2.2.1', { excl_vat: '1.5' })).toEqual(['CDR.total_cost.excl_vat must be a number']);
    expect(faults('2.3.0', { excl_vat: 1.5 })).toEqual([
      'CDR.total_cost.excl_vat does not exist in 2.3.0',
      'CDR.total_cost.before_taxes is required',
    ]);
  });

  test('lengths and empty lists are found', () => {
    expect(
      checkObject({ uid: 'x'.repeat(40), connectors: [] }, { version: '2.2.1', type: 'EVSE', partial: true }),
    ).toEqual(['EVSE.uid is longer than 36 characters', 'EVSE.connectors needs at least one entry']);
  });
});
