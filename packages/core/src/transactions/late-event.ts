import type { TransactionEvent } from '@roambridge/domain';
import type { ReportedEvent, TransactionAnswer } from '../edges/charger-edge.js';
import type { FrameRecord } from '../model/journal.js';
import type { TransactionRecord } from '../model/transaction.js';
import { isProvisional, planAttention, planLateFact } from '../settlement/late-facts.js';
import type { StationAggregate } from '../stations/aggregate.js';
import { newPlan } from '../stations/plan.js';
import { answerOnly } from './answer-only.js';
import type { EventPorts } from './event-ports.js';

/** What comes after the end changes no bill, unless that end was made up; another end is shown (D2-053). */
export async function recordLate(
  ports: EventPorts,
  station: StationAggregate,
  reported: ReportedEvent,
  frame: FrameRecord,
  record: TransactionRecord,
): Promise<TransactionAnswer> {
  frame.correlationId = record.id;
  const plan = newPlan(station.station.id, frame);
  if (isProvisional(record)) {
    const event: TransactionEvent = { ...reported, ocppTransactionId: record.ocppTransactionId };
    await planLateFact(ports, plan, station, record, event);
  } else if (reported.eventType === 'Ended' && record.stoppedAt !== reported.at) {
    planAttention(plan, station, record, reported.at, ports.clock.now());
  }
  const answer = await answerOnly(ports, station, reported, plan, record.ocppTransactionId);
  for (const cdr of plan.cdrs) ports.feed.publish('cdr', cdr, station.station.id);
  return answer;
}
