import { expect, test } from '@jest/globals';
import { differences } from '../src/client/differences.js';

const ours = {
  id: 'L1',
  name: 'Markt',
  coordinates: { latitude: '50.1' },
  images: [],
  price: 0.3,
  end: '2026-01-01T10:00:00Z',
  last_updated: '2026-01-01T10:00:00Z',
  evses: [
    { uid: 'E1', status: 'AVAILABLE', connectors: [{ id: '1', max_voltage: 230 }] },
    { uid: 'E2', status: 'CHARGING', connectors: [] },
  ],
  periods: [{ volume: 1 }],
};

test('what only has another form is the same (TY-01, TY-06, TY-09, LO-04)', () => {
  const { images: _, ...theirs } = structuredClone(ours);
  expect(
    differences(ours, {
      ...theirs,
      id: 'l1',
      price: 0.30000000000000004,
      end: '2026-01-01T10:00:00.000Z',
      last_updated: '2026-02-02T00:00:00Z',
      extra: { of: 'theirs' },
      evses: [...theirs.evses].reverse(),
      operator: null,
    }),
  ).toEqual([]);
});

test('differences are named by their place, items of lists by their id', () => {
  const theirs = structuredClone(ours);
  theirs.name = 'markt';
  theirs.evses[1]!.status = 'AVAILABLE';
  theirs.evses[0]!.connectors[0]!.max_voltage = 400;
  theirs.periods.push({ volume: 2 });
  expect(differences(ours, theirs)).toEqual([
    'name',
    'evses.E1.connectors.1.max_voltage',
    'evses.E2.status',
    'periods',
  ]);
  expect(differences(ours, { ...ours, evses: [ours.evses[0], { uid: 'E9' }] })).toEqual([
    'evses.E2',
    'evses.E9',
  ]);
  expect(differences(ours, { ...ours, coordinates: null, price: '0.3' })).toEqual(['coordinates', 'price']);
});
