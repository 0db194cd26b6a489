import { expect, test } from '@jest/globals';
import type { Location } from '@roambridge/domain';
import { withCascade } from '../src/catalog/last-updated.js';

const NOW = Date.parse('2026-03-01T10:00:00Z');

/** The times of the location, its EVSE and the connectors of that, as they are stored. */
function stored(evse: string, connectors: string[]): unknown[] {
  const entered = {
    last_updated: '2026-01-01T00:00:00Z',
    evses: [{ last_updated: evse, connectors: connectors.map((last_updated) => ({ last_updated })) }],
  } as unknown as Location;
  const location = withCascade(entered, NOW);
  const [only] = location.evses;
  return [location.last_updated, only?.last_updated, only?.connectors.map((each) => each.last_updated)];
}

test('a connector that is newer than its EVSE raises it, and nothing is of tomorrow (LO-05)', () => {
  const now = '2026-03-01T10:00:00.000Z';
  const [early, late] = ['2026-02-01T00:00:00Z', '2026-02-02T00:00:00Z'];
  expect(stored(late, [early])).toEqual([now, late, [early]]);
  expect(stored(early, [early, late])).toEqual([now, late, [early, late]]);
  expect(stored(early, ['2026-03-02T00:00:00Z'])).toEqual([now, now, [now]]);
});
