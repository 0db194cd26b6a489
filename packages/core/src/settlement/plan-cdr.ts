import {
  type DoubtReason,
  ocpiTime,
  type Session,
  type SessionFacts,
  type SessionSubject,
  settleCdr,
  type Transaction,
} from '@roambridge/domain';
import { stableId } from '../ids.js';
import type { CdrRecord } from '../model/session.js';
import type { CoreSettings } from '../settings.js';
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

/** When a CDR is released, and how long one waits about which there is a doubt. */
export interface ReleaseTimes {
  now: number;
  releaseAt: number;
  doubtHoldMs: CoreSettings['doubtHoldMs'];
}

/** Puts the CDR of a session into the plan: released at `releaseAt`, or held and on the attention list. */
export function planCdr(
  plan: Plan,
  id: string,
  completed: CompletedSession,
  times: ReleaseTimes,
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
  if (settlement.kind === 'doubtful') {
    const waitMs = times.doubtHoldMs[settlement.hold] ?? Number.POSITIVE_INFINITY;
    if (waitMs !== Number.POSITIVE_INFINITY) {
      planDoubt(plan, record, settlement, times, waitMs);
      return record;
    }
  }
  if (settlement.kind !== 'priced') {
    record.hold = settlement.hold;
    record.holdDetail = settlement.detail;
    planHoldAttention(plan, record, times.now);
  } else {
    plan.dirty.push({ partnerId, kind: 'cdr', key: id, dueAt: times.releaseAt });
  }
  return record;
}

/** D3-012: the CDR is sent in spite of the doubt, after the time that a person has to correct it. */
function planDoubt(
  plan: Plan,
  record: CdrRecord,
  { hold, detail }: { hold: DoubtReason; detail: string },
  { now, releaseAt }: ReleaseTimes,
  waitMs: number,
): void {
  const { partnerId, stationId, cdr } = record;
  record.releaseAt = Math.max(releaseAt, now + waitMs);
  cdr.last_updated = new Date(record.releaseAt).toISOString();
  plan.dirty.push({ partnerId, kind: 'cdr', key: cdr.id, dueAt: record.releaseAt });
  if (waitMs === 0) return;
  record.doubt = hold;
  plan.attention.push({
    id: stableId(`${cdr.id}:hold`),
    kind: `cdr-doubtful:${hold}`,
    subject: cdr.id,
    stationId,
    partnerId,
    message: `CDR ${cdr.id} is sent at ${ocpiTime(record.releaseAt)} unless it is corrected: ${detail}`,
    createdAt: now,
  });
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
