import type { Background } from '../background.js';
import type { Committer } from '../committer.js';
import type { StationConnection } from '../edges/charger-edge.js';
import type { Feed } from '../feed.js';
import type { Log } from '../ports/log.js';
import type { StationAggregate } from './aggregate.js';
import { planInventory } from './inventory.js';
import type { OwedReports } from './owed-reports.js';
import { newPlan } from './plan.js';
import { publishStatus, type StatusPorts, statusFacts } from './publish-status.js';
import type { StationRegistry } from './registry.js';

export interface PresencePorts extends StatusPorts {
  log: Log;
  feed: Feed;
  committer: Committer;
  background: Background;
  owedReports: OwedReports;
  registry: () => StationRegistry;
}

/** Who is connected, and what partners see of a station that is away (D1.5). */
export interface Presence {
  connected(connection: StationConnection): Promise<void>;
  disconnected(stationId: string, generation: number, reason: string): void;
  /** Publishes the station's EVSEs as those of a station that is away for good. Runs inside its queue. */
  away(station: StationAggregate): Promise<void>;
  /** Publishes what is known now: hardware and locations were tied anew. Runs inside the station's queue. */
  republish(station: StationAggregate): Promise<void>;
  /** After a restart every station is away until it is back: its grace period starts now (D1-046). */
  expect(station: StationAggregate): void;
}

export function createPresence(ports: PresencePorts): Presence {
  const { clock, log, feed, settings } = ports;

  /** Does something to a station that is still away after the delay. */
  function unlessBack(
    station: StationAggregate,
    delayMs: number,
    task: (station: StationAggregate) => Promise<void>,
  ): void {
    station.cancelOfflineGrace?.();
    const stationId = station.station.id;
    station.cancelOfflineGrace = clock.after(delayMs, () => {
      station.cancelOfflineGrace = undefined;
      ports.background.persist(
        () =>
          ports.registry().run(stationId, async (current) => {
            if (!current.connection) await task(current);
          }),
        'status of an absent station not published',
        { station: stationId },
      );
    });
  }

  function startGrace(station: StationAggregate): void {
    const { offlineGraceMs, offlineInoperativeAfterMs } = settings;
    unlessBack(station, offlineGraceMs, async (current) => {
      await publishAway(current);
      if (offlineInoperativeAfterMs === 0) return;
      unlessBack(current, Math.max(0, offlineInoperativeAfterMs - offlineGraceMs), async (still) => {
        still.longOffline = true;
        await publishAway(still);
      });
    });
  }

  async function publishAway(station: StationAggregate): Promise<void> {
    const plan = newPlan(station.station.id);
    publishStatus(plan, station, station.bindings.keys(), statusFacts(station, { offline: true }), ports);
    plan.afterCommit.push(() => {
      station.offline = true;
    });
    if (plan.evseStatuses.length > 0 || !station.offline) await ports.committer.commit(plan);
    feed.publish('station', { id: station.station.id }, station.station.id);
  }

  return {
    connected(connection) {
      return ports.registry().run(connection.stationId, async (station) => {
        const { stationId: _, at, ...current } = connection;
        station.connection = { since: at, ...current };
        station.cancelOfflineGrace?.();
        station.cancelOfflineGrace = undefined;
        // What was told as UNKNOWN stays so until something newer is known (D1-041, D1-042).
        if (station.offline) station.unheard = new Set(station.bindings.keys());
        station.offline = false;
        station.longOffline = false;
        ports.owedReports.afterReconnect(station);
        const { protocol, remoteAddress: remote } = connection;
        log.info({ station: connection.stationId, protocol, remote }, 'station connected');
        feed.publish('station', { id: connection.stationId }, connection.stationId);
      });
    },
    disconnected(stationId, generation, reason) {
      ports
        .registry()
        .run(stationId, async (station) => {
          // the close of a replaced connection concerns nobody.
          if (station.connection?.generation !== generation) return;
          station.connection = undefined;
          station.awaySince = clock.now();
          station.cancelReportWait?.();
          station.cancelReportWait = undefined;
          startGrace(station);
          log.info({ station: stationId, reason }, 'station disconnected');
          feed.publish('station', { id: stationId }, stationId);
        })
        .catch((error: unknown) => log.error({ err: error, station: stationId }, 'disconnect not recorded'));
    },
    away: publishAway,
    async republish(station) {
      const plan = newPlan(station.station.id);
      publishStatus(plan, station, station.bindings.keys(), statusFacts(station), ports);
      planInventory(plan, station, station.state, clock.now());
      if (plan.evseStatuses.length + plan.attention.length > 0) await ports.committer.commit(plan);
      feed.publish('station', { id: station.station.id }, station.station.id);
    },
    expect(station) {
      if (station.connection) return;
      station.awaySince ??= clock.now();
      startGrace(station);
    },
  };
}
