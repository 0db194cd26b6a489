import type { ChargingPreferences } from '@roambridge/domain';
import type { SessionRecord } from '../model/session.js';
import { openTransaction } from './open-transaction.js';
import type { PreferencePorts } from './preferences.js';

/** A partner waits at most so long for a charger that is asked for priority, ms. */
const PRIORITY_ANSWER_MS = 5_000;

/**
 * D7-004: a charger that knows priorities is asked for one when the driver wants it FAST, and told that it ends for
 * every other wish. True when it said no. One that has no profile for it charges as limits let it, like any other.
 */
export async function isPriorityRefused(
  ports: PreferencePorts,
  { stationId, transactionId }: SessionRecord,
  { profile_type }: ChargingPreferences,
): Promise<boolean> {
  const station = ports.registry().peek(stationId);
  const open = station && openTransaction(station, transactionId);
  if (!open || station.connection?.traits.priorityCharging !== true) return false;
  const { ocppTransactionId } = open.transaction;
  const activate = profile_type === 'FAST';
  const answer = ports
    .link()
    .call(
      stationId,
      { kind: 'use-priority-charging', ocppTransactionId, activate },
      { timeoutMs: PRIORITY_ANSWER_MS, correlationId: transactionId, priority: 3 },
    );
  if (!activate) {
    ports.background.run(answer, 'end of priority charging not told', { station: stationId });
    return false;
  }
  const outcome = await answer;
  if (outcome.kind !== 'result') return true;
  return outcome.payload.status !== 'Accepted' && outcome.payload.status !== 'NoProfile';
}
