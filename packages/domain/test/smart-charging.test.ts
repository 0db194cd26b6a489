import { describe, expect, test } from '@jest/globals';
import {
  type ActiveChargingProfile,
  type ChargingProfile,
  forQuirks,
  inUnit,
  limitAt,
  limitChanged,
  onlyUnit,
  planPreferences,
  profileFault,
  profileQuirks,
  supplyOf,
} from '../src/index.js';

const periods = (...list: [number, number][]) =>
  list.map(([start_period, limit]) => ({ start_period, limit }));
const profile = (unit: 'A' | 'W', ...list: [number, number][]): ChargingProfile => ({
  charging_rate_unit: unit,
  charging_profile_period: periods(...list),
});
const AC3 = { phases: 3, voltageV: 230 };

describe('what a charger could not apply is refused (D6-001, CP-10)', () => {
  test.each([
    [profile('A'), 'no period'],
    [profile('A', [60, 16]), 'does not start at 0'],
    [profile('A', [0, 16], [60, 10], [60, 8]), 'not ascending'],
    [profile('A', [0, 16.05]), 'one decimal'],
    [profile('A', [0, -1]), 'one decimal'],
    [{ ...profile('A', [0, 16]), min_charging_rate: 6.66 }, 'min_charging_rate'],
    [profile('A', [0, 16], [60, 10], [120, 8]), 'no more than 2 periods'],
  ] as const)('%j', (bad, message) => {
    expect(profileFault(bad, 2)).toContain(message);
  });

  test('a usable one is not', () => {
    expect(profileFault(profile('A', [0, 16.1], [60, 0]), 2)).toBeUndefined();
    expect(profileFault(profile('A', [0, 16.1], [60, 0], [90, 1]), undefined)).toBeUndefined();
  });
});

describe('A is per phase, W is the total (D6-003, CP-11, CP-12)', () => {
  test('W become A rounded down: a limit is never raised', () => {
    expect(inUnit(profile('W', [0, 11_000]), 'A', AC3)?.charging_profile_period).toEqual(periods([0, 15.9]));
    expect(inUnit(profile('W', [0, 3_680]), 'A', { phases: 1, voltageV: 230 })).toEqual(
      profile('A', [0, 16]),
    );
  });

  test('A become W, the least rate too', () => {
    expect(inUnit({ ...profile('A', [0, 16], [60, 10.5]), min_charging_rate: 6 }, 'W', AC3)).toEqual({
      ...profile('W', [0, 11_040], [60, 7_245]),
      min_charging_rate: 4_140,
    });
  });

  test('what is exact stays exact, there and back', () => {
    for (let limit = 6; limit <= 32; limit += 0.1) {
      const rounded = Math.round(limit * 10) / 10;
      const there = inUnit(profile('A', [0, rounded]), 'W', AC3);
      expect(there && inUnit(there, 'A', AC3)).toEqual(profile('A', [0, rounded]));
    }
  });

  test('the same unit is left alone, and direct current has no fixed voltage', () => {
    expect(inUnit(profile('A', [0, 16]), 'A', { voltageV: 230 })).toEqual(profile('A', [0, 16]));
    expect(inUnit(profile('A', [0, 16]), 'W', supplyOf({ power_type: 'DC' }, 230))).toBeUndefined();
    expect(supplyOf({ power_type: 'AC_2_PHASE' }, 230)).toEqual({ phases: 2, voltageV: 230 });
  });
});

describe('peculiar chargers (D6-004, D6-016)', () => {
  const quirky = (...quirks: string[]) => profileQuirks(quirks);
  const START = '2026-03-01T10:00:00Z';

  test('the only unit, the smallest limit, whole numbers, no duration, absolute times', () => {
    expect(onlyUnit(quirky('unit_only_A'))).toBe('A');
    expect(onlyUnit(quirky('something else'))).toBeUndefined();
    const asked = { ...profile('A', [0, 3], [60, 0], [90, 10.5]), duration: 600 };
    expect(forQuirks(asked, quirky('min_limit_a', 'integer_limits', 'no_duration'), START)).toEqual(
      profile('A', [0, 6], [60, 0], [90, 10]),
    );
    expect(forQuirks(asked, quirky('absolute_profiles'), START)).toEqual({
      ...asked,
      start_date_time: START,
    });
    expect(forQuirks(asked, quirky(), START)).toEqual(asked);
  });
});

describe('whether a partner should hear of another limit (D6-022)', () => {
  const at = Date.parse('2026-03-01T10:10:00Z');
  const active = (limit: number, changes: Partial<ChargingProfile> = {}): ActiveChargingProfile => ({
    start_date_time: '2026-03-01T10:00:00Z',
    charging_profile: { ...profile('A', [0, 32], [300, limit]), ...changes },
  });

  test('the limit of now is that of the last period that began', () => {
    expect(limitAt(active(16), at)).toBe(16);
    expect(limitAt(active(16), at - 400_000)).toBe(32);
    expect(limitAt(active(16, { duration: 600 }), at)).toBeUndefined();
  });

  test('more than a tenth is another limit', () => {
    expect(limitChanged(active(16), active(15), at)).toBe(false);
    expect(limitChanged(active(16), active(14), at)).toBe(true);
    expect(limitChanged(active(16), active(16, { charging_rate_unit: 'W' }), at)).toBe(true);
    expect(limitChanged(active(16), active(16, { duration: 60 }), at)).toBe(true);
  });
});

describe('preferences become limits (D7-002)', () => {
  const now = Date.parse('2026-03-01T10:00:00Z');
  const departure_time = '2026-03-01T14:00:00Z';

  test('FAST and REGULAR are not held back', () => {
    for (const profile_type of ['FAST', 'REGULAR'] as const) {
      expect(planPreferences({ profile_type, departure_time, energy_need: 20 }, AC3, now)).toEqual({
        kind: 'no-limit',
      });
    }
  });

  test('CHEAP and GREEN spread the energy over the time until departure', () => {
    expect(planPreferences({ profile_type: 'GREEN', departure_time, energy_need: 40 }, AC3, now)).toEqual({
      kind: 'limit',
      profile: {
        start_date_time: '2026-03-01T10:00:00.000Z',
        duration: 14_400,
        // 10 kW on three phases of 230 V are 14.49 A.
        ...profile('A', [0, 14.5]),
      },
    });
    const direct = planPreferences(
      { profile_type: 'CHEAP', departure_time, energy_need: 40 },
      { voltageV: 230 },
      now,
    );
    expect(direct).toMatchObject({ profile: profile('W', [0, 10_000]) });
  });

  test('below six ampere no vehicle charges', () => {
    expect(
      planPreferences({ profile_type: 'GREEN', departure_time, energy_need: 1 }, AC3, now),
    ).toMatchObject({ profile: profile('A', [0, 6]) });
  });
});
