import type { Station } from '../model/station.js';
import type { Store } from '../ports/store.js';

/** All provisioned stations, in memory: an upgrade request is judged without a database. */
export interface StationDirectory {
  load(): Promise<void>;
  /** ignoring case; the provisioned spelling counts from here on. */
  find(identity: string): Station | undefined;
  put(station: Station): Promise<void>;
  remove(id: string): Promise<boolean>;
  all(): Station[];
}

export function createStationDirectory(store: Store): StationDirectory {
  const byIdentity = new Map<string, Station>();
  const key = (id: string) => id.toLowerCase();
  return {
    async load() {
      for (const station of await store.stations.list()) byIdentity.set(key(station.id), station);
    },
    find: (identity) => byIdentity.get(key(identity)),
    async put(station) {
      await store.stations.put(station);
      byIdentity.set(key(station.id), station);
    },
    async remove(id) {
      const removed = await store.stations.remove(id);
      byIdentity.delete(key(id));
      return removed;
    },
    all: () => [...byIdentity.values()],
  };
}
