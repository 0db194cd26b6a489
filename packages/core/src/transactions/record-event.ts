import type { ReportedEvent, TransactionAnswer } from '../edges/charger-edge.js';
import type { FrameRecord } from '../model/journal.js';
import { type StationAggregate, UNKNOWN_TRAITS } from '../stations/aggregate.js';
import { newPlan } from '../stations/plan.js';
import { correctEvent } from '../stations/station-quirks.js';
import { answerOnly } from './answer-only.js';
import { applyEvent } from './apply-event.js';
import type { EventPorts } from './event-ports.js';
import { identify } from './identify.js';
import { recordLate } from './late-event.js';
import { noteOddities } from './note-oddities.js';
import { matchUnassigned, planStarted, recordedAlready, recordUnassigned } from './unassigned.js';

/**
 * Records what a charger reports about a transaction. Resolves after the commit; runs inside the station's queue.
 * Nothing that a charger sends about a transaction is lost: what cannot be told apart is kept and shown (C3).
 */
export async function recordEvent(
  ports: EventPorts,
  station: StationAggregate,
  asReported: ReportedEvent,
  frame: FrameRecord,
): Promise<TransactionAnswer> {
  const reported = correctEvent(station.station, asReported);
  const traits = station.connection?.traits ?? UNKNOWN_TRAITS;
  // A time that had to be repaired is ours, and tells nothing about when the charger first reported.
  const trustedTime = !frame.anomalies.some((anomaly) => anomaly.startsWith('TIME_'));
  const found = await identify(ports.store, station, reported, traits, trustedTime);
  noteOddities(frame, reported, found);
  switch (found.kind) {
    case 'repeated': {
      frame.correlationId = found.transactionId;
      const plan = newPlan(station.station.id, frame);
      return answerOnly(ports, station, reported, plan, found.ocppTransactionId);
    }
    case 'late':
      return recordLate(ports, station, reported, frame, found.record);
    case 'unassignable':
      return recordUnassigned(ports, station, reported, frame, found);
    case 'open':
      return applyEvent(ports, station, reported, found, { frame });
    case 'new': {
      const transactionId = recordedAlready(station, reported, ports.clock.now());
      const answer = await applyEvent(ports, station, reported, found, {
        frame,
        ...(transactionId === undefined
          ? {}
          : { transactionId, also: (plan) => planStarted(plan, station, transactionId) }),
      });
      await matchUnassigned(ports, station);
      return answer;
    }
  }
}
