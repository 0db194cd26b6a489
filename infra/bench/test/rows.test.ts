import { describe, expect, test } from '@jest/globals';
import { median } from '../src/report/median.js';
import { multipleRowsOf, rowsOf } from '../src/report/rows.js';
import type { Measurement } from '../src/run/measure.js';

function found(subject: Measurement['subject'], messagesPerSecond: number): Measurement {
  return { subject, mix: 'tx16', stations: 100, messagesPerSecond, p50Ms: 1, p99Ms: 2 };
}

describe('rows of the result', () => {
  test('every round is compared with the raw server of its own round', () => {
    const rows = rowsOf([
      found('raw ws', 80_000),
      found('PostgreSQL', 8_000),
      found('raw ws', 40_000),
      found('PostgreSQL', 8_000),
    ]);
    const row = rows.find(({ server }) => server === 'PostgreSQL');
    expect(row?.ratio).toBeCloseTo(0.15);
    expect(row?.reached).toBe(true);
    expect(row?.figures.messagesPerSecond).toBe(8_000);
  });

  test('a share below the first bar is a bar that is missed', () => {
    const rows = rowsOf([found('raw ws', 80_000), found('PGlite', 6_000)]);
    expect(rows.map(({ reached }) => reached)).toEqual([undefined, false]);
  });

  test('memory counts as a multiple of raw ws, which must not be exceeded', () => {
    const cost = (kiBPerStation: number) => ({ stations: 5_000, seconds: 1, kiBPerStation });
    const [row] = multipleRowsOf({
      measurements: [],
      ledgers: [],
      memory: [
        { server: 'raw ws', cost: cost(10) },
        { server: 'PostgreSQL', cost: cost(45) },
      ],
      reconnect: [],
      console: [],
      compared: [],
    });
    expect(row).toMatchObject({ multiple: 4.5, reached: false });
  });

  test('the median of an even number of rounds lies between the two in the middle', () => {
    expect(median([4, 1, 2, 9])).toBe(3);
  });
});
