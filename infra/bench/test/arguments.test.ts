import { describe, expect, test } from '@jest/globals';
import { readArguments } from '../src/arguments.js';
import { fleetSizes, planCells } from '../src/run/plan.js';

describe('arguments of the benchmark', () => {
  test('an unknown mix is refused by name', () => {
    expect(() => readArguments(['--mixes', 'tx16,tx21'])).toThrow('--mixes: "tx21" is none of');
  });

  test('a number of stations that is none is refused with its option', () => {
    expect(() => readArguments(['--stations', '100,many'])).toThrow('--stations: "many"');
  });

  test('the throughput can be left out; a list too short for three pages is refused', () => {
    const args = readArguments(['--mixes', 'none', '--paging', '--fan-out']);
    expect(args).toMatchObject({ mixes: [], paging: true, fanOut: true, latency: false, cdrs: 1_000_000 });
    expect(planCells(args)).toEqual([]);
    expect(() => readArguments(['--cdrs', '20'])).toThrow('--cdrs: "20"');
  });

  test('an option that does not exist is refused', () => {
    expect(() => readArguments(['--second', '3'])).toThrow("'--second'");
  });
});

describe('what is measured', () => {
  test('sessions run with every number of stations on PostgreSQL, all else with the first', () => {
    const cells = planCells(readArguments([]));
    expect(cells.filter(({ stations }) => stations === 500).map(({ mix }) => mix)).toEqual(['tx16', 'tx201']);
    expect(cells.filter(({ stations }) => stations === 100)).toHaveLength(4);
    expect(
      cells.filter(({ servers }) => servers.includes('PGlite')).map(({ mix, stations }) => [mix, stations]),
    ).toEqual([
      ['status', 100],
      ['tx16', 100],
      ['tx201', 100],
    ]);
  });

  test('a gateway gets only the stations that it will meet', () => {
    const args = readArguments(['--mixes', 'tx16', '--reconnect']);
    expect(fleetSizes(args, 'PGlite')).toEqual([{ protocol: 'ocpp1.6', count: 100 }]);
    expect(fleetSizes(args, 'PostgreSQL')).toEqual([{ protocol: 'ocpp1.6', count: 5_000 }]);
  });
});
