import { describe, expect, test } from '@jest/globals';
import { type EvseStatusInput, evseStatus } from '../src/index.js';

const evse = (input: Partial<EvseStatusInput>) =>
  evseStatus({ offline: false, connectors: ['Available'], ...input });

const charging = { authorized: true };

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
    expect(evse({ connectors: [], reserved: true, bayOccupied: true })).toBe('UNKNOWN');
  });

  test('an EVSE of a station that is away is UNKNOWN, whatever it last said (D1-040, E-24)', () => {
    expect(evse({ offline: true })).toBe('UNKNOWN');
    expect(evse({ offline: true, transaction: charging })).toBe('UNKNOWN');
    expect(evse({ offline: true, connectors: ['Faulted'] })).toBe('UNKNOWN');
    expect(evse({ offline: true, offlineAs: 'INOPERATIVE' })).toBe('INOPERATIVE');
  });

  test.each(['PLANNED', 'REMOVED'] as const)("the operator's %s wins over every report", (provisioned) => {
    expect(evse({ provisioned, connectors: ['Occupied'] })).toBe(provisioned);
    expect(evse({ provisioned, offline: true, whole: 'Faulted' })).toBe(provisioned);
  });

  test('an occupied connector hides its free sibling, a faulty one does not (G37, E-13)', () => {
    expect(evse({ connectors: ['Occupied', 'Available'] })).toBe('CHARGING');
    expect(evse({ connectors: ['Available', 'Occupied'] })).toBe('CHARGING');
    expect(evse({ connectors: ['Reserved', 'Available'] })).toBe('RESERVED');
    expect(evse({ connectors: ['Faulted', 'Available'] })).toBe('AVAILABLE');
    expect(evse({ connectors: ['Unavailable', 'Available'] })).toBe('AVAILABLE');
    expect(evse({ connectors: ['Faulted', 'Faulted'] })).toBe('OUTOFORDER');
    expect(evse({ connectors: ['Faulted', 'Unavailable'] })).toBe('INOPERATIVE');
  });

  test('a transaction keeps it CHARGING when the connector already reports Available (D1-022)', () => {
    expect(evse({ transaction: charging })).toBe('CHARGING');
    expect(evse({ transaction: { authorized: false, chargingState: 'EVConnected' } })).toBe('CHARGING');
    expect(evse({ transaction: { authorized: false, chargingState: 'Idle' } })).toBe('AVAILABLE');
  });

  test('the fault of its only connector, or of the one in use, is told during a transaction (D1-021)', () => {
    expect(evse({ connectors: ['Faulted'], transaction: charging })).toBe('OUTOFORDER');
    const connectors = ['Faulted', 'Available'] as const;
    expect(evse({ connectors, transaction: { ...charging, connector: 'Faulted' } })).toBe('OUTOFORDER');
    expect(evse({ connectors, transaction: { ...charging, connector: 'Available' } })).toBe('CHARGING');
  });

  test("the station's own status covers only EVSEs that nobody uses (D1-011)", () => {
    expect(evse({ overlay: 'Unavailable' })).toBe('INOPERATIVE');
    expect(evse({ overlay: 'Faulted' })).toBe('OUTOFORDER');
    expect(evse({ overlay: 'Unavailable', connectors: ['Reserved'] })).toBe('INOPERATIVE');
    expect(evse({ overlay: 'Unavailable', connectors: ['Faulted', 'Available'] })).toBe('INOPERATIVE');
    expect(evse({ overlay: 'Unavailable', connectors: ['Occupied'] })).toBe('CHARGING');
    expect(evse({ overlay: 'Unavailable', connectors: ['Faulted'] })).toBe('OUTOFORDER');
    expect(evse({ overlay: 'Faulted', transaction: charging })).toBe('CHARGING');
    expect(evse({ overlay: 'Available' })).toBe('AVAILABLE');
  });

  test('what is reported of the EVSE as a whole counts more than its connectors (D1-020 rule 3)', () => {
    expect(evse({ whole: 'Faulted' })).toBe('OUTOFORDER');
    expect(evse({ whole: 'Faulted', transaction: charging })).toBe('OUTOFORDER');
    expect(evse({ whole: 'Unavailable' })).toBe('INOPERATIVE');
    expect(evse({ whole: 'Unavailable', connectors: ['Occupied'] })).toBe('INOPERATIVE');
    expect(evse({ whole: 'Unavailable', transaction: charging })).toBe('CHARGING');
    expect(evse({ whole: 'Available', connectors: ['Occupied'] })).toBe('CHARGING');
  });

  test('a reservation holds only what is free (D1-050)', () => {
    expect(evse({ reserved: true })).toBe('RESERVED');
    expect(evse({ reserved: true, connectors: ['Faulted'] })).toBe('OUTOFORDER');
    expect(evse({ reserved: true, overlay: 'Faulted' })).toBe('OUTOFORDER');
    expect(evse({ reserved: true, transaction: charging })).toBe('CHARGING');
  });

  test('it is BLOCKED only by a bay sensor, or by a transaction that a parked vehicle began (D1.2)', () => {
    expect(evse({ bayOccupied: true })).toBe('BLOCKED');
    expect(evse({ bayOccupied: true, connectors: ['Occupied'] })).toBe('CHARGING');
    expect(evse({ bayOccupied: true, transaction: charging })).toBe('CHARGING');
    const parked = { authorized: false, chargingState: 'Idle', vehicleSeen: true } as const;
    expect(evse({ transaction: parked })).toBe('BLOCKED');
    expect(evse({ transaction: { ...parked, authorized: true } })).toBe('CHARGING');
    expect(evse({ transaction: { ...parked, vehicleSeen: false } })).toBe('AVAILABLE');
  });
});
