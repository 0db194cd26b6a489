import { describe, expect, test } from '@jest/globals';
import { correctUnit, type MeterValue, repairTimes, type Transaction } from '../src/index.js';

const AT = Date.UTC(2026, 2, 1, 10);
const MINUTE = 60_000;
const told = (rawAt: number, receivedAt: number, meterValues: MeterValue[] = []) => ({
  at: receivedAt,
  rawAt,
  receivedAt,
  meterValues,
});
type Before = Pick<Transaction, 'clock' | 'lastEventAt' | 'timeErrorMs'>;

describe('times of a clock that lost the date (D2-061, G39)', () => {
  test('usable times stay as they are', () => {
    const event = { at: AT, receivedAt: AT + MINUTE, meterValues: [] };
    expect(repairTimes(event, undefined, false)).toEqual({ event });
  });

  test('told as it happens, the time of receipt counts, and what follows keeps its distance', () => {
    const first = repairTimes(told(10_000, AT), undefined, false);
    expect(first.event.at).toBe(AT);
    const before: Before = { clock: first.repair!.clock, lastEventAt: AT };
    const value = { at: 0, rawAt: 10_000 + 14 * MINUTE, sampledValues: [] };
    const second = repairTimes(told(10_000 + 15 * MINUTE, AT + 15 * MINUTE + 900, [value]), before, false);
    expect(second.event.at).toBe(AT + 15 * MINUTE);
    expect(second.event.meterValues[0]?.at).toBe(AT + 14 * MINUTE);
    expect(second.repair).toMatchObject({ shiftMs: 0, errorMs: 0 });
  });

  test('uploaded later, the whole transaction moves back so that nothing is newer than its receipt', () => {
    const first = repairTimes(told(10_000, AT), undefined, true);
    const before: Before = {
      clock: first.repair!.clock,
      lastEventAt: AT,
      timeErrorMs: first.repair!.errorMs,
    };
    const last = repairTimes(told(10_000 + 30 * MINUTE, AT + 500), before, true);
    expect(last.event.at).toBe(AT + 500);
    expect(last.repair?.shiftMs).toBe(500 - 30 * MINUTE);
    expect(last.repair?.errorMs).toBeGreaterThan(15 * MINUTE);
  });

  test('uploaded after times that were right, it goes on from the last of them', () => {
    const before: Before = { lastEventAt: AT };
    const { event, repair } = repairTimes(told(5_000, AT + 60 * MINUTE), before, true);
    expect(event.at).toBe(AT);
    expect(repair).toMatchObject({ shiftMs: 0, errorMs: 60 * MINUTE });
    const next = repairTimes(
      told(5_000 + 10 * MINUTE, AT + 60 * MINUTE),
      { clock: repair!.clock, lastEventAt: AT, timeErrorMs: repair!.errorMs },
      true,
    );
    expect(next.event.at).toBe(AT + 10 * MINUTE);
  });
});

test('a unit is corrected only where the operator confirmed it (D2-020, Q-60, Q-61)', () => {
  const energy = { value: 5, unit: 'kW' };
  expect(correctUnit(energy, {})).toEqual(energy);
  expect(correctUnit(energy, { powerUnitIsEnergy: true })).toEqual({ value: 5, unit: 'kWh' });
  expect(correctUnit({ value: 5, unit: 'kWh' }, { energyUnit: 'Wh' })).toEqual({ value: 5, unit: 'Wh' });
  const power = { value: 5, unit: 'kW', measurand: 'Power.Active.Import' };
  expect(correctUnit(power, { powerUnitIsEnergy: true, energyUnit: 'Wh' })).toEqual(power);
});
