import type { ReportedEvent, TransactionAnswer } from '../edges/charger-edge.js';
import type { StationAggregate } from '../stations/aggregate.js';
import type { Plan } from '../stations/plan.js';
import { decideToken } from './decide-token.js';
import type { EventPorts } from './event-ports.js';

/** A message that changes no running transaction: journaled with the plan, and answered as the first time. */
export async function answerOnly(
  ports: EventPorts,
  station: StationAggregate,
  reported: ReportedEvent,
  plan: Plan,
  ocppTransactionId: string,
): Promise<TransactionAnswer> {
  const decision = await decideToken(ports, station, { ...reported, eventType: 'Ended', ocppTransactionId });
  await ports.committer.commit(plan);
  return { ocppTransactionId, ...(decision && reported.idToken ? { authorization: decision.answer } : {}) };
}
