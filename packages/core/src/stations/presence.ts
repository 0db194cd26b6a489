import type { Background } from '../background.js';
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
  background: Background;
  partners: PartnerDirectory;
  settings: CoreSettings;
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

  function startGrace(station: StationAggregate): void {
    station.cancelOfflineGrace?.();
    station.cancelOfflineGrace = clock.after(settings.offlineGraceMs, () => {
      delete station.cancelOfflineGrace;
      setOffline(station.station.id, true);
    });
  }

  async function publishAs(station: StationAggregate, offline: boolean): Promise<void> {
    const stationId = station.station.id;
    const plan = newPlan(stationId);
    const facts = statusFacts(station, { offline });
    publishStatus(plan, station, station.bindings.keys(), facts, ports);
    plan.afterCommit.push(() => {
      station.offline = offline;
    });
    if (plan.evseStatuses.length > 0 || station.offline !== offline) await ports.committer.commit(plan);
    feed.publish('station', { id: stationId }, stationId);
  }

  function setOffline(stationId: string, offline: boolean): void {
    ports.background.persist(
      () =>
        ports.registry().run(stationId, async (station) => {
          if (offline !== (station.connection !== undefined)) await publishAs(station, offline);
        }),
      'status of an absent station not published',
      { station: stationId },
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
    away: (station) => publishAs(station, true),
    republish: (station) => publishAs(station, station.offline),
    expect(station) {
      if (!station.connection) startGrace(station);
    },
  };
}
