import { createHash } from 'node:crypto';
import { listSource } from '@roambridge/domain';
import type { Background } from '../background.js';
import type { Committer } from '../committer.js';
import { stableId } from '../ids.js';
import type { Clock } from '../ports/clock.js';
import type { LocalListLimits } from '../ports/local-list-link.js';
import type { Log } from '../ports/log.js';
import type { StationLink } from '../ports/station-link.js';
import type { Store } from '../ports/store.js';
import type { CoreSettings } from '../settings.js';
import type { StationAggregate } from '../stations/aggregate.js';
import { UNKNOWN_TRAITS } from '../stations/aggregate.js';
import { newPlan } from '../stations/plan.js';
import type { StationRegistry } from '../stations/registry.js';
import type { Candidates } from './candidates.js';
import { forgetOnList, type HashedSource, type SyncResult, syncStation } from './sync-station.js';

/** stations whose lists are brought up to date at a time. */
const AT_A_TIME = 8;
/** D4-042: all lists are compared again. */
const RECONCILE_MS = 24 * 3_600_000;
/** Entries of a station that names no limit. */
const DEFAULT_MAX_ENTRIES = 1_000;

/** Lists with which stations authorize while they have no connection (D4.4). */
export interface LocalLists {
  start(): void;
  /** The station booted or came back. */
  connected(stationId: string): void;
  /** The holder of the card was cleared at the station: it goes from the list there. */
  forget(stationId: string, uid: string): void;
  /** Tokens changed: all stations will be told, after the time in which changes are collected. */
  tokensChanged(): void;
}

export interface LocalListPorts {
  store: Store;
  clock: Clock;
  log: Log;
  settings: Pick<CoreSettings, 'localLists' | 'localListDelayMs'>;
  committer: Committer;
  background: Background;
  candidates: Candidates;
  registry: () => StationRegistry;
  link: () => StationLink;
}

/** What is known of a station's list during one connection. */
interface Known {
  generation: number;
  limits: LocalListLimits;
}

export function createLocalLists(ports: LocalListPorts): LocalLists {
  const { store, clock, settings, background, candidates } = ports;
  const known = new Map<string, Known>();
  /** Stations without a list, by the connection in which they said so. */
  const without = new Map<string, number>();
  const queue = new Set<string>();
  const sources = new Map<string, HashedSource>();
  let underWay = 0;
  let collecting = false;

  function enqueue(stationId: string): void {
    queue.add(stationId);
    next();
  }

  function next(): void {
    while (underWay < AT_A_TIME) {
      const [stationId] = queue;
      if (stationId === undefined) return;
      queue.delete(stationId);
      underWay += 1;
      const work = sync(stationId).finally(() => {
        underWay -= 1;
        next();
      });
      background.run(work, 'local list not brought up to date', { station: stationId });
    }
  }

  async function sync(stationId: string): Promise<void> {
    const station = ports.registry().peek(stationId);
    const generation = station?.connection?.generation;
    if (!station || generation === undefined || station.state.boot?.status !== 'Accepted') return;
    if (without.get(stationId) === generation) return;
    const link = ports.link().localLists;
    let reported: number | undefined;
    let mine = known.get(stationId);
    if (mine?.generation !== generation) {
      known.delete(stationId);
      const version = await link.version(stationId);
      if (version === 'not-supported') without.set(stationId, generation);
      if (typeof version !== 'number') return;
      const limits = await link.limits(stationId);
      if (!limits) return;
      reported = version;
      mine = { generation, limits };
    }
    if (!mine.limits.enabled) {
      without.set(stationId, generation);
      return;
    }
    const wanted = await sourceFor(station, mine.limits);
    const result = await syncStation({ link, store }, stationId, wanted, mine.limits, reported);
    // After an answer that did not come the station is asked again what it has.
    if (result === 'told' || result === 'current') known.set(stationId, mine);
    else known.delete(stationId);
    if (result === 'not-supported') without.set(stationId, generation);
    await report(stationId, result);
  }

  async function sourceFor(station: StationAggregate, limits: LocalListLimits): Promise<HashedSource> {
    const { idTokenMaxLength } = station.connection?.traits ?? UNKNOWN_TRAITS;
    const maxEntries = limits.maxEntries ?? DEFAULT_MAX_ENTRIES;
    const traits = { idTokenMaxLength, preAuthorize: limits.preAuthorize, maxEntries };
    const key = JSON.stringify(traits);
    const made = sources.get(key);
    if (made) return made;
    const source = listSource(await candidates.all(), traits, clock.now());
    const hash = createHash('sha256')
      .update(JSON.stringify([source.accepted, [...source.blocked.keys()].sort()]))
      .digest('base64url');
    const hashed = { source, hash, maxEntries };
    sources.set(key, hashed);
    return hashed;
  }

  /** D4-042: a list that is refused as a whole is a person's business. */
  async function report(stationId: string, result: SyncResult): Promise<void> {
    ports.log.debug({ station: stationId, result }, 'local list');
    if (result !== 'refused') return;
    const plan = newPlan(stationId);
    plan.attention.push({
      id: stableId(`${stationId}:local-list:${Math.floor(clock.now() / RECONCILE_MS)}`),
      kind: 'local-list-refused',
      subject: stationId,
      stationId,
      message: `${stationId} does not take its local list: it authorizes by an old one while it has no connection`,
      createdAt: clock.now(),
    });
    await ports.committer.commit(plan);
  }

  function allStations(): void {
    for (const { station, connection } of ports.registry().loaded()) if (connection) enqueue(station.id);
  }

  function reconcileLater(): void {
    clock.after(RECONCILE_MS, () => {
      known.clear();
      without.clear();
      sources.clear();
      candidates.forget();
      allStations();
      reconcileLater();
    });
  }

  return {
    start() {
      if (settings.localLists) reconcileLater();
    },
    connected(stationId) {
      if (settings.localLists) clock.after(settings.localListDelayMs, () => enqueue(stationId));
    },
    forget(stationId, uid) {
      const world = { link: ports.link().localLists, store };
      background.run(forgetOnList(world, stationId, uid), 'card not taken off the local list', {
        station: stationId,
      });
    },
    tokensChanged() {
      if (!settings.localLists || collecting) return;
      collecting = true;
      clock.after(settings.localListDelayMs, () => {
        collecting = false;
        sources.clear();
        allStations();
      });
    },
  };
}
