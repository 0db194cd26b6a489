import { describe, expect, test } from '@jest/globals';
import { implausibleEnergy, type MeterSample, registerAt, sessionEnergy } from '../src/index.js';

const START = Date.parse('2026-03-01T10:00:00Z');
const MINUTE = 60_000;
const at = (minute: number) => START + minute * MINUTE;
const sample = (minute: number, values: Partial<MeterSample>): MeterSample => ({
  at: at(minute),
  context: 'Sample.Periodic',
  anomalies: [],
  ...values,
});
const begin = (registerWh: number) => sample(0, { context: 'Transaction.Begin', registerWh });
/** Registers five minutes apart. */
const registers = (...values: number[]) =>
  values.map((registerWh, index) => sample((index + 1) * 5, { registerWh }));
const ended = { startedAt: START, endedAt: at(60) };
const live = { startedAt: START };

describe('energy between start and stop', () => {
  test('an orderly register gives the difference of its boundaries (D2-032)', () => {
    const energy = sessionEnergy({
      ...ended,
      startWh: 100000,
      stopWh: 105000,
      samples: registers(102500, 105000),
    });
    expect(energy).toEqual({
      startWh: 100000,
      endWh: 105000,
      energyWh: 5000,
      flags: [],
      curve: [
        { at: START, wh: 100000 },
        { at: at(5), wh: 102500 },
        { at: at(10), wh: 105000 },
        { at: at(60), wh: 105000 },
      ],
    });
  });

  test('Transaction.Begin and Transaction.End give the decimals of whole registers (D2-030)', () => {
    const samples = [begin(100000.4), sample(60, { context: 'Transaction.End', registerWh: 105000.9 })];
    const energy = sessionEnergy({ ...ended, startWh: 100000, stopWh: 105000, samples });
    expect(energy).toEqual(expect.objectContaining({ startWh: 100000.4, energyWh: 5000.5, flags: [] }));
  });

  test('only the first Transaction.Begin counts, wherever it comes (D2-024, Q-56)', () => {
    const samples = [sample(5, { registerWh: 101000 }), begin(100000), begin(101000)];
    expect(sessionEnergy({ ...live, samples })).toEqual(
      expect.objectContaining({ startWh: 100000, energyWh: 1000, flags: [] }),
    );
  });

  test('without boundary values the first and the last sample count (D2-031)', () => {
    const samples = [sample(0, { registerWh: 500 }), sample(60, { registerWh: 1700 })];
    expect(sessionEnergy({ ...ended, samples })).toEqual(
      expect.objectContaining({ startWh: 500, energyWh: 1200, flags: [] }),
    );
  });

  test('samples out of order make the same curve (D2-027)', () => {
    const samples = registers(101000, 102000, 103000);
    const input = { ...ended, startWh: 100000, stopWh: 104000 };
    expect(sessionEnergy({ ...input, samples: [...samples].reverse() })).toEqual(
      sessionEnergy({ ...input, samples }),
    );
  });

  test('zero energy is zero without a flag (G36)', () => {
    expect(sessionEnergy({ ...ended, startWh: 7, stopWh: 7, samples: [] })).toEqual(
      expect.objectContaining({ energyWh: 0, flags: [] }),
    );
  });

  test('resolution differences are no faults', () => {
    const energy = sessionEnergy({
      ...ended,
      startWh: 100000,
      stopWh: 104000,
      samples: registers(99995, 104000.7),
    });
    expect(energy).toEqual(expect.objectContaining({ energyWh: 4000, flags: [] }));
    expect(energy.curve.map(({ wh }) => wh)).toEqual([100000, 100000, 104000, 104000]);
  });
});

describe('register faults (G22)', () => {
  test('(a) a drop-out in the running session is skipped (D2-027, D2-038)', () => {
    const kwhAfter = (...values: number[]) =>
      sessionEnergy({ ...live, startWh: 100000, samples: registers(...values) }).energyWh / 1000;
    expect([kwhAfter(101000), kwhAfter(101000, 0), kwhAfter(101000, 0, 102000)]).toEqual([1, 1, 2]);
  });

  test('(b) a final register of 0 gives way to the last sample (D2-033)', () => {
    expect(sessionEnergy({ ...ended, startWh: 100000, stopWh: 0, samples: registers(104000) })).toEqual(
      expect.objectContaining({ energyWh: 4000, flags: ['STOP_METER_INVALID'] }),
    );
  });

  test('(c) a reset adds the counts before and after it (D2-035)', () => {
    const energy = sessionEnergy({
      ...ended,
      startWh: 100000,
      stopWh: 2000,
      samples: registers(101000, 102000, 500, 1500),
    });
    expect(energy).toEqual(expect.objectContaining({ energyWh: 4000, flags: ['REGISTER_RESET'] }));
    expect(energy.curve.map(({ wh }) => wh)).toEqual([100000, 101000, 102000, 102500, 103500, 104000]);
  });

  test('(d) samples that count from the start of the session are put on its register (D2-034)', () => {
    const energy = sessionEnergy({
      ...ended,
      startWh: 100000,
      stopWh: 103000,
      samples: registers(1000, 2000, 3000),
    });
    expect(energy).toEqual(expect.objectContaining({ energyWh: 3000, flags: ['RELATIVE_REGISTER'] }));
    expect(energy.curve.map(({ wh }) => wh)).toEqual([100000, 101000, 102000, 103000, 103000]);
  });

  test('a final register that also counts from the start is the energy (D2-034)', () => {
    expect(
      sessionEnergy({ ...ended, startWh: 100000, stopWh: 3100, samples: registers(1000, 3000) }),
    ).toEqual(expect.objectContaining({ energyWh: 3100, flags: ['RELATIVE_REGISTER'] }));
  });

  test.each([-1, 100, undefined])(
    'a final register of %s gives way to the last sample (D2-033)',
    (stopWh) => {
      const stop = stopWh === undefined ? {} : { stopWh };
      expect(sessionEnergy({ ...ended, startWh: 100000, ...stop, samples: registers(104000) })).toEqual(
        expect.objectContaining({ energyWh: 4000, flags: ['STOP_METER_INVALID'] }),
      );
    },
  );

  test('a final register older than the last sample gives way to it', () => {
    const input = { ...ended, startWh: 100000, stopWh: 100000 };
    expect(sessionEnergy({ ...input, samples: registers(101000, 104000) })).toEqual(
      expect.objectContaining({ energyWh: 4000, flags: ['STOP_METER_INVALID'] }),
    );
    expect(sessionEnergy({ ...input, samples: registers(104000, 0) })).toEqual(
      expect.objectContaining({ energyWh: 4000, flags: ['STOP_METER_INVALID'] }),
    );
  });

  test('a drop-out of several samples is no reset: the register returns to where it was (Q-55)', () => {
    const energy = sessionEnergy({
      ...ended,
      startWh: 100000,
      stopWh: 103000,
      samples: registers(101000, 0, 0, 102000),
    });
    expect(energy).toEqual(expect.objectContaining({ energyWh: 3000, flags: [] }));
  });

  test('a count of the session that restarts and outgrows the first is a reset', () => {
    const energy = sessionEnergy({
      ...ended,
      startWh: 0,
      stopWh: 2700,
      samples: registers(1000, 200, 900, 1800),
    });
    expect(energy).toEqual(expect.objectContaining({ energyWh: 3700, flags: ['REGISTER_RESET'] }));
  });

  test('a clock that goes back makes no reset of a register that stays between its boundaries (D2-032)', () => {
    const energy = sessionEnergy({
      ...ended,
      startWh: 224922,
      stopWh: 238313,
      // By the charger's times, which went back twice.
      samples: registers(231639, 232091, 235663, 232750, 236108, 234044, 228210, 234794),
    });
    expect(energy).toEqual(expect.objectContaining({ energyWh: 13391, flags: [] }));
    expect(energy.curve.map(({ wh }) => wh)).toEqual(
      [...energy.curve.map(({ wh }) => wh)].sort((a, b) => a - b),
    );
  });

  test('a single spike is taken out', () => {
    const energy = sessionEnergy({
      ...ended,
      startWh: 100000,
      stopWh: 103000,
      samples: registers(101000, 190000, 102000, 102500),
    });
    expect(energy).toEqual(expect.objectContaining({ energyWh: 3000, flags: [] }));
  });

  test('a sample after the end does not outweigh the final register', () => {
    const samples = [...registers(104000), sample(75, { registerWh: 109000 })];
    expect(sessionEnergy({ ...ended, startWh: 100000, stopWh: 105000, samples })).toEqual(
      expect.objectContaining({ energyWh: 5000, flags: [] }),
    );
  });

  test('a falling series of 20,000 samples is followed in linear time', () => {
    const samples = Array.from({ length: 20_000 }, (_, index) =>
      sample(index / 1000, { registerWh: 1_000_000 - index * 20 }),
    );
    const before = performance.now();
    sessionEnergy({ ...live, startWh: 2_000_000, samples });
    expect(performance.now() - before).toBeLessThan(1000);
  });
});

describe('sessions without a register (D2-037)', () => {
  test('intervals add up; clock-aligned ones only where there are no others', () => {
    const samples = [
      sample(5, { intervalWh: 400 }),
      sample(10, { intervalWh: 600 }),
      sample(10, { context: 'Sample.Clock', intervalWh: 1000 }),
    ];
    expect(sessionEnergy({ ...ended, samples })).toEqual(
      expect.objectContaining({ energyWh: 1000, flags: [] }),
    );
  });

  test('power is integrated and marked as an estimate', () => {
    const samples = [
      sample(0, { powerW: 10_000 }),
      sample(30, { powerW: 10_000 }),
      sample(60, { powerW: 0 }),
    ];
    expect(sessionEnergy({ ...ended, samples })).toEqual(
      expect.objectContaining({ energyWh: 7500, flags: ['ESTIMATED'] }),
    );
  });

  test('no value at all is said so', () => {
    const nothing = { curve: [{ at: START, wh: 0 }], energyWh: 0, flags: ['NO_METER'] };
    expect(sessionEnergy({ ...ended, samples: [] })).toEqual(nothing);
    expect(sessionEnergy({ ...ended, stopWh: 500, samples: [] })).toEqual(nothing);
  });
});

describe('meters that tell net energy only (D2-039)', () => {
  const net = (...values: number[]) => values.map((netWh, index) => sample((index + 1) * 5, { netWh }));
  const took = (samples: MeterSample[], input: { startedAt: number; endedAt?: number } = ended) => {
    const { energyWh, flags, curve } = sessionEnergy({ ...input, samples });
    return { energyWh, flags, curve: curve.map(({ wh }) => wh) };
  };

  test('what a vehicle feeds back is not taken off, and is no register that began anew', () => {
    const samples = [
      sample(0, { context: 'Transaction.Begin', netWh: 5_000 }),
      ...net(6_000, 5_800, 5_500, 5_900),
      sample(60, { context: 'Transaction.End', netWh: 5_950 }),
    ];
    const expected = { energyWh: 1_450, flags: [], curve: [5_000, 6_000, 6_000, 6_000, 6_400, 6_450] };
    expect(took(samples)).toEqual(expected);
    expect(took([...samples].reverse())).toEqual(expected);
    expect(took(samples.slice(0, 4), live).energyWh).toBe(1_000);
  });

  test('the net register may be below zero', () => {
    expect(took([sample(0, { netWh: -300 }), ...net(-500, -100, 200)], live).energyWh).toBe(700);
  });

  test('a drop-out is no energy', () => {
    expect(took(net(5_000, 5_100, 0, 5_200), live)).toEqual({
      energyWh: 200,
      flags: [],
      curve: [5_000, 5_000, 5_100, 5_200],
    });
  });

  test('a register counts before it (D2-021)', () => {
    const samples = [begin(1_000), ...net(7_000, 8_000), sample(60, { registerWh: 1_600 })];
    expect(took(samples).energyWh).toBe(600);
    expect(sessionEnergy({ ...ended, startWh: 0, stopWh: 900, samples: net(7_000, 6_000) }).energyWh).toBe(
      900,
    );
  });
});

test('the register between two samples lies on the line between them (D2-046)', () => {
  const curve = [
    { at: at(0), wh: 100 },
    { at: at(10), wh: 200 },
    { at: at(20), wh: 500 },
  ];
  expect([-5, 0, 5, 10, 12, 20, 30].map((minute) => registerAt(curve, at(minute)))).toEqual([
    100, 100, 150, 200, 260, 500, 500,
  ]);
  expect(registerAt([], START)).toBeUndefined();
});

test('more energy than the connector can deliver is implausible (D2-036, G22e)', () => {
  const tenMinutes = { maxPowerW: 22_000, durationMs: 10 * MINUTE };
  expect(implausibleEnergy({ ...tenMinutes, energyWh: 900_000 })).toBe(true);
  expect(implausibleEnergy({ ...tenMinutes, energyWh: 4540 })).toBe(false);
  expect(implausibleEnergy({ ...tenMinutes, energyWh: 4541 })).toBe(true);
  expect(implausibleEnergy({ ...tenMinutes, energyWh: -1 })).toBe(true);
});
