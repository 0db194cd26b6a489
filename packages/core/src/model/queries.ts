import type { EpochMs, SessionStatus } from '@roambridge/domain';
import type { CursorQuery } from '../ports/store.js';
import type { Delivery } from './delivery.js';
import type { FrameRecord } from './journal.js';

/** Sessions, newest first. */
export interface SessionQuery extends CursorQuery {
  stationId?: string;
  partnerId?: string;
  status?: SessionStatus;
  delivery?: Delivery['state'];
}

/** CDRs, newest first. */
export interface CdrQuery extends CursorQuery {
  stationId?: string;
  partnerId?: string;
  /** `held` = a person must decide first. */
  delivery?: Delivery['state'] | 'held';
  releasedFrom?: EpochMs;
  /** Not included. */
  releasedTo?: EpochMs;
}

/** What partners were told or are to be told, newest first. */
export interface DeliveryQuery extends CursorQuery {
  partnerId?: string;
  states?: readonly Delivery['state'][];
  kind?: Delivery['kind'];
}

/** Frames, newest first; the id of a frame is a cursor too, that of an answer included. */
export interface FrameQuery extends CursorQuery {
  stationId: string;
  /** Only frames of an earlier time. */
  beforeAt?: EpochMs;
  actions?: readonly string[];
  verdicts?: readonly FrameRecord['verdict'][];
}
