import type { Station } from '../model/station.js';
import type { Store } from '../ports/store.js';

/** All provisioned stations, in memory: an upgrade request is judged without a database. */
export interface StationDirectory {
  load(): Promise<void>;
  /** ignoring case; the provisioned spelling counts from here on. */
  find(identity: string): Station | undefined;
  put(station: Station): Promise<void>;
  /** Changes what is stored now, one change of a station after another; an unchanged or unknown one is not stored. */
  change(id: string, change: (station: Station) => Station): Promise<Station | undefined>;
  remove(id: string): Promise<boolean>;
  all(): Station[];
}

export function createStationDirectory({ stations }: Store): StationDirectory {
  const byIdentity = new Map<string, Station>();
  const key = (id: string) => id.toLowerCase();
  const tails = new Map<string, Promise<unknown>>();

  /** Changes of one station wait for one another: none is lost. */
  function inTurn<T>(id: string, task: () => Promise<T>): Promise<T> {
    const result = (tails.get(key(id)) ?? Promise.resolve()).then(task, task);
    tails.set(key(id), result);
    const settled = () => {
      if (tails.get(key(id)) === result) tails.delete(key(id));
    };
    result.then(settled, settled);
    return result;
  }

  async function store(station: Station): Promise<void> {
    await stations.put(station);
    byIdentity.set(key(station.id), station);
  }

  return {
    async load() {
      for (const station of await stations.list()) byIdentity.set(key(station.id), station);
    },
    find: (identity) => byIdentity.get(key(identity)),
    put: (station) => inTurn(station.id, () => store(station)),
    change: (id, change) =>
      inTurn(id, async () => {
        const station = byIdentity.get(key(id));
        if (!station) return undefined;
        const changed = change(station);
        if (changed !== station) await store(changed);
        return changed;
      }),
    async remove(id) {
      const removed = await stations.remove(id);
      byIdentity.delete(key(id));
      return removed;
    },
    all: () => [...byIdentity.values()],
  };
}
