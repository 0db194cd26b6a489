import type { Background } from '../background.js';
import type { Committer } from '../committer.js';
import { stableId } from '../ids.js';
import type { Clock } from '../ports/clock.js';
import { newPlan } from './plan.js';
import { quirksOf } from './quirks-in-force.js';
import type { StationRegistry } from './registry.js';

export interface SuggestionPorts {
  clock: Clock;
  background: Background;
  committer: Committer;
  registry: () => StationRegistry;
}

/** Puts the suggestion to switch a quirk on for a station on the attention list. Nothing is switched on unasked. */
export function suggestQuirk(ports: SuggestionPorts, stationId: string, quirk: string, reason: string): void {
  const task = ports.registry().run(stationId, async (station) => {
    if (quirksOf(station.station, station.state).includes(quirk)) return;
    const plan = newPlan(stationId);
    plan.attention.push({
      id: stableId(`${stationId}:quirk:${quirk}`),
      kind: 'station-quirk-suggested',
      subject: stationId,
      stationId,
      message: `${stationId} ${reason}: give the station the quirk ${quirk}`,
      createdAt: ports.clock.now(),
    });
    await ports.committer.commit(plan);
  });
  ports.background.run(task, 'quirk not suggested');
}
