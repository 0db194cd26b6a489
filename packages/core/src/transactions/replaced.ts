import { type EventContext, type Transaction, type TransactionEvent, withFlag } from '@roambridge/domain';
import type { StationAggregate } from '../stations/aggregate.js';
import type { Plan } from '../stations/plan.js';
import type { EventPorts } from './event-ports.js';
import { planEvent, planTransaction } from './plan-event.js';
import { syntheticEnd } from './synthetic-end.js';
import { planUnplugged } from './unplug.js';

/**
 * D2-052: a new start on a connector, or with the same id, ends the transaction that never stopped there. Its end is
 * its last evidence (D3-042): what nobody saw is not billed. The EVSEs whose status may change by it are added to
 * `affected`. `endedBefore`: the new one is over already, and leaves those alone that began after it.
 */
export async function endReplaced(
  ports: EventPorts,
  plan: Plan,
  station: StationAggregate,
  start: TransactionEvent,
  { affected, endedBefore }: { affected: Set<number>; endedBefore: boolean },
): Promise<void> {
  if (start.eventType !== 'Started') return;
  for (const open of [...station.open.values()]) {
    const { transaction } = open;
    const sameId = transaction.ocppTransactionId === start.ocppTransactionId;
    const ended = transaction.endedAt !== undefined && !transaction.awaitsUnplug;
    if (!sameId && (ended || !isReplaced(transaction, start))) continue;
    if (!sameId && endedBefore && transaction.startedAt > start.at) continue;
    if (transaction.awaitsUnplug) {
      await planUnplugged(plan, station, open, start.at, ports);
    } else if (transaction.endedAt === undefined) {
      const context: EventContext = { flags: ['SYNTHETIC_END'] };
      const end = syntheticEnd(transaction, ports.clock.now());
      await planEvent(plan, station, open, end, ports, { context, acceptGaps: true });
    } else {
      const incomplete: Transaction = { ...transaction, flags: withFlag(transaction.flags, 'GAPS') };
      await planTransaction(plan, station, open, incomplete, ports, true);
    }
    open.cancelProgress?.();
    open.cancelGapWait?.();
    open.cancelOrphan?.();
    if (transaction.evseId !== undefined) affected.add(transaction.evseId);
  }
}

function isReplaced(transaction: Transaction, start: TransactionEvent): boolean {
  if (start.evseId === undefined || transaction.evseId !== start.evseId) return false;
  const { connectorId } = transaction;
  return connectorId === undefined || start.connectorId === undefined || connectorId === start.connectorId;
}
