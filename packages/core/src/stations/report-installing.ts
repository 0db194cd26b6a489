import type { Committer } from '../committer.js';
import type { FrameRecord } from '../model/journal.js';
import type { StationState } from '../model/station.js';
import type { StationAggregate } from './aggregate.js';
import { newPlan } from './plan.js';
import { publishStatus, type StatusPorts, statusFacts } from './publish-status.js';

/** D1-053: while a station installs firmware its free EVSEs are INOPERATIVE, unless it says otherwise. */
export async function reportInstalling(
  ports: StatusPorts & { committer: Committer },
  station: StationAggregate,
  installing: boolean,
  frame: FrameRecord,
): Promise<void> {
  const plan = newPlan(station.station.id, frame);
  const { installingSince: since, ...rest } = station.state;
  if (installing !== (since !== undefined)) {
    const state: StationState = installing ? { ...rest, installingSince: ports.clock.now() } : rest;
    plan.stationState = state;
    plan.afterCommit.push(() => {
      station.state = state;
    });
    publishStatus(plan, station, station.bindings.keys(), statusFacts(station, { state }), ports);
  }
  await ports.committer.commit(plan);
}
