import { describe, expect, test } from '@jest/globals';
import { type ChargingState, chargingPhases, type RegisterPoint } from '../src/index.js';

const START = Date.parse('2026-03-01T10:00:00Z');
const at = (minute: number) => START + minute * 60_000;
const flowing: RegisterPoint[] = [
  { at: at(0), wh: 0 },
  { at: at(15), wh: 2500 },
  { at: at(60), wh: 9000 },
];
const idle: RegisterPoint[] = [
  { at: at(0), wh: 0 },
  { at: at(60), wh: 0 },
];

/** Changes as [minute, phase]. */
function phases(
  states: [minute: number, state: ChargingState][],
  curve: RegisterPoint[] = flowing,
  options: { suspendedEvse?: 'CHARGE' | 'PARK' } = {},
): [number, string][] {
  return chargingPhases({
    states: states.map(([minute, state]) => ({ at: at(minute), state })),
    curve,
    from: START,
    to: at(60),
    ...options,
  }).map((change) => [(change.at - START) / 60_000, change.phase]);
}

describe('phases of a session (D2-041)', () => {
  test('without reported states everything is charging (D2-043)', () => {
    expect(phases([])).toEqual([[0, 'CHARGE']]);
  });

  test('a vehicle that pauses after energy flowed is parking', () => {
    expect(
      phases([
        [0, 'Charging'],
        [30, 'SuspendedEV'],
        [45, 'Charging'],
      ]),
    ).toEqual([
      [0, 'CHARGE'],
      [30, 'PARK'],
      [45, 'CHARGE'],
    ]);
  });

  test('a pause by the charger is charging, unless the operator decides otherwise (D2-042)', () => {
    const states: [number, ChargingState][] = [
      [0, 'Charging'],
      [30, 'SuspendedEVSE'],
    ];
    expect(phases(states)).toEqual([[0, 'CHARGE']]);
    expect(phases(states, flowing, { suspendedEvse: 'PARK' })).toEqual([
      [0, 'CHARGE'],
      [30, 'PARK'],
    ]);
  });

  test('a vehicle with a timer parks only after five minutes (D2-044)', () => {
    expect(phases([[1, 'SuspendedEV']], idle)).toEqual([
      [0, 'CHARGE'],
      [6, 'PARK'],
    ]);
    expect(
      phases(
        [
          [1, 'SuspendedEV'],
          [5, 'Charging'],
        ],
        idle,
      ),
    ).toEqual([[0, 'CHARGE']]);
  });

  test('a repeated report does not begin the five minutes again', () => {
    const repeated = [0, 4, 8, 12].map((minute): [number, ChargingState] => [minute, 'SuspendedEV']);
    expect(phases(repeated, idle)).toEqual([
      [0, 'CHARGE'],
      [5, 'PARK'],
    ]);
  });

  test('between two samples a reported Charging says that energy flowed', () => {
    expect(
      phases([
        [0, 'Charging'],
        [10, 'SuspendedEV'],
      ]),
    ).toEqual([
      [0, 'CHARGE'],
      [10, 'PARK'],
    ]);
  });

  test('a connected vehicle is parking after energy flowed and not before', () => {
    expect(
      phases([
        [-1, 'EVConnected'],
        [1, 'Charging'],
        [40, 'EVConnected'],
      ]),
    ).toEqual([
      [0, 'CHARGE'],
      [40, 'PARK'],
    ]);
  });
});
