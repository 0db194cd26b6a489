import type { StationSnapshot, Store } from '../ports/store.js';
import { rebuildTransaction } from '../settlement/rebuild-transaction.js';
import { noteSeen, type OpenTransaction, type StationAggregate } from './aggregate.js';
import { UnknownStation } from './unknown-station.js';

/** Owner of the aggregates: loads them together, and runs what concerns one station one thing after another. */
export interface StationRegistry {
  /** Runs `task` when all earlier tasks of the station are done. Rejects when there is no such station. */
  run<T>(stationId: string, task: (station: StationAggregate) => Promise<T>): Promise<T>;
  /** The aggregate if it is in memory; to read from, not to change. */
  peek(stationId: string): StationAggregate | undefined;
  loaded(): Iterable<StationAggregate>;
  /** Reads bindings and provisioning of a loaded station again. */
  refresh(stationId: string): Promise<void>;
  /** Ends what the station waits for and takes it out of memory. */
  forget(stationId: string): void;
  /** Resolves when no station has anything to do. */
  idle(): Promise<void>;
}

export function createStationRegistry(options: {
  store: Store;
  /** Called once for every aggregate that comes into memory. */
  onLoaded: (station: StationAggregate) => void;
}): StationRegistry {
  const { store, onLoaded } = options;
  const aggregates = new Map<string, StationAggregate>();
  const tails = new Map<string, Promise<unknown>>();
  const stale = new Set<string>();
  const load = batchLoader(store);

  async function aggregateOf(stationId: string): Promise<StationAggregate> {
    const known = aggregates.get(stationId);
    if (known && !stale.has(stationId)) return known;
    const snapshot = await load(stationId);
    if (!snapshot) throw new UnknownStation(stationId);
    if (known) endTimers(known);
    // The connection and what was seen of it are not in the database: they stay as they are.
    const aggregate = known ? Object.assign(known, fromSnapshot(snapshot)) : fromSnapshot(snapshot);
    // Whatever made the commit fail: from now on nothing is taken for new without a look.
    if (known) aggregate.newestStartAt = Number.POSITIVE_INFINITY;
    stale.delete(stationId);
    aggregates.set(stationId, aggregate);
    onLoaded(aggregate);
    return aggregate;
  }

  return {
    run(stationId, task) {
      const before = tails.get(stationId);
      const start = () => {
        const known = aggregates.get(stationId);
        return known && !stale.has(stationId) ? task(known) : aggregateOf(stationId).then(task);
      };
      // A failed task is its caller's business; the next one of the station runs all the same.
      const result = before ? before.then(start, start) : start();
      tails.set(stationId, result);
      const settled = () => {
        if (tails.get(stationId) === result) tails.delete(stationId);
      };
      result.then(settled, () => {
        // C10: a commit whose outcome is not known may have been made. What is stored counts: it is read again.
        stale.add(stationId);
        settled();
      });
      return result;
    },
    peek: (stationId) => aggregates.get(stationId),
    loaded: () => aggregates.values(),
    async refresh(stationId) {
      if (!aggregates.has(stationId)) return;
      await this.run(stationId, async (aggregate) => {
        const snapshot = await load(stationId);
        if (!snapshot) return;
        aggregate.station = snapshot.station;
        aggregate.bindings = bindingsOf(snapshot);
      });
    },
    forget(stationId) {
      const aggregate = aggregates.get(stationId);
      if (aggregate) endTimers(aggregate);
      aggregates.delete(stationId);
      stale.delete(stationId);
    },
    async idle() {
      while (tails.size > 0) await Promise.allSettled(tails.values());
    },
  };
}

/** Collects the ids asked for in one turn of the event loop into one query: a storm of reconnects is a few reads. */
function batchLoader(store: Store): (stationId: string) => Promise<StationSnapshot | undefined> {
  let batch: { ids: Set<string>; answer: Promise<Map<string, StationSnapshot>> } | undefined;
  return async (stationId) => {
    if (!batch) {
      const ids = new Set<string>();
      const answer = new Promise<void>((turn) => setImmediate(turn)).then(async () => {
        batch = undefined;
        const found = await store.stations.snapshots([...ids]);
        return new Map(found.map((snapshot) => [snapshot.station.id, snapshot]));
      });
      batch = { ids, answer };
    }
    batch.ids.add(stationId);
    return (await batch.answer).get(stationId);
  };
}

function endTimers(aggregate: StationAggregate): void {
  aggregate.cancelOfflineGrace?.();
  aggregate.cancelOfflineGrace = undefined;
  aggregate.cancelStatusTimer?.();
  aggregate.cancelStatusTimer = undefined;
  aggregate.cancelReportWait?.();
  aggregate.cancelReportWait = undefined;
  for (const open of aggregate.open.values()) {
    open.cancelProgress?.();
    open.cancelGapWait?.();
    open.cancelOrphan?.();
    open.cancelProfileWatch?.();
  }
}

function fromSnapshot(snapshot: StationSnapshot): StationAggregate {
  const open = new Map<string, OpenTransaction>();
  for (const { transaction: record, events, session, profile } of snapshot.openTransactions) {
    const transaction = rebuildTransaction(record, events);
    if (!transaction) continue;
    const seen = new Set<string>();
    for (const { event } of events) noteSeen(seen, event);
    open.set(record.ocppTransactionId, {
      transaction,
      seen,
      projectedAt: session ? Date.parse(session.session.last_updated) : 0,
      ...(session ? { session } : {}),
      ...(profile ? { profile } : {}),
    });
  }
  return {
    station: snapshot.station,
    state: snapshot.state,
    bindings: bindingsOf(snapshot),
    open,
    settled: new Map(),
    newestStartAt: snapshot.newestStartAt,
    commands: snapshot.commands,
    reservations: snapshot.reservations,
    offline: false,
    longOffline: false,
    unheard: new Set(
      snapshot.bindings.filter(({ status }) => status === 'UNKNOWN').map(({ evseId }) => evseId),
    ),
    changes: new Map(),
    flapping: new Map(),
  };
}

function bindingsOf(snapshot: StationSnapshot): StationAggregate['bindings'] {
  return new Map(snapshot.bindings.map(({ evseId, ...binding }) => [evseId, binding]));
}
