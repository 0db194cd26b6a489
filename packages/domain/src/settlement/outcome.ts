import type { Transaction } from '../transaction/transaction.js';
import type { SessionFacts } from './session-facts.js';

/** Below both a session is as good as without energy (D3-011). */
const SHORT_SESSION_MS = 60_000;
const SHORT_SESSION_WH = 10;

// D3-008: stop reasons of both protocol generations by class; what is not named here ends a session like any other.
const REFUSED: ReadonlySet<string> = new Set(['DeAuthorized', 'Deauthorized']);
const FAULT: ReadonlySet<string> = new Set([
  'EmergencyStop',
  'GroundFault',
  'OvercurrentFault',
  'PowerQuality',
]);

/** What becomes of an ended session: it is billed, is over without a CDR, or is void. */
export type SessionOutcome = 'billed' | 'no-cdr' | 'void';

/**
 * D3-010, D3-011: a session that was refused or failed before it took energy is void. Any other one without energy has
 * a CDR if it was longer than `zeroEnergyCdrAfterMs` (0 = always, Infinity = never).
 */
export function sessionOutcome(
  transaction: Partial<Pick<Transaction, 'stoppedReason'>>,
  facts: Pick<SessionFacts, 'energyWh' | 'from' | 'to'>,
  zeroEnergyCdrAfterMs: number,
): SessionOutcome {
  const { energyWh, from, to } = facts;
  const reason = transaction.stoppedReason ?? '';
  if (energyWh === 0 && (REFUSED.has(reason) || FAULT.has(reason))) return 'void';
  const short = to - from < SHORT_SESSION_MS && energyWh < SHORT_SESSION_WH;
  if (energyWh > 0 && !short) return 'billed';
  return zeroEnergyCdrAfterMs === 0 || to - from > zeroEnergyCdrAfterMs ? 'billed' : 'no-cdr';
}
