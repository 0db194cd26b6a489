import type { EpochMs } from '../roaming/common.js';
import type { Cdr, Session, UnpricedCdr } from '../roaming/session.js';
import type { Transaction } from '../transaction/transaction.js';
import { sessionOutcome } from './outcome.js';

/** What is recorded about one session: the charger's transaction, the partner's view, and its bills. */
export interface LedgerEntry {
  session: Session;
  /** Absent for a reservation that was not used. */
  transaction?: Partial<Pick<Transaction, 'stoppedReason'>> & { open: boolean; energyWh: number };
  /** All of the session, in the order in which they were made. */
  cdrs: readonly { cdr: Cdr | UnpricedCdr; corrected: boolean }[];
}

/** Something in the ledger that cannot be right (D3-050). */
export interface LedgerFinding {
  kind: 'session-without-cdr' | 'session-billed-twice' | 'session-never-over' | 'energy-differs';
  detail: string;
}

/** D3-043: a fact that came late changes no bill up to this difference. */
const TOLERANCE_WH = 10;
const WH_PER_KWH = 1000;

/** A session is over or heard of within this time: a transaction is given up after a week without a message. */
const LONGEST_SILENCE_MS = 8 * 24 * 3_600_000;

/** Whether a session has reached its final state (D2-003). */
export function isOver({ status }: Session): boolean {
  return status === 'COMPLETED' || status === 'INVALID';
}

/** D3-050: what is wrong about a session in the books; undefined = they agree. */
export function auditSession(
  { session, transaction, cdrs }: LedgerEntry,
  circumstances: { now: EpochMs; zeroEnergyCdrAfterMs: number },
): LedgerFinding | undefined {
  const credited = new Set(cdrs.map(({ cdr }) => cdr.credit_reference_id));
  const bills = cdrs.filter(({ cdr }) => cdr.credit === undefined && !credited.has(cdr.id));
  const [bill, second] = bills;
  if (second) {
    const ids = bills.map(({ cdr }) => cdr.id).join(', ');
    return { kind: 'session-billed-twice', detail: `${ids} are all in force` };
  }
  if (!isOver(session)) {
    const silentMs = circumstances.now - Date.parse(session.last_updated);
    if (transaction?.open !== false && silentMs < LONGEST_SILENCE_MS) return undefined;
    return {
      kind: 'session-never-over',
      detail: `it is ${session.status}, and its charger’s transaction ${transaction?.open ? 'silent' : 'over'}`,
    };
  }
  if (!bill) {
    // One that was taken back by a credit alone has none.
    const owed = session.status === 'COMPLETED' && cdrs.length === 0;
    return owed && isBilled(session, transaction, circumstances.zeroEnergyCdrAfterMs)
      ? { kind: 'session-without-cdr', detail: `${session.kwh} kWh have neither a CDR nor a reason` }
      : undefined;
  }
  const billedWh = Number(bill.cdr.total_energy) * WH_PER_KWH;
  if (!transaction || bill.corrected || Math.abs(billedWh - transaction.energyWh) <= TOLERANCE_WH) {
    return undefined;
  }
  return {
    kind: 'energy-differs',
    detail: `the charger’s record has ${transaction.energyWh} Wh, CDR ${bill.cdr.id} has ${bill.cdr.total_energy} kWh`,
  };
}

function isBilled(
  session: Session,
  transaction: LedgerEntry['transaction'],
  zeroEnergyCdrAfterMs: number,
): boolean {
  if (!transaction) return true;
  const facts = {
    energyWh: Number(session.kwh) * WH_PER_KWH,
    from: Date.parse(session.start_date_time),
    to: Date.parse(session.end_date_time ?? session.start_date_time),
  };
  return sessionOutcome(transaction, facts, zeroEnergyCdrAfterMs) === 'billed';
}
