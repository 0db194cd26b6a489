import type { Feed } from '../feed.js';
import type { TransactionRecord } from '../model/transaction.js';
import type { OpenTransaction, StationAggregate } from '../stations/aggregate.js';
import { type PlannedEvent, toRecord } from './plan-event.js';

/** Shows a transaction, and what became of its session and CDR, on the live feed. After their commit. */
export function tellFeed(
  feed: Feed,
  station: StationAggregate,
  open: OpenTransaction,
  planned: PlannedEvent,
): void {
  const stationId = station.station.id;
  // Refers to what is in memory anyway: events are kept for a while, and their facts must not be kept with them.
  feed.publish('transaction', () => recordNow(station, open), stationId);
  if (!planned.session) return;
  const { session, partnerId } = planned.session.session;
  feed.publish('session', () => ({ partner_id: partnerId, station_id: stationId, ...session }), stationId);
  if (planned.session.cdr) feed.publish('cdr', planned.session.cdr, stationId);
}

function recordNow(station: StationAggregate, open: OpenTransaction): TransactionRecord {
  const { transaction, session } = open;
  const isOpen = station.open.get(transaction.ocppTransactionId) === open;
  return toRecord(transaction, isOpen, session?.session.id);
}
