import { describe, expect, test } from '@jest/globals';
import { normalizeMeterValue, type SampledValue } from '../src/index.js';

const AT = Date.parse('2026-03-01T10:15:00Z');
const normalize = (...sampledValues: SampledValue[]) => normalizeMeterValue({ at: AT, sampledValues });
const phases = (measurand: string, values: (string | number)[], unit?: string): SampledValue[] =>
  values.map((value, index) => ({ value, measurand, phase: `L${index + 1}`, ...(unit && { unit }) }));

describe('units and formats of a register (G21, D2-020)', () => {
  test.each<[string, SampledValue[]]>([
    ['a bare number', [{ value: 102500 }]],
    ['text in kWh', [{ value: '102.5', unit: 'kWh' }]],
    ['text with blanks', [{ value: ' 102500 ' }]],
    ['text with decimals in Wh', [{ value: '102500.0', unit: 'Wh' }]],
    ['a decimal comma', [{ value: '102,5', unit: 'kWh' }]],
    ['MWh', [{ value: 0.1025, unit: 'MWh' }]],
    ['a multiplier', [{ value: 1025, unit: 'Wh', multiplier: 2 }]],
    ['a negative multiplier', [{ value: 1025000, unit: 'Wh', multiplier: -1 }]],
    ['kWh as a number', [{ value: 102.5, unit: 'kWh' }]],
    ['three phases', phases('Energy.Active.Import.Register', ['34166.7', '34166.7', '34166.6'])],
  ])('%s is read as 102500 Wh', (_, sampledValues) => {
    expect(normalize(...sampledValues)).toEqual([
      { at: AT, context: 'Sample.Periodic', registerWh: 102500, anomalies: [] },
    ]);
  });

  test.each(['', 'NaN', 'abc', '1,025.5', '0x10', 'Infinity', '1e999'])(
    'the value "%s" is no register and says so (D2-026)',
    (value) => {
      expect(normalize({ value })).toEqual([
        { at: AT, context: 'Sample.Periodic', anomalies: ['NOT_A_NUMBER'] },
      ]);
    },
  );

  test('a meter value without sampled values gives no sample', () => {
    expect(normalize()).toEqual([]);
  });

  test('a negative register is rejected (D2-026)', () => {
    expect(normalize({ value: '-1' })[0]).toEqual(
      expect.objectContaining({ anomalies: ['NEGATIVE_REGISTER'] }),
    );
  });

  test('energy in kW is not taken for kWh (Q-61)', () => {
    const [sample] = normalize({ value: '102.5', unit: 'kW', measurand: 'Energy.Active.Import.Register' });
    expect(sample).toEqual(expect.objectContaining({ anomalies: ['ENERGY_IN_POWER_UNIT'] }));
    expect(sample?.registerWh).toBeUndefined();
  });

  test('a number too large to be exact is rejected', () => {
    expect(normalize({ value: 1, multiplier: 300 })[0]?.anomalies).toEqual(['OUT_OF_RANGE']);
  });

  test('signed containers are no readable numbers (D2-025)', () => {
    expect(normalize({ value: 'OCMF|{}|{}', format: 'SignedData' })).toEqual([]);
  });
});

describe('measurands, locations and phases', () => {
  test('each measurand has its field, kW become W (D2-021)', () => {
    const [sample] = normalize(
      { value: '1000', measurand: 'Energy.Active.Import.Register' },
      { value: '20', measurand: 'Energy.Active.Import.Interval' },
      { value: '5', measurand: 'Energy.Active.Export.Register' },
      { value: '11.04', measurand: 'Power.Active.Import', unit: 'kW' },
      { value: '16', measurand: 'Current.Offered', unit: 'A' },
      { value: '55', measurand: 'SoC', unit: 'Percent', location: 'EV' },
      { value: '7', measurand: 'Frequency' },
    );
    expect(sample).toEqual({
      at: AT,
      context: 'Sample.Periodic',
      registerWh: 1000,
      intervalWh: 20,
      exportWh: 5,
      powerW: 11040,
      offeredCurrentA: 16,
      socPercent: 55,
      anomalies: [],
    });
  });

  test('the net register counts only where there is no import register (D2-021)', () => {
    const net: SampledValue = { value: 5, measurand: 'Energy.Active.Net' };
    expect(normalize(net)).toEqual([{ at: AT, context: 'Sample.Periodic', netWh: 5, anomalies: [] }]);
    expect(normalize({ ...net, value: -5 })[0]?.netWh).toBe(-5);
    expect(normalize(net, { value: 7 })[0]).toEqual(
      expect.not.objectContaining({ netWh: expect.anything() }),
    );
  });

  test('the outlet wins over the cable, the inlet is ignored (D2-022)', () => {
    const samples = (order: string[]) =>
      normalize(...order.map((location) => ({ value: location.length * 100, location })));
    expect(samples(['Inlet', 'Cable', 'Outlet'])[0]?.registerWh).toBe(600);
    expect(samples(['Outlet', 'Cable', 'Inlet'])[0]?.registerWh).toBe(600);
    expect(samples(['EV', 'Cable'])[0]?.registerWh).toBe(500);
    expect(samples(['Inlet', 'Body'])).toEqual([]);
  });

  test('a total wins over the phases beside it (D2-023)', () => {
    const measurand = 'Power.Active.Import';
    const [sample] = normalize(...phases(measurand, [1, 2, 3]), { value: 7, measurand });
    expect(sample?.powerW).toBe(7);
  });

  test('currents of the phases add up, N and phase pairs do not count (D2-023, Q-63)', () => {
    const [sample] = normalize(
      { value: '16', measurand: 'Current.Import', phase: 'L1' },
      { value: '16', measurand: 'Current.Import', phase: 'L1-N' },
      { value: '10', measurand: 'Current.Import', phase: 'L2-N' },
      { value: '3', measurand: 'Current.Import', phase: 'N' },
      { value: '400', measurand: 'Voltage', phase: 'L1-L2' },
      ...phases('Voltage', [230, 231, 232]),
    );
    expect(sample).toEqual(expect.objectContaining({ currentA: 26, currentMaxPhaseA: 16, voltageV: 231 }));
  });

  test('a single phase stands for the total (D2-023, Q-62)', () => {
    expect(normalize({ value: 102500, phase: 'L1' })[0]?.registerWh).toBe(102500);
  });

  test('a sum with a missing phase is no register', () => {
    const [sample] = normalize(...phases('Energy.Active.Import.Register', ['100', '', '100']));
    expect(sample?.registerWh).toBeUndefined();
    expect(sample?.anomalies).toEqual(['NOT_A_NUMBER', 'PHASE_MISSING']);
  });

  test('samples of different contexts are kept apart (D2-024)', () => {
    expect(normalize({ value: 1, context: 'Transaction.Begin' }, { value: 2 })).toEqual([
      { at: AT, context: 'Transaction.Begin', registerWh: 1, anomalies: [] },
      { at: AT, context: 'Sample.Periodic', registerWh: 2, anomalies: [] },
    ]);
  });
});
