import type { Rounding } from '../pricing/decimal.js';
import type { SessionPhase } from '../session/phases.js';

/** What the platform decided about its sessions' documents, as it was when the session began (D3-002). */
export interface SessionTerms {
  /** A shorter phase belongs to the one before it (D2-045); absent = `MIN_PHASE_MS`. */
  minPhaseMs?: number;
  /** No charging period is longer (D2-040). */
  maxPeriodMs?: number;
  /** What a pause counts as that the charger causes (D2-042); CHARGE unless told otherwise. */
  suspendedEvse?: SessionPhase;
  /** Parking is also what the meter shows while the charger says nothing else (D2-043). */
  inferParking?: true;
  /** Where drivers find the signed data of a CDR: a URL with `{cdr_id}` in place of its id (D3-022). */
  signedDataUrl?: string;
  /** Of the tariff's currency (OCPI TA-09). */
  rounding?: Rounding;
  /** A running session tells power, current and state of charge of its newest period (D2-047). */
  liveDimensions?: true;
}
