import type {
  AttentionRecord,
  CdrRecord,
  Delivery,
  FeedEvent,
  FeedTopic,
  FrameRecord,
  PartnerView,
  TransactionRecord,
} from '@roambridge/core';
import type { Session } from '@roambridge/domain';
import { redactFields } from '@roambridge/telemetry';
import { viewAttention } from '../views/attention.js';
import { viewCdr } from '../views/cdr.js';
import { viewDelivery } from '../views/delivery.js';
import { viewFrame } from '../views/frame.js';
import { viewPartner } from '../views/partner.js';
import { viewSession } from '../views/session.js';
import { isoTime } from '../views/times.js';
import { viewTransaction } from '../views/transaction.js';

/** How the data of each topic is shown. */
const PRESENTERS: Record<FeedTopic, (data: unknown) => unknown> = {
  station: plain,
  location: plain,
  frame: presenter<FrameRecord>(['at', 'direction', 'raw', 'verdict', 'anomalies'], viewFrame),
  transaction: presenter<TransactionRecord>(
    ['id', 'stationId', 'startedAt', 'energyWh', 'flags'],
    viewTransaction,
  ),
  session: presenter<Session & { partner_id: string; station_id: string }>(
    ['id', 'kwh', 'charging_periods', 'partner_id'],
    viewSession,
  ),
  cdr: presenter<CdrRecord>(['partnerId', 'cdr', 'releaseAt', 'createdAt'], viewCdr),
  delivery: presenter<Delivery>(['partnerId', 'kind', 'key', 'state', 'dueAt'], viewDelivery),
  partner: presenter<PartnerView>(['id', 'name', 'roles', 'endpoints', 'createdAt'], viewPartner),
  'unknown-station': plain,
  attention: presenter<AttentionRecord>(['id', 'kind', 'subject', 'createdAt'], viewAttention),
};

/** Topics of the feed. */
export const TOPICS = Object.keys(PRESENTERS).filter(isTopic);

export function isTopic(name: string): name is FeedTopic {
  return Object.hasOwn(PRESENTERS, name);
}

/**
 * What an event carries: `{at, station_id?, data}`, where `data` has the shape of the API when it is a whole record,
 * and else says which object changed (secrets masked).
 */
export function viewEvent(event: FeedEvent): Record<string, unknown> {
  return {
    at: isoTime(event.at),
    ...(event.stationId === undefined ? {} : { station_id: event.stationId }),
    data: PRESENTERS[event.topic](event.data),
  };
}

/** The feed's data has no type; a record is recognised by the members that its view reads. */
function presenter<T>(members: (keyof T & string)[], view: (record: T) => unknown) {
  const isRecord = (data: unknown): data is T =>
    typeof data === 'object' && data !== null && members.every((name) => Object.hasOwn(data, name));
  return (data: unknown): unknown => (isRecord(data) ? view(data) : plain(data));
}

function plain(data: unknown): unknown {
  return redactFields({ data }).data;
}
