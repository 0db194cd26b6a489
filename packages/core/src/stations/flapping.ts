import type { EpochMs } from '@roambridge/domain';
import type { StatusReport } from '../edges/charger-edge.js';
import { stableId } from '../ids.js';
import type { StationAggregate } from './aggregate.js';
import type { Plan } from './plan.js';

/** D1-031: more changes of one connector than this in ten minutes are flapping. */
const MAX_CHANGES = 20;
const WINDOW_MS = 600_000;
/** D1-031: a flapping connector is told when it has been steady for this long. */
const STEADY_MS = 60_000;

/** Counts the changes of a connector; one that flaps is told only when it is steady again (D1-031, Q-70). */
export function planSteadiness(
  plan: Plan,
  station: StationAggregate,
  report: StatusReport,
  now: EpochMs,
): void {
  const { evseId, connectorId, status } = report;
  if (connectorId === 0) return;
  const before = station.state.connectors.find(
    (connector) => connector.evseId === evseId && connector.connectorId === connectorId,
  );
  if (!before || before.status === status) return;
  const name = `${evseId}/${connectorId}`;
  const recent = (station.changes.get(name) ?? []).filter((at) => now - at < WINDOW_MS);
  const changes = [...recent, now].slice(-MAX_CHANGES - 1);
  const flaps = changes.length > MAX_CHANGES;
  const isNew = flaps && (station.flapping.get(evseId) ?? 0) < now;
  // Known to the plan already, so that the change that makes it flap waits as well.
  if (flaps) plan.flapping.set(evseId, now + STEADY_MS);
  plan.afterCommit.push(() => {
    station.changes.set(name, changes);
    if (flaps) station.flapping.set(evseId, now + STEADY_MS);
    else station.flapping.delete(evseId);
  });
  if (!isNew) return;
  plan.attention.push({
    id: stableId(`flapping:${station.station.id}:${name}`),
    kind: 'status-flapping',
    subject: station.station.id,
    stationId: station.station.id,
    message: `connector ${name} of ${station.station.id} changed its status more than ${MAX_CHANGES} times in ten minutes: partners are told when it is steady`,
    createdAt: now,
  });
}
