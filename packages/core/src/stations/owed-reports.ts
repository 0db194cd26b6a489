import type { EpochMs } from '@roambridge/domain';
import type { Background } from '../background.js';
import type { Committer } from '../committer.js';
import { stableId } from '../ids.js';
import type { Log } from '../ports/log.js';
import type { StationLink } from '../ports/station-link.js';
import type { StationAggregate } from './aggregate.js';
import { connectorsOf, nameOf } from './inventory.js';
import { newPlan } from './plan.js';
import { publishStatus, type StatusPorts, statusFacts } from './publish-status.js';
import type { StationRegistry } from './registry.js';

/** D1-041, D1-045: how long a charger has to report its connectors by itself, and again when it was asked. */
const REPORT_WAIT_MS = 60_000;
/** nothing is asked of a charger right after it booted. */
const QUIET_AFTER_BOOT_MS = 2_000;

/** The reports about its connectors that a charger owes after it came back. */
export interface OwedReports {
  /** Inside the station's queue, right after it connected. */
  afterReconnect(station: StationAggregate): void;
  /** Inside the station's queue, after an accepted boot. */
  afterBoot(station: StationAggregate): void;
  /** Inside the station's queue: what was reported does not fit its EVSEs any more (D1-002). */
  regrouped(station: StationAggregate): Promise<void>;
}

export function createOwedReports(
  ports: StatusPorts & {
    log: Log;
    committer: Committer;
    background: Background;
    registry: () => StationRegistry;
    link: () => StationLink;
  },
): OwedReports {
  const { clock, settings, log } = ports;

  /** Runs in the station's queue after the delay, if the same connection is still there. */
  function later(
    station: StationAggregate,
    delayMs: number,
    task: (station: StationAggregate) => Promise<void>,
  ): void {
    station.cancelReportWait?.();
    const stationId = station.station.id;
    const generation = station.connection?.generation;
    station.cancelReportWait = clock.after(delayMs, () => {
      station.cancelReportWait = undefined;
      ports.background.persist(
        () =>
          ports.registry().run(stationId, async (current) => {
            if (current.connection && current.connection.generation === generation) await task(current);
          }),
        'status after a reconnect not published',
        { station: stationId },
      );
    });
  }

  /** D1-042: it did not boot, so what was last known counts; whether it changed meanwhile is asked. */
  async function restore(station: StationAggregate): Promise<void> {
    const unheard = [...station.unheard];
    station.unheard.clear();
    const plan = newPlan(station.station.id);
    publishStatus(plan, station, unheard, statusFacts(station), ports);
    if (plan.evseStatuses.length > 0) await ports.committer.commit(plan);
    if (station.state.connectors.length > 0) ask(station, unheard);
  }

  /** D1-041, D1-045: asks once for what is missing; what stays missing is not known. */
  async function demand(station: StationAggregate, since: EpochMs): Promise<void> {
    const silent = silentSince(station, since);
    if (silent.length === 0) return;
    ask(station, silent);
    later(station, REPORT_WAIT_MS, (still) => giveUp(still, since));
  }

  async function giveUp(station: StationAggregate, since: EpochMs): Promise<void> {
    const silent = silentSince(station, since);
    if (silent.length === 0) return;
    const { id } = station.station;
    const now = clock.now();
    const plan = newPlan(id);
    for (const evseId of silent) station.unheard.add(evseId);
    publishStatus(plan, station, silent, statusFacts(station), ports);
    plan.attention.push({
      id: stableId(`silent:${id}`),
      kind: 'connector-not-reported',
      subject: id,
      stationId: id,
      message: `${id} does not report ${silent.map((evseId) => nameOf({ evseId, connectorId: 1 })).join(', ')}, which its location has`,
      createdAt: now,
    });
    await ports.committer.commit(plan);
  }

  function ask(station: StationAggregate, evseIds: readonly number[]): void {
    const stationId = station.station.id;
    for (const evseId of evseIds) {
      const binding = station.bindings.get(evseId);
      if (!binding || binding.status === 'PLANNED') continue;
      for (const connectorId of connectorsOf(binding)) {
        ports
          .link()
          .call(stationId, { kind: 'trigger-status', evseId, connectorId }, { priority: 4 })
          .catch((error: unknown) => log.warn({ err: error, station: stationId }, 'status not asked for'));
      }
    }
  }

  return {
    afterReconnect(station) {
      const since = station.connection?.since ?? clock.now();
      const { offlineThresholdMs } = station.state;
      const awayMs = since - (station.awaySince ?? since);
      // D1-045: after a longer absence it reports everything by itself.
      if (offlineThresholdMs !== undefined && awayMs > offlineThresholdMs) {
        later(station, REPORT_WAIT_MS, (current) => demand(current, since));
      } else {
        later(station, settings.reconnectSettleMs, restore);
      }
    },
    async regrouped(station) {
      if (station.state.connectors.length === 0) return;
      const state = { ...station.state, connectors: [] };
      const plan = newPlan(station.station.id);
      plan.stationState = state;
      plan.afterCommit.push(() => {
        station.state = state;
      });
      await ports.committer.commit(plan);
      const since = clock.now();
      if (station.connection) later(station, 0, (current) => demand(current, since));
    },
    afterBoot(station) {
      if (settings.bootStatus === 'none') return;
      const since = clock.now();
      if (settings.bootStatus === 'all') {
        later(station, QUIET_AFTER_BOOT_MS, async (current) => {
          ask(current, [...current.bindings.keys()]);
          later(current, REPORT_WAIT_MS, (still) => demand(still, since));
        });
      } else {
        later(station, REPORT_WAIT_MS, (current) => demand(current, since));
      }
    },
  };
}

/** EVSEs in operation of which nothing was heard since. */
function silentSince(station: StationAggregate, since: EpochMs): number[] {
  return [...station.bindings].flatMap(([evseId, { status }]) => {
    if (status === 'PLANNED' || status === 'REMOVED') return [];
    const reported = station.state.connectors.some(
      (connector) => connector.evseId === evseId && connector.receivedAt >= since,
    );
    return reported ? [] : [evseId];
  });
}
