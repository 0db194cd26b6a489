import {
  type Session,
  type SessionFacts,
  type SessionSubject,
  settleCdr,
  type Transaction,
} from '@roambridge/domain';
import { stableId } from '../ids.js';
import type { CdrRecord } from '../model/session.js';
import type { Plan } from '../stations/plan.js';

/** A completed session and all that its CDR is made of. */
export interface CompletedSession {
  partnerId: string;
  stationId: string;
  transaction: Transaction;
  subject: SessionSubject;
  session: Session;
  facts: SessionFacts;
}

/** C4: a CDR made again keeps its id. `revision` counts the CDRs that a session had before. */
export function cdrIdOf(transactionId: string, revision: number): string {
  return stableId(`${transactionId}:cdr:${revision}`);
}

/** Puts the CDR of a session into the plan: released at `releaseAt`, or held and on the attention list. */
export function planCdr(
  plan: Plan,
  id: string,
  completed: CompletedSession,
  times: { now: number; releaseAt: number },
  more: Pick<CdrRecord, 'reason' | 'replaces' | 'correction'> = {},
): CdrRecord {
  const { partnerId, stationId, transaction, subject, session, facts } = completed;
  const settlement = settleCdr(id, transaction, subject, session, facts, times.releaseAt);
  const record: CdrRecord = {
    partnerId,
    stationId,
    transactionId: transaction.id,
    cdr: settlement.cdr,
    location: subject.location,
    ...more,
    releaseAt: times.releaseAt,
    createdAt: times.now,
  };
  plan.cdrs.push(record);
  if (settlement.kind === 'held') {
    record.hold = settlement.hold;
    record.holdDetail = settlement.detail;
    planHoldAttention(plan, record, times.now);
  } else {
    plan.dirty.push({ partnerId, kind: 'cdr', key: id, dueAt: times.releaseAt });
  }
  return record;
}

/** The entry of the attention list for a CDR that is held; with `resolvedAt` it is closed. */
export function planHoldAttention(plan: Plan, record: CdrRecord, now: number, resolvedAt?: number): void {
  const { cdr, hold, holdDetail } = record;
  plan.attention.push({
    id: stableId(`${cdr.id}:hold`),
    kind: `cdr-held:${hold ?? 'RELEASED'}`,
    subject: cdr.id,
    stationId: record.stationId,
    partnerId: record.partnerId,
    message:
      hold === undefined
        ? `CDR ${cdr.id} of session ${cdr.session_id} was held and is released`
        : `CDR ${cdr.id} of session ${cdr.session_id} is held: ${holdDetail ?? hold}`,
    createdAt: now,
    ...(resolvedAt === undefined ? {} : { resolvedAt }),
  });
}
