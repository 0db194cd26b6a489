import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ConnectorStatus, EvseStatus } from '@roambridge/domain';
import { ManualClock } from '../../../apps/gateway/test/support/manual-clock.js';
import { frame, type RunningCore, startCore } from './support/running-core.js';

const SEQUENCES = 25;
const LONGEST = 30;
/** Longer than any debounce, and than the minute that a flapping connector must be steady. */
const SETTLE_MS = 120_000;

const AS_EVSE = {
  Available: 'AVAILABLE',
  Occupied: 'CHARGING',
  Reserved: 'RESERVED',
  Unavailable: 'INOPERATIVE',
  Faulted: 'OUTOFORDER',
} as const satisfies Record<ConnectorStatus, EvseStatus>;

const CONNECTOR = Object.keys(AS_EVSE) as ConnectorStatus[];
const STATION: ConnectorStatus[] = ['Available', 'Unavailable', 'Faulted'];
const PAUSES_MS = [100, 700, 1_000, 2_900, 4_000, 6_000, 31_000, 70_000];

let clock: ManualClock;
let running: RunningCore;

beforeAll(async () => {
  clock = new ManualClock(Date.UTC(2026, 2, 1, 10));
  running = await startCore(undefined, { clock, settings: { statusDebounceMs: 3_000, pushLingerMs: 250 } });
  await pass(SETTLE_MS);
});

afterAll(() => running.stop());

const pass = (ms: number) => clock.moveTo(clock.now() + ms, () => running.core.idle());

/** Numbers that are the same for a seed, so that a sequence can be played again. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** What the last reports come to: the station's word covers a free connector until the connector reports anew. */
function expected(connector: ConnectorStatus, station: ConnectorStatus, stationIsNewer: boolean): EvseStatus {
  const own = AS_EVSE[connector];
  if (!stationIsNewer || (own !== 'AVAILABLE' && own !== 'RESERVED')) return own;
  if (station === 'Faulted') return 'OUTOFORDER';
  return station === 'Unavailable' ? 'INOPERATIVE' : own;
}

test('whatever is reported, the published status settles to what the last reports say, and no partner is told the same twice (D1-020, D1-023, D1-030)', async () => {
  let connector: ConnectorStatus | undefined;
  let station: ConnectorStatus = 'Available';
  let stationIsNewer = false;
  for (let seed = 1; seed <= SEQUENCES; seed += 1) {
    const below = seeded(seed);
    const steps = 1 + below(LONGEST);
    // Some sequences are quick enough to flap.
    const pauses = below(3) === 0 ? [100] : PAUSES_MS;
    for (let step = 0; step < steps; step += 1) {
      const isStation = connector !== undefined && below(5) === 0;
      const words = isStation ? STATION : CONNECTOR;
      const status = words[below(words.length)] ?? 'Available';
      const evseId = isStation ? 0 : 1;
      await running.core.charger.reportStatus(
        'CS-1',
        { evseId, connectorId: evseId, status, rawStatus: status, at: clock.now() },
        { ...frame('StatusNotification'), at: clock.now() },
      );
      if (isStation) station = status;
      else connector = status;
      stationIsNewer = isStation;
      await pass(pauses[below(pauses.length)] ?? 0);
    }
    await pass(SETTLE_MS);
    const settled = expected(connector ?? 'Available', station, stationIsNewer);
    const view = await running.core.operator.station('CS-1');
    expect([seed, view?.evses[0]?.status]).toEqual([seed, settled]);
    const told = running.told.flatMap((notice) => (notice.kind === 'evse-status' ? [notice.evse] : []));
    expect([seed, told.at(-1)?.status]).toEqual([seed, settled]);
    for (const [index, evse] of told.entries()) {
      const before = told[index - 1];
      if (!before) continue;
      expect([seed, index, evse.status]).not.toEqual([seed, index, before.status]);
      expect(Date.parse(evse.last_updated)).toBeGreaterThan(Date.parse(before.last_updated));
    }
  }
});
