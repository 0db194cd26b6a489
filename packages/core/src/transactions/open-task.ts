import type { Background } from '../background.js';
import type { OpenTransaction, StationAggregate } from '../stations/aggregate.js';
import type { StationRegistry } from '../stations/registry.js';

/** Runs a task about an open transaction in its station's queue, again and again until it is done; not if it settled. */
export function inStationQueue(
  ports: { background: Background; registry: () => StationRegistry },
  stationId: string,
  transactionId: string,
  task: (station: StationAggregate, open: OpenTransaction) => Promise<void>,
): void {
  ports.background.persist(
    () =>
      ports.registry().run(stationId, async (station) => {
        const open = [...station.open.values()].find(
          (candidate) => candidate.transaction.id === transactionId,
        );
        if (open) await task(station, open);
      }),
    'follow-up of a transaction failed',
    { station: stationId, transaction: transactionId },
  );
}
