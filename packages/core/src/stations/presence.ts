import type { Committer } from '../committer.js';
import type { StationConnection } from '../edges/charger-edge.js';
import type { Feed } from '../feed.js';
import type { PartnerDirectory } from '../partners/directory.js';
import type { Clock } from '../ports/clock.js';
import type { Log } from '../ports/log.js';
import type { CoreSettings } from '../settings.js';
import type { StationAggregate } from './aggregate.js';
import { newPlan } from './plan.js';
import { publishStatus, statusFacts } from './publish-status.js';
import type { StationRegistry } from './registry.js';

export interface PresencePorts {
  clock: Clock;
  log: Log;
  feed: Feed;
  committer: Committer;
  partners: PartnerDirectory;
  settings: CoreSettings;
  registry: () => StationRegistry;
}

/** Who is connected, and what partners see of a station that is away (D1.5). */
export interface Presence {
  connected(connection: StationConnection): Promise<void>;
  disconnected(stationId: string, generation: number, reason: string): void;
  /** After a restart every station is away until it is back: its grace period starts now (D1-046). */
  expect(station: StationAggregate): void;
}

export function createPresence(ports: PresencePorts): Presence {
  const { clock, log, feed, settings } = ports;

  function startGrace(station: StationAggregate): void {
    station.cancelOfflineGrace?.();
    station.cancelOfflineGrace = clock.after(settings.offlineGraceMs, () => {
      delete station.cancelOfflineGrace;
      setOffline(station.station.id, true);
    });
  }

  function setOffline(stationId: string, offline: boolean): void {
    ports
      .registry()
      .run(stationId, async (station) => {
        if (offline === (station.connection !== undefined) || station.offline === offline) return;
        const plan = newPlan(stationId);
        const facts = statusFacts(station, { offline });
        publishStatus(plan, station, station.bindings.keys(), facts, {
          ...ports,
          lingerMs: settings.pushLingerMs,
        });
        plan.afterCommit.push(() => {
          station.offline = offline;
        });
        await ports.committer.commit(plan);
        feed.publish('station', { id: stationId }, stationId);
      })
      .catch((error: unknown) =>
        log.error({ err: error, station: stationId }, 'status of an absent station not published'),
      );
  }

  return {
    connected(connection) {
      return ports.registry().run(connection.stationId, async (station) => {
        const { generation, protocol, traits, remoteAddress, at } = connection;
        station.connection = { generation, protocol, traits, remoteAddress, since: at };
        station.cancelOfflineGrace?.();
        delete station.cancelOfflineGrace;
        // D1-042: what was last known counts again when the station had time to say something newer.
        if (station.offline)
          clock.after(settings.reconnectSettleMs, () => setOffline(connection.stationId, false));
        log.info({ station: connection.stationId, protocol, remote: remoteAddress }, 'station connected');
        feed.publish('station', { id: connection.stationId }, connection.stationId);
      });
    },
    disconnected(stationId, generation, reason) {
      ports
        .registry()
        .run(stationId, async (station) => {
          // the close of a replaced connection concerns nobody.
          if (station.connection?.generation !== generation) return;
          delete station.connection;
          startGrace(station);
          log.info({ station: stationId, reason }, 'station disconnected');
          feed.publish('station', { id: stationId }, stationId);
        })
        .catch((error: unknown) => log.error({ err: error, station: stationId }, 'disconnect not recorded'));
    },
    expect: startGrace,
  };
}
