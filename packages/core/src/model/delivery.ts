import type { EpochMs } from '@roambridge/domain';

export type DeliveryKind =
  | 'location'
  | 'evse'
  | 'tariff'
  | 'session'
  | 'cdr'
  | 'command-result'
  | 'charging-profile'
  | 'invoice';

/** "This partner must be told the newest state of this object." */
export interface DirtyMark {
  partnerId: string;
  kind: DeliveryKind;
  /** Object key: `CC/PID/id` (locations, tariffs, invoices), `CC/PID/location/evse_uid`, or the id. */
  key: string;
  /** Not before this time. */
  dueAt: EpochMs;
  /**
   * Only progress: wait until this long after the partner last acknowledged the object (D2-081).
   * Absent = urgent, an earlier due time of the mark is brought forward.
   */
  minIntervalMs?: number;
}

/** Row of the dirty set: what a partner was last told and what it still has to be told. */
export interface Delivery {
  id: string;
  partnerId: string;
  kind: DeliveryKind;
  key: string;
  /** `discarded`: a person decided that the partner need not be told. */
  state: 'pending' | 'acknowledged' | 'parked' | 'discarded';
  /** Raised by every mark; what was told is remembered beside it. */
  version: number;
  toldVersion: number;
  dueAt: EpochMs;
  attempts: number;
  /** What was last acknowledged, enough to decide between PUT and PATCH. */
  told?: Record<string, unknown>;
  acknowledgedAt?: EpochMs;
  /** CDRs: the Location header of the partner's answer (CD-02). */
  remoteUrl?: string;
  lastError?: string;
}

/** Result of working on a delivery. */
export interface DeliveryUpdate {
  partnerId: string;
  kind: DeliveryKind;
  key: string;
  /** The version that was told; a newer mark keeps the row pending. */
  version: number;
  outcome: 'acknowledged' | 'retry' | 'parked' | 'postponed';
  at: EpochMs;
  /** For `retry` and `postponed`. */
  nextAt?: EpochMs;
  told?: Record<string, unknown>;
  remoteUrl?: string;
  error?: string;
}
