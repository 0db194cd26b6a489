import { creditCdr, isPriced } from '@roambridge/domain';
import { stableId } from '../ids.js';
import type { CdrRecord } from '../model/session.js';
import type { Plan } from '../stations/plan.js';
import { type CompletedSession, cdrIdOf, planCdr, planHoldAttention, type ReleaseTimes } from './plan-cdr.js';

/**
 * A CDR that is released this soon counts as sent: between the look at the clock and the commit it may become
 * visible, and what a partner may have seen is never changed (CD-04).
 */
const RELEASE_MARGIN_MS = 5_000;

/** Whether a CDR may still be made anew under its own id. */
export function isUnsent(record: CdrRecord, now: number): boolean {
  return record.hold !== undefined || record.releaseAt > now + RELEASE_MARGIN_MS;
}

/** The CDR of a session that counts: the newest one that is no credit and was not taken back. */
export function currentCdr(ofSession: readonly CdrRecord[]): CdrRecord | undefined {
  const credited = new Set(ofSession.map(({ cdr }) => cdr.credit_reference_id));
  return ofSession.filter(({ cdr }) => cdr.credit === undefined && !credited.has(cdr.id)).at(-1);
}

export interface CorrectionCircumstances {
  now: number;
  /** The partner's version can take a CDR back; otherwise what follows is for a person to tell (CD-25). */
  takesCredits: boolean;
  doubtHoldMs: ReleaseTimes['doubtHoldMs'];
  reason: string;
  correction?: NonNullable<CdrRecord['correction']>;
}

/** The credit of a CDR that was sent (CD-20); a partner that knows no credits is not told of it. */
export function planCredit(
  plan: Plan,
  original: CdrRecord,
  { now, takesCredits, reason }: Omit<CorrectionCircumstances, 'doubtHoldMs'>,
): CdrRecord {
  if (!isPriced(original.cdr)) throw new Error('a CDR without a price was never sent');
  const { hold: _, holdDetail: __, replaces: ___, ...facts } = original;
  const credit: CdrRecord = {
    ...facts,
    cdr: creditCdr(original.cdr, now),
    reason,
    releaseAt: now,
    createdAt: now,
  };
  plan.cdrs.push(credit);
  if (takesCredits) {
    plan.dirty.push({ partnerId: credit.partnerId, kind: 'cdr', key: credit.cdr.id, dueAt: now });
  } else {
    withhold(plan, credit, now);
  }
  return credit;
}

/**
 * Makes the CDR of a session anew (D3-030, D3-043). One that nobody saw is replaced under its id; one that was sent is
 * taken back by a credit and followed by a CDR with a new id. `releaseAt` counts for a CDR that nobody saw.
 */
export function planCorrection(
  plan: Plan,
  ofSession: readonly CdrRecord[],
  completed: CompletedSession,
  circumstances: CorrectionCircumstances & { releaseAt?: number },
): { credit?: CdrRecord; cdr: CdrRecord } {
  const { now, takesCredits, doubtHoldMs } = circumstances;
  const current = currentCdr(ofSession);
  if (current && isUnsent(current, now)) {
    return { cdr: planAnew(plan, current, completed, circumstances) };
  }
  const revision = ofSession.filter(({ cdr }) => cdr.credit === undefined).length;
  const credit = current && planCredit(plan, current, circumstances);
  const more = { ...said(circumstances), ...(current ? { replaces: current.cdr.id } : {}) };
  const id = cdrIdOf(completed.transaction.id, revision);
  const cdr = planCdr(plan, id, completed, { now, releaseAt: now, doubtHoldMs }, more);
  if (!takesCredits && cdr.hold === undefined && current) {
    unmark(plan, id);
    withhold(plan, cdr, now);
  }
  return { ...(credit ? { credit } : {}), cdr };
}

function planAnew(
  plan: Plan,
  current: CdrRecord,
  completed: CompletedSession,
  circumstances: CorrectionCircumstances & { releaseAt?: number },
): CdrRecord {
  const { now, releaseAt, doubtHoldMs } = circumstances;
  const { id } = current.cdr;
  const at = releaseAt ?? Math.max(now, current.hold === undefined ? current.releaseAt : now);
  const more = {
    ...said(circumstances),
    ...(current.replaces === undefined ? {} : { replaces: current.replaces }),
  };
  const cdr = planCdr(plan, id, completed, { now, releaseAt: at, doubtHoldMs }, more);
  cdr.createdAt = current.createdAt;
  if (current.hold === 'NOT_TELLABLE' && cdr.hold === undefined) {
    unmark(plan, id);
    withhold(plan, cdr, now);
  } else if (current.hold === undefined) {
    // It is marked already, and a second mark would tell it twice.
    unmark(plan, id);
    if (current.doubt !== undefined && cdr.doubt === undefined) planHoldAttention(plan, cdr, now, now);
  } else if (cdr.hold === undefined) {
    planHoldAttention(plan, cdr, now, now);
  }
  return cdr;
}

/** What the operator said, kept with the CDR. */
function said({ reason, correction }: CorrectionCircumstances): Pick<CdrRecord, 'reason' | 'correction'> {
  return { reason, ...(correction === undefined ? {} : { correction }) };
}

function unmark(plan: Plan, id: string): void {
  plan.dirty = plan.dirty.filter(({ kind, key }) => kind !== 'cdr' || key !== id);
}

/** CD-25: it is recorded, and a person settles it with the partner outside the protocol. */
function withhold(plan: Plan, record: CdrRecord, now: number): void {
  const { cdr } = record;
  record.hold = 'NOT_TELLABLE';
  record.holdDetail = 'the partner’s version has no credit CDRs: settle it outside the protocol';
  plan.attention.push({
    id: stableId(`${cdr.id}:hold`),
    kind: 'cdr-held:NOT_TELLABLE',
    subject: cdr.id,
    stationId: record.stationId,
    partnerId: record.partnerId,
    message: `${cdr.credit ? 'Credit' : 'Corrected'} CDR ${cdr.id} is kept back: ${record.holdDetail}`,
    createdAt: now,
  });
}
