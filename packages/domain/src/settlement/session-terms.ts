import type { Rounding } from '../pricing/decimal.js';

/** What the platform decided about its sessions' documents, as it was when the session began (D3-002). */
export interface SessionTerms {
  /** No charging period is longer (D2-040). */
  maxPeriodMs?: number;
  /** Of the tariff's currency (OCPI TA-09). */
  rounding?: Rounding;
  /** A running session tells power, current and state of charge of its newest period (D2-047). */
  liveDimensions?: true;
}
