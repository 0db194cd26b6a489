import { describe, expect, test } from '@jest/globals';
import { connectorPowerW, newTransaction, sessionOutcome, type Transaction } from '../src/index.js';

const START = Date.UTC(2026, 2, 1, 10);
const MINUTE = 60_000;

function ended(stoppedReason: string): Transaction {
  const first = {
    eventType: 'Started' as const,
    ocppTransactionId: '1',
    at: START,
    receivedAt: START,
    offline: false,
    meterValues: [],
  };
  return { ...newTransaction({ id: 't', stationId: 'CS', ocppTransactionId: '1' }, first), stoppedReason };
}

const facts = (energyWh: number, minutes: number) => ({
  energyWh,
  from: START,
  to: START + minutes * MINUTE,
});

describe('what becomes of a session by its end (D3-010, D3-011, G36)', () => {
  test.each([
    ['Local', 5000, 30, 0, 'billed'],
    ['Local', 0, 5, 0, 'billed'],
    ['Local', 0, 5, Number.POSITIVE_INFINITY, 'no-cdr'],
    ['Local', 0, 5, 2 * MINUTE, 'billed'],
    ['Local', 0, 1, 2 * MINUTE, 'no-cdr'],
    ['Local', 9, 0.5, Number.POSITIVE_INFINITY, 'no-cdr'],
    ['Local', 10, 0.5, Number.POSITIVE_INFINITY, 'billed'],
    ['DeAuthorized', 0, 5, 0, 'void'],
    ['DeAuthorized', 200, 5, 0, 'billed'],
    ['GroundFault', 0, 5, 0, 'void'],
    ['EmergencyStop', 300, 5, 0, 'billed'],
    ['PowerLoss', 0, 5, 0, 'billed'],
  ] as const)('%s after %d Wh in %d min, CDR after %d ms: %s', (reason, wh, minutes, after, outcome) => {
    expect(sessionOutcome(ended(reason), facts(wh, minutes), after)).toBe(outcome);
  });
});

test('the power of a connector: as given, else by its phases (D2-036)', () => {
  const ac = { power_type: 'AC_3_PHASE', max_voltage: 230, max_amperage: 32 };
  expect(connectorPowerW(ac)).toBe(22_080);
  expect(connectorPowerW({ ...ac, power_type: 'AC_1_PHASE' })).toBe(7360);
  expect(connectorPowerW({ ...ac, power_type: 'DC', max_electric_power: 150_000 })).toBe(150_000);
  expect(connectorPowerW({ ...ac, power_type: 'STEAM' })).toBeUndefined();
});
