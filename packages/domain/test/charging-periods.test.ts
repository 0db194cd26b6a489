import { describe, expect, test } from '@jest/globals';
import {
  chargingPeriods,
  kwhVolume,
  ocpiTime,
  type PhaseChange,
  periodTotals,
  type RegisterPoint,
  type SessionPhase,
  toChargingPeriods,
} from '../src/index.js';

const START = Date.parse('2026-03-01T10:00:00Z');
const at = (minute: number) => START + minute * 60_000;
const curve = (...points: [minute: number, wh: number][]): RegisterPoint[] =>
  points.map(([minute, wh]) => ({ at: at(minute), wh }));
const phases = (...changes: [minute: number, phase: SessionPhase][]): PhaseChange[] =>
  changes.map(([minute, phase]) => ({ at: at(minute), phase }));

const G02 = {
  startedAt: START,
  endedAt: at(45),
  curve: curve([0, 100000], [15, 102500], [30, 105000], [45, 105000]),
  energyWh: 5000,
  phases: phases([0, 'CHARGE'], [30, 'PARK']),
  tariffId: 'T1',
};

describe('charging periods', () => {
  test('charging and parking become two periods (G02, D2-042)', () => {
    const periods = chargingPeriods(G02);
    expect(toChargingPeriods(periods)).toEqual([
      {
        start_date_time: '2026-03-01T10:00:00Z',
        dimensions: [
          { type: 'ENERGY', volume: '5' },
          { type: 'TIME', volume: '0.5' },
        ],
        tariff_id: 'T1',
      },
      {
        start_date_time: '2026-03-01T10:30:00Z',
        dimensions: [{ type: 'PARKING_TIME', volume: '0.25' }],
        tariff_id: 'T1',
      },
    ]);
    expect(periodTotals(periods)).toEqual({
      total_energy: '5',
      total_time: '0.75',
      total_parking_time: '0.25',
    });
  });

  test('a session without energy has one period of time (G36)', () => {
    const periods = chargingPeriods({
      startedAt: START,
      endedAt: at(5),
      curve: curve([0, 7], [5, 7]),
      energyWh: 0,
      phases: [],
    });
    expect(toChargingPeriods(periods)).toEqual([
      { start_date_time: '2026-03-01T10:00:00Z', dimensions: [{ type: 'TIME', volume: '0.0833' }] },
    ]);
    expect(periodTotals(periods)).toEqual({ total_energy: '0', total_time: '0.0833' });
  });

  test('a session without length has one period with its energy (D2-048)', () => {
    const periods = chargingPeriods({ ...G02, endedAt: START, curve: curve([0, 0], [0, 3]), energyWh: 3 });
    expect(periods).toEqual([{ from: START, to: START, phase: 'CHARGE', energyWh: 3, tariffId: 'T1' }]);
    expect(toChargingPeriods(periods)[0]?.dimensions).toEqual([
      { type: 'ENERGY', volume: '0.003' },
      { type: 'TIME', volume: '0' },
    ]);
  });

  test('flips shorter than a minute belong to the phase around them (D2-045)', () => {
    const periods = chargingPeriods({
      ...G02,
      phases: phases(
        [0, 'PARK'],
        [0.5, 'CHARGE'],
        [10, 'PARK'],
        [10.9, 'CHARGE'],
        [30, 'PARK'],
        [44.5, 'CHARGE'],
      ),
    });
    expect(periods.map(({ from, phase }) => [from, phase])).toEqual([
      [START, 'CHARGE'],
      [at(30), 'PARK'],
    ]);
  });

  test('energy counted across a change to parking belongs to the charging before it (D2-046)', () => {
    const periods = chargingPeriods({ ...G02, curve: curve([0, 100000], [45, 105000]) });
    expect(periods.map(({ energyWh }) => energyWh)).toEqual([5000, 0]);
  });

  test('energy counted across a change back to charging belongs to the charging after it (D2-046)', () => {
    const periods = chargingPeriods({
      ...G02,
      curve: curve([0, 100000], [10, 101000], [45, 105000]),
      phases: phases([10, 'PARK'], [30, 'CHARGE']),
    });
    expect(periods.map(({ phase, energyWh }) => [phase, energyWh])).toEqual([
      ['CHARGE', 1000],
      ['PARK', 0],
      ['CHARGE', 4000],
    ]);
  });

  test('energy that flowed while parked stays there (D2-042)', () => {
    const periods = chargingPeriods({ ...G02, curve: curve([0, 0], [30, 4000], [45, 5000]) });
    expect(toChargingPeriods(periods)[1]?.dimensions).toEqual([
      { type: 'ENERGY', volume: '1' },
      { type: 'PARKING_TIME', volume: '0.25' },
    ]);
  });

  test('boundaries of the tariff cut periods, by the whole second and never to nothing (D2-040)', () => {
    const periods = chargingPeriods({
      ...G02,
      boundaries: [at(15), at(15) + 400, START + 400, at(0), at(45), at(90)],
    });
    expect(periods.map(({ from, to, energyWh }) => [from, to, energyWh])).toEqual([
      [START, at(15), 2500],
      [at(15), at(30), 2500],
      [at(30), at(45), 0],
    ]);
  });

  test('milliseconds are dropped from times, energy is split at the exact moment (D2-004)', () => {
    const shifted = {
      ...G02,
      startedAt: START + 999,
      curve: [
        { at: START + 999, wh: 0 },
        { at: at(30) + 700, wh: 5000 },
        { at: at(45), wh: 5001 },
      ],
      energyWh: 5001,
      phases: [{ at: at(30) + 700, phase: 'PARK' as const }],
    };
    expect(chargingPeriods(shifted)).toEqual([
      { from: START, to: at(30), phase: 'CHARGE', energyWh: 5000, tariffId: 'T1' },
      { from: at(30), to: at(45), phase: 'PARK', energyWh: 1, tariffId: 'T1' },
    ]);
  });

  test('volumes add up to the rounded totals whatever the periods are (D2-048)', () => {
    const periods = chargingPeriods({
      ...G02,
      energyWh: 1000.123,
      curve: curve([0, 0], [45, 1000.123]),
      phases: [],
      boundaries: Array.from({ length: 40 }, (_, index) => at(index * 1.1)),
    });
    const rendered = toChargingPeriods(periods);
    const sumOf = (type: string) =>
      rendered
        .flatMap(({ dimensions }) => dimensions)
        .filter((dimension) => dimension.type === type)
        .reduce((sum, { volume }) => sum + Math.round(Number(volume) * 10_000), 0);
    expect(rendered.length).toBe(40);
    expect(sumOf('ENERGY')).toBe(10001);
    expect(sumOf('TIME')).toBe(7500);
    expect(periods.every(({ energyWh }) => energyWh >= 0)).toBe(true);
  });

  test('without a curve the energy is spread over the charging time', () => {
    const periods = chargingPeriods({ ...G02, curve: [], boundaries: [at(15)] });
    expect(periods.map(({ energyWh }) => energyWh)).toEqual([2500, 2500, 0]);
  });
});

test('OCPI times have seconds and no fractions (D2-004, TY-07)', () => {
  expect(ocpiTime(START + 999)).toBe('2026-03-01T10:00:00Z');
  expect(() => ocpiTime(Number.NaN)).toThrow(RangeError);
});

test('kWh have at most four decimals, half to even (D2-038)', () => {
  expect([0, 2500, 0.05, 0.15, 1234.56].map(kwhVolume)).toEqual(['0', '2.5', '0', '0.0002', '1.2346']);
});
