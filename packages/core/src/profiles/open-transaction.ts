import type { OpenTransaction, StationAggregate } from '../stations/aggregate.js';

/** The transaction while it runs. */
export function openTransaction(
  station: StationAggregate,
  transactionId: string | undefined,
): OpenTransaction | undefined {
  for (const open of station.open.values()) {
    if (open.transaction.id === transactionId) {
      return open.transaction.endedAt === undefined ? open : undefined;
    }
  }
  return undefined;
}
