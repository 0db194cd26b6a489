import type { Decimal, EpochMs, Price, Tariff } from '@roambridge/domain';

/** Which sessions are priced by which tariff. */
export interface WhatIf {
  tariff: Tariff;
  /** Sessions that ended at this time or later, and before `to`. */
  from: EpochMs;
  to: EpochMs;
}

/** A session as it was billed, and as it would have been. */
export interface Comparison {
  cdrId: string;
  sessionId: string;
  stationId: string;
  endedAt: EpochMs;
  energyKwh: Decimal;
  /** Absent for a CDR that is held without a price. */
  billed?: { currency: string; price: Price };
  whatIf?: { currency: string; price: Price };
  /** Why the tariff does not price it. */
  unpriceable?: string;
}
