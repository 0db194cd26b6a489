import type { StationState } from '../model/station.js';
import type { StationAggregate } from './aggregate.js';
import type { Plan } from './plan.js';
import { publishStatus, type StatusPorts, statusFacts } from './publish-status.js';

/** D1-053: while a station installs firmware its free EVSEs are INOPERATIVE, unless it says otherwise. */
export function planInstalling(
  plan: Plan,
  station: StationAggregate,
  installing: boolean,
  ports: StatusPorts,
): void {
  const { installingSince: since, ...rest } = station.state;
  if (installing === (since !== undefined)) return;
  const state: StationState = installing ? { ...rest, installingSince: ports.clock.now() } : rest;
  plan.stationState = state;
  plan.afterCommit.push(() => {
    station.state = state;
  });
  publishStatus(plan, station, station.bindings.keys(), statusFacts(station, { state }), ports);
}
