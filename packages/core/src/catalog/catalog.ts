import type { Location, Tariff } from '@roambridge/domain';
import type { Lanes } from '../delivery/lanes.js';
import { RequestRefused } from '../edges/operator-edge.js';
import type { HostedParty } from '../edges/partner-edge.js';
import type { Feed } from '../feed.js';
import type { DirtyMark } from '../model/delivery.js';
import type { Partner } from '../model/partner.js';
import type { PartnerDirectory } from '../partners/directory.js';
import type { Clock } from '../ports/clock.js';
import type { PartnerLink } from '../ports/partner-link.js';
import type { Store } from '../ports/store.js';
import type { CoreSettings } from '../settings.js';
import type { StationDirectory } from '../stations/directory.js';
import type { Presence } from '../stations/presence.js';
import type { StationRegistry } from '../stations/registry.js';
import { asEntered, hasOtherCapabilities, withCapabilities } from './capabilities.js';
import { withCascade } from './last-updated.js';
import { countsAlike, requireOneTariffAtATime, requireRoomForTariff } from './one-tariff-at-a-time.js';
import type { TariffBook } from './tariff-book.js';

export interface CatalogPorts {
  store: Store;
  clock: Clock;
  feed: Feed;
  settings: CoreSettings;
  hostedParties: HostedParty[];
  partners: PartnerDirectory;
  directory: StationDirectory;
  registry: () => StationRegistry;
  tariffs: TariffBook;
  lanes: Lanes;
  presence: Presence;
  partnerLink: () => PartnerLink;
  /** A tariff counts for other sessions, or at other times, than before. */
  tariffTurned: (tariff: Tariff) => void;
}

/** The operator's static data: what is stored, who is told, and which stations it touches. */
export interface Catalog {
  putLocation(location: Location): Promise<{ created: boolean; location: Location }>;
  /** A charger told what it can do: capabilities that nobody entered follow (D1-005). */
  abilitiesChanged(stationId: string): Promise<void>;
  /** Partners whose connectors have room for one tariff are told the location anew, because another one counts (MP-03). */
  retell(location: Location): Promise<void>;
  putTariff(tariff: Tariff): Promise<{ created: boolean; tariff: Tariff }>;
  removeTariff(key: { country_code: string; party_id: string; id: string }): Promise<boolean>;
}

export function createCatalog(ports: CatalogPorts): Catalog {
  const { store, clock, feed, settings, partners, lanes } = ports;

  function requireHosted(owner: { country_code: string; party_id: string }): void {
    const hosted = ports.hostedParties.some(
      (party) => party.country_code === owner.country_code && party.party_id === owner.party_id,
    );
    if (!hosted) {
      throw new RequestRefused(
        422,
        `${owner.country_code}*${owner.party_id} is not a party of this platform (PARTIES)`,
        '/party_id',
      );
    }
  }

  function marks(
    kind: 'location' | 'tariff',
    key: { country_code: string; party_id: string; id: string },
    publish: boolean,
    concerns: (partner: Partner) => boolean = () => true,
  ): DirtyMark[] {
    return partners
      .audienceOf({ ...key, publish })
      .filter(concerns)
      .map((partner) => ({
        partnerId: partner.id,
        kind,
        key: `${key.country_code}/${key.party_id}/${key.id}`,
        dueAt: clock.now() + settings.pushLingerMs,
      }));
  }

  function requireStations(location: Location): void {
    const taken = new Map<string, number>();
    location.evses.forEach((evse, index) => {
      if (!evse.ocpp || evse.status === 'REMOVED') return;
      const { station_id, evse_id } = evse.ocpp;
      if (!ports.directory.find(station_id)) {
        throw new RequestRefused(
          422,
          `station ${station_id} is not provisioned`,
          `/evses/${index}/ocpp/station_id`,
        );
      }
      const place = `${station_id.toLowerCase()}/${evse_id}`;
      const other = taken.get(place);
      if (other !== undefined) {
        throw new RequestRefused(
          422,
          `EVSE ${evse_id} of ${station_id} is also /evses/${other}`,
          `/evses/${index}/ocpp/evse_id`,
        );
      }
      taken.set(place, index);
    });
  }

  /** the provisioned spelling of a station counts. */
  function withProvisionedIds(location: Location): Location {
    const evses = location.evses.map((evse) => {
      const station = evse.ocpp && ports.directory.find(evse.ocpp.station_id);
      return evse.ocpp && station ? { ...evse, ocpp: { ...evse.ocpp, station_id: station.id } } : evse;
    });
    return { ...location, evses };
  }

  /** A status is what the charger reports; until then nobody knows it (D1-004). */
  function withoutInventedStatus(location: Location): Location {
    const evses = location.evses.map((evse) =>
      evse.ocpp && evse.status !== 'PLANNED' && evse.status !== 'REMOVED'
        ? { ...evse, status: 'UNKNOWN' as const }
        : evse,
    );
    return { ...location, evses };
  }

  /** The gateway's own time: a change must never look older than what partners pulled before. */
  function stamped(input: Tariff): Tariff {
    return { ...input, last_updated: new Date(clock.now()).toISOString() };
  }

  async function put(input: Location): Promise<{ created: boolean; location: Location }> {
    requireHosted(input);
    requireStations(input);
    await requireOneTariffAtATime(ports.tariffs, input);
    const before = await store.locations.get(input);
    // Who was told of it has to learn that it is withdrawn.
    const dirty = marks('location', input, input.publish || before?.publish === true);
    const { location, created } = await store.locations.put(
      withCascade(withProvisionedIds(withoutInventedStatus(withCapabilities(ports, input))), clock.now()),
      dirty,
    );
    const stations = new Set<string>();
    for (const evse of [...(before?.evses ?? []), ...location.evses])
      if (evse.ocpp) stations.add(evse.ocpp.station_id);
    for (const stationId of stations) {
      await ports.registry().refresh(stationId);
      if (ports.directory.find(stationId)) {
        await ports.registry().run(stationId, (station) => ports.presence.republish(station));
      }
    }
    lanes.wake(dirty);
    feed.publish('location', {
      country_code: location.country_code,
      party_id: location.party_id,
      id: location.id,
    });
    return { created, location };
  }

  return {
    async abilitiesChanged(stationId) {
      const bindings = [...(ports.registry().peek(stationId)?.bindings.values() ?? [])];
      const keys = new Map(bindings.map(({ location }) => [location.id, location]));
      for (const key of keys.values()) {
        const known = await store.locations.get(key);
        if (known && hasOtherCapabilities(known, withCapabilities(ports, known))) await put(known);
      }
    },
    putLocation: (input) => put(asEntered(input)),
    async retell(location) {
      const known = await store.locations.get(location);
      if (!known) return;
      const dirty = marks('location', known, known.publish, ports.partnerLink().namesOneTariff);
      await store.locations.put(withCascade(known, clock.now()), dirty);
      lanes.wake(dirty);
    },
    async putTariff(input) {
      const tariff = stamped(input);
      requireHosted(tariff);
      const before = await ports.tariffs.get(tariff);
      await requireRoomForTariff(ports, before, tariff);
      const dirty = marks('tariff', tariff, true);
      const { created } = await store.tariffs.put(tariff, dirty);
      ports.tariffs.changed(tariff);
      lanes.wake(dirty);
      if (!countsAlike(before, tariff)) ports.tariffTurned(tariff);
      return { created, tariff };
    },
    async removeTariff(key) {
      const dirty = marks('tariff', key, true);
      const removed = await store.tariffs.remove(key, dirty);
      ports.tariffs.changed(key);
      lanes.wake(dirty);
      return removed;
    },
  };
}
