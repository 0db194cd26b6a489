import type { ReportedEvent, TransactionAnswer } from '../edges/charger-edge.js';
import type { FrameRecord } from '../model/journal.js';
import { type StationAggregate, UNKNOWN_TRAITS } from '../stations/aggregate.js';
import { newPlan } from '../stations/plan.js';
import { correctEvent } from '../stations/station-quirks.js';
import { answerOnly } from './answer-only.js';
import { applyEvent } from './apply-event.js';
import type { EventPorts } from './event-ports.js';
import { type Identified, identify, identifyOpen } from './identify.js';
import { recordLate } from './late-event.js';
import { noteOddities } from './note-oddities.js';
import { matchUnassigned, planStarted, recordedAlready, recordUnassigned } from './unassigned.js';

/**
 * Records what a charger reports about a transaction. Resolves after the commit; runs inside the station's queue.
 * Nothing that a charger sends about a transaction is lost: what cannot be told apart is kept and shown (C3).
 */
export function recordEvent(
  ports: EventPorts,
  station: StationAggregate,
  asReported: ReportedEvent,
  frame: FrameRecord,
): Promise<TransactionAnswer> {
  const reported = correctEvent(station.station, asReported);
  const traits = station.connection?.traits ?? UNKNOWN_TRAITS;
  // Most events belong to what is open, and nobody needs to be asked.
  const known = identifyOpen(station, reported, traits);
  if (known) return recordFound(ports, station, reported, known, frame);
  // A time that had to be repaired is ours, and tells nothing about when the charger first reported.
  const trustedTime = !frame.anomalies.some((anomaly) => anomaly.startsWith('TIME_'));
  return identify(ports.store, station, reported, traits, trustedTime).then((found) =>
    recordFound(ports, station, reported, found, frame),
  );
}

function recordFound(
  ports: EventPorts,
  station: StationAggregate,
  reported: ReportedEvent,
  found: Identified,
  frame: FrameRecord,
): Promise<TransactionAnswer> {
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
    case 'new':
      return recordNew(ports, station, reported, found, frame);
  }
}

async function recordNew(
  ports: EventPorts,
  station: StationAggregate,
  reported: ReportedEvent,
  found: Extract<Identified, { kind: 'new' }>,
  frame: FrameRecord,
): Promise<TransactionAnswer> {
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
