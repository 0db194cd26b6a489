import type { Feed } from '../feed.js';
import type { OpenTransaction, StationAggregate } from '../stations/aggregate.js';
import { type PlannedEvent, toRecord } from './plan-event.js';

/** Shows a transaction, and what became of its session and CDR, on the live feed. */
export function tellFeed(
  feed: Feed,
  station: StationAggregate,
  open: OpenTransaction,
  planned: PlannedEvent,
): void {
  const stationId = station.station.id;
  feed.publish(
    'transaction',
    () => toRecord(planned.transaction, !planned.settled, open.session?.session.id, planned.session),
    stationId,
  );
  if (!planned.session) return;
  const { session, partnerId } = planned.session.session;
  feed.publish('session', { ...session, partner_id: partnerId, station_id: stationId }, stationId);
  if (planned.session.cdr) feed.publish('cdr', planned.session.cdr, stationId);
}
