import type { TransactionRecord } from '../model/transaction.js';
import type { StationAggregate } from '../stations/aggregate.js';
import { newPlan, type Plan } from '../stations/plan.js';
import { rememberSettled, toRecord } from '../transactions/plan-event.js';
import type { LateFactPorts } from './late-facts.js';
import { currentCdr, isUnsent, planCorrection } from './plan-correction.js';
import { completedSessionOf } from './revise.js';

/**
 * D3-023: the bill of a transaction that ended before the key of its meter was known, made anew with the key. One that
 * was sent stays as it is; undefined then.
 */
export async function judgedAgain(
  ports: LateFactPorts,
  station: StationAggregate,
  record: TransactionRecord,
): Promise<Plan | undefined> {
  if (record.sessionId === undefined) return undefined;
  const ofSession = await ports.store.cdrs.ofSession(record.sessionId);
  const current = currentCdr(ofSession);
  const now = ports.clock.now();
  if (!current || !isUnsent(current, now)) return undefined;
  const completed = await completedSessionOf(ports, current);
  if (!completed) return undefined;
  const plan = newPlan(station.station.id);
  planCorrection(plan, ofSession, completed, {
    now,
    // No partner has seen it, so there is nothing to take back.
    takesCredits: false,
    doubtHoldMs: ports.settings.doubtHoldMs,
    reason: 'the key of its meter was learned after its end',
    ...(current.correction ? { correction: current.correction } : {}),
  });
  const settled = toRecord(completed.transaction, false, record.sessionId);
  settled.energyWh = record.energyWh;
  plan.transactions.push(settled);
  plan.afterCommit.push(() => rememberSettled(station, settled));
  return plan;
}
