import { describe, expect, test } from '@jest/globals';
import { type EvseStatusInput, evseStatus } from '../src/index.js';

const evse = (input: Partial<EvseStatusInput>) =>
  evseStatus({ offline: false, connectors: ['Available'], ...input });

describe('status of an EVSE (D1-020)', () => {
  test.each([
    ['Available', 'AVAILABLE'],
    ['Occupied', 'CHARGING'],
    ['Reserved', 'RESERVED'],
    ['Unavailable', 'INOPERATIVE'],
    ['Faulted', 'OUTOFORDER'],
  ] as const)('a single connector that is %s makes it %s', (connector, status) => {
    expect(evse({ connectors: [connector] })).toBe(status);
  });

  test('an EVSE whose connectors were never reported is UNKNOWN, not available', () => {
    expect(evse({ connectors: [] })).toBe('UNKNOWN');
  });

  test('an EVSE of a station that is away is UNKNOWN, whatever it last said (D1-040)', () => {
    expect(evse({ offline: true })).toBe('UNKNOWN');
    expect(evse({ offline: true, transaction: { authorized: true } })).toBe('UNKNOWN');
  });

  test.each(['PLANNED', 'REMOVED'] as const)("the operator's %s wins over every report", (provisioned) => {
    expect(evse({ provisioned, connectors: ['Occupied'] })).toBe(provisioned);
  });

  test('an occupied connector hides its free sibling, a faulty one does not (G37)', () => {
    expect(evse({ connectors: ['Occupied', 'Available'] })).toBe('CHARGING');
    expect(evse({ connectors: ['Faulted', 'Available'] })).toBe('AVAILABLE');
    expect(evse({ connectors: ['Faulted', 'Faulted'] })).toBe('OUTOFORDER');
    expect(evse({ connectors: ['Faulted', 'Unavailable'] })).toBe('INOPERATIVE');
  });

  test('a transaction keeps it CHARGING when the connector already reports Available (D1-022)', () => {
    expect(evse({ transaction: { authorized: true } })).toBe('CHARGING');
    expect(evse({ transaction: { authorized: false, chargingState: 'EVConnected' } })).toBe('CHARGING');
    expect(evse({ transaction: { authorized: false, chargingState: 'Idle' } })).toBe('AVAILABLE');
  });

  test('the fault of its only connector is told during a transaction (D1-021)', () => {
    expect(evse({ connectors: ['Faulted'], transaction: { authorized: true } })).toBe('OUTOFORDER');
  });

  test("the station's own status covers only EVSEs that nobody uses (D1-011)", () => {
    expect(evse({ overall: 'Unavailable' })).toBe('INOPERATIVE');
    expect(evse({ overall: 'Faulted' })).toBe('OUTOFORDER');
    expect(evse({ overall: 'Unavailable', connectors: ['Occupied'] })).toBe('CHARGING');
    expect(evse({ overall: 'Available' })).toBe('AVAILABLE');
  });
});
