import {
  type Cdr,
  type EpochMs,
  foldEvent,
  isComplete,
  isPriced,
  type Transaction,
  type TransactionEvent,
} from '@roambridge/domain';
import { stableId } from '../ids.js';
import type { CdrRecord } from '../model/session.js';
import type { TransactionRecord } from '../model/transaction.js';
import type { PartnerDirectory } from '../partners/directory.js';
import type { Clock } from '../ports/clock.js';
import type { PartnerLink } from '../ports/partner-link.js';
import type { CoreSettings } from '../settings.js';
import { eventFingerprint, type StationAggregate } from '../stations/aggregate.js';
import type { Plan } from '../stations/plan.js';
import { rememberSettled, toRecord } from '../transactions/plan-event.js';
import { syntheticEnd } from '../transactions/synthetic-end.js';
import type { CompletedSession } from './plan-cdr.js';
import { currentCdr, isUnsent, planCorrection } from './plan-correction.js';
import { rebuildTransaction } from './rebuild-transaction.js';
import { completedSessionOf, type RevisePorts } from './revise.js';

/** D3-043: below both a CDR that was sent stays as it is. */
const ENERGY_TOLERANCE_WH = 10;
const COST_TOLERANCE = 0.01;

const WH_PER_KWH = 1000;

export interface LateFactPorts extends RevisePorts {
  clock: Clock;
  partners: PartnerDirectory;
  partnerLink: () => PartnerLink;
  settings: CoreSettings & { currency: string };
}

/** Whether what a settled transaction is known by is provisional: facts of the charger's own may still replace it. */
export function isProvisional({ flags }: Pick<TransactionRecord, 'flags'>): boolean {
  return flags.includes('SYNTHETIC_END') || flags.includes('GAPS');
}

/**
 * Puts a fact into the plan that comes after its transaction was ended without it (D2-053, D3-043): the transaction is
 * rebuilt with it, and its CDR made anew or corrected. The session stays as its partner knows it (D2-003). Reads the
 * database; this is the way of messages that come hours late, not of those that come in time.
 */
export async function planLateFact(
  ports: LateFactPorts,
  plan: Plan,
  station: StationAggregate,
  record: TransactionRecord,
  event: TransactionEvent,
): Promise<void> {
  const now = ports.clock.now();
  const events = await ports.store.transactions.events(record.id);
  const fingerprint = eventFingerprint(event);
  const told =
    event.seqNo !== undefined && events.some((known) => eventFingerprint(known.event) === fingerprint);
  const before = rebuildTransaction(record, events);
  if (told || !before) return;
  const added: TransactionEvent[] = [event];
  const bySynthesis = before.flags.includes('SYNTHETIC_END') && event.eventType !== 'Ended';
  // The evidence goes on: so does the end that is made of it.
  if (bySynthesis && event.at > before.lastEventAt) {
    added.push(syntheticEnd({ ...before, lastEventAt: event.at }, now));
  }
  const apply = (transaction: Transaction): Transaction => withFacts(transaction, added);
  added.forEach((each, index) => {
    plan.transactionEvents.push({
      transactionId: record.id,
      stationId: record.stationId,
      ordinal: before.events + index,
      event: each,
      ...(index > 0 ? { context: { flags: ['SYNTHETIC_END'] } } : {}),
    });
  });
  const completed = await planCorrectedCdr(ports, plan, station, record, apply);
  const transaction =
    completed?.transaction ?? apply({ ...before, flags: record.flags as Transaction['flags'] });
  const settled = toRecord(transaction, false, record.sessionId);
  if (completed) settled.energyWh = completed.facts.energyWh;
  plan.transactions.push(settled);
  plan.afterCommit.push(() => rememberSettled(station, settled));
}

function withFacts(before: Transaction, [first, ...made]: readonly TransactionEvent[]): Transaction {
  let transaction = first ? foldEvent(before, first) : before;
  for (const end of made) transaction = foldEvent(transaction, end, { flags: ['SYNTHETIC_END'] });
  if (!isComplete(transaction)) return transaction;
  return { ...transaction, flags: transaction.flags.filter((flag) => flag !== 'GAPS') };
}

/** The session with the late fact; undefined when nobody is billed for it. */
async function planCorrectedCdr(
  ports: LateFactPorts,
  plan: Plan,
  station: StationAggregate,
  record: TransactionRecord,
  apply: (transaction: Transaction) => Transaction,
): Promise<CompletedSession | undefined> {
  if (record.sessionId === undefined) return undefined;
  const ofSession = await ports.store.cdrs.ofSession(record.sessionId);
  const current = currentCdr(ofSession);
  const completed = current && (await completedSessionOf(ports, current, { late: apply }));
  if (!current || !completed) return undefined;
  const now = ports.clock.now();
  const { transaction } = completed;
  const ended = !transaction.flags.includes('SYNTHETIC_END');
  const partner = ports.partners.get(current.partnerId);
  const circumstances = {
    now,
    doubtHoldMs: ports.settings.doubtHoldMs,
    reason: `the charger told it later: stop=${transaction.stoppedReason ?? 'unknown'}`,
    takesCredits: partner !== undefined && ports.partnerLink().takesCredits(partner),
  };
  if (isUnsent(current, now)) {
    const releaseAt = ended ? now + ports.settings.cdrSettleMs : Math.max(now, current.releaseAt);
    const { cdr } = planCorrection(plan, ofSession, completed, { ...circumstances, releaseAt });
    // It need not wait for the end any more.
    if (cdr.hold === undefined) {
      plan.dirty.push({ partnerId: cdr.partnerId, kind: 'cdr', key: cdr.cdr.id, dueAt: releaseAt });
    }
  } else if (ended && differs(current, completed)) {
    if (completed.facts.pricing?.kind === 'priced') planCorrection(plan, ofSession, completed, circumstances);
    else planAttention(plan, station, record, transaction.endedAt ?? now, now);
  }
  return completed;
}

function differs({ cdr }: CdrRecord, { facts }: CompletedSession): boolean {
  const energyWh = Number(cdr.total_energy) * WH_PER_KWH;
  if (Math.abs(energyWh - facts.energyWh) > ENERGY_TOLERANCE_WH) return true;
  const { pricing } = facts;
  if (pricing?.kind !== 'priced' || !isPriced(cdr)) return true;
  return Math.abs(costOf(cdr) - Number(pricing.total_cost.excl_vat)) >= COST_TOLERANCE;
}

function costOf({ total_cost }: Cdr): number {
  return Number(total_cost.excl_vat);
}

/** A person has to look at the CDR of a transaction about which the charger changed its mind. */
export function planAttention(
  plan: Plan,
  station: StationAggregate,
  record: TransactionRecord,
  endedAt: EpochMs,
  now: EpochMs,
): void {
  const stationId = station.station.id;
  plan.attention.push({
    id: stableId(`${record.id}:late-end:${endedAt}`),
    kind: 'transaction-ended-twice',
    subject: record.id,
    stationId,
    message: `${stationId} ended transaction ${record.ocppTransactionId} again with other facts: check its CDR`,
    createdAt: now,
  });
}
