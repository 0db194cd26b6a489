import { type EpochMs, foldEvent, merged, newTransaction, type Transaction } from '@roambridge/domain';
import type { ReportedEvent, TransactionAnswer } from '../edges/charger-edge.js';
import { stableId } from '../ids.js';
import type { FrameRecord } from '../model/journal.js';
import type { AttentionRecord } from '../model/session.js';
import type { UnassignedEvent } from '../model/station.js';
import type { StationAggregate } from '../stations/aggregate.js';
import { newPlan, type Plan } from '../stations/plan.js';
import { answerOnly } from './answer-only.js';
import { applyEvent } from './apply-event.js';
import type { EventPorts } from './event-ports.js';
import { fits, fitting, type Identified, inferred } from './identify.js';
import { toRecord } from './plan-event.js';

/** How long a message that fits no transaction waits for its start (D2-057). */
const WAIT_MS = 24 * 3_600_000;
/** Messages that wait at a station at most; above it the oldest ones are left to the journal. */
const MOST_WAITING = 100;

/**
 * Records a message of a transaction that nobody knows. An end makes a record of a transaction without a start
 * (D2-056), which no partner hears of. A start may still come: for a day the message waits for it (D2-057).
 */
export async function recordUnassigned(
  ports: EventPorts,
  station: StationAggregate,
  reported: ReportedEvent,
  frame: FrameRecord,
  { reason, fits: howMany }: Extract<Identified, { kind: 'unassignable' }>,
): Promise<TransactionAnswer> {
  const now = ports.clock.now();
  const stationId = station.station.id;
  const ended = reported.eventType === 'Ended';
  const plan = newPlan(stationId, {
    ...frame,
    verdict: ended ? 'quarantined' : frame.verdict,
    anomalies: [...frame.anomalies, `UNASSIGNABLE: ${reason}`],
  });
  const event: UnassignedEvent = {
    id: idOf(stationId, reported),
    event: reported,
    ...(frame.messageId === null ? {} : { messageId: frame.messageId }),
    ...(ended && howMany === 'none' ? { headless: true } : {}),
  };
  if (ended) plan.attention.push(attentionFor(stationId, event, reason, now));
  if (event.headless) planHeadless(plan, stationId, event);
  const waiting = stillWaiting(station, now);
  if (mayBeAwaited(reported) && !waiting.some(({ id }) => id === event.id)) {
    planWaiting(plan, station, [...waiting, event].slice(-MOST_WAITING));
  }
  return answerOnly(ports, station, reported, plan, reported.ocppTransactionId ?? '');
}

/** D2-057: after a start, what waited is told to the transaction that it fits. Runs inside the station's queue. */
export async function matchUnassigned(ports: EventPorts, station: StationAggregate): Promise<void> {
  const now = ports.clock.now();
  for (const waiting of stillWaiting(station, now).sort(byTime)) {
    const [open, another] = fitting(station, waiting.event);
    if (!open || another) continue;
    await applyEvent(ports, station, waiting.event, inferred(open, waiting.event), {
      ...(waiting.messageId === undefined ? {} : { messageId: waiting.messageId }),
      also(plan) {
        const others = stillWaiting(station, now).filter(({ id }) => id !== waiting.id);
        planWaiting(plan, station, others);
        if (waiting.event.eventType !== 'Ended') return;
        const solved = attentionFor(station.station.id, waiting, 'its start came later', now);
        plan.attention.push({ ...solved, resolvedAt: now });
      },
    });
  }
}

/** Our id of the transaction that a start belongs to, where its end came first and made the record (D2-056). */
export function recordedAlready(
  station: StationAggregate,
  start: ReportedEvent,
  now: EpochMs,
): string | undefined {
  if (start.eventType !== 'Started' || station.state.unassigned === undefined) return undefined;
  const started = folded('', station.station.id, start);
  return stillWaiting(station, now)
    .sort(byTime)
    .find(({ headless, event }) => headless && fits(started, event))?.id;
}

/** The record of a waiting end got its start: no other start may take the same id. */
export function planStarted(plan: Plan, station: StationAggregate, transactionId: string): void {
  const waiting = (station.state.unassigned ?? []).map((event) => {
    const { headless: _, ...known } = event;
    return event.id === transactionId ? known : event;
  });
  planWaiting(plan, station, waiting);
}

// D2-057: -1 says that the charger never got its id. Anything else is kept as the connector's telemetry (D2-055).
function mayBeAwaited({ eventType, ocppTransactionId }: ReportedEvent): boolean {
  return eventType === 'Ended' || (ocppTransactionId !== undefined && Number(ocppTransactionId) < 0);
}

function stillWaiting(station: StationAggregate, now: EpochMs): UnassignedEvent[] {
  return (station.state.unassigned ?? []).filter(({ event }) => event.receivedAt + WAIT_MS > now);
}

function planWaiting(plan: Plan, station: StationAggregate, waiting: UnassignedEvent[]): void {
  const { unassigned: _, ...known } = station.state;
  const state = waiting.length === 0 ? known : merged(known, { unassigned: waiting });
  plan.stationState = state;
  plan.afterCommit.push(() => {
    station.state = state;
  });
}

function planHeadless(plan: Plan, stationId: string, { id, event }: UnassignedEvent): void {
  const record = toRecord(folded(id, stationId, event), false, undefined);
  plan.transactions.push({ ...record, flags: ['HEADLESS'] });
  for (const frame of plan.frames) frame.correlationId = id;
}

function folded(id: string, stationId: string, reported: ReportedEvent): Transaction {
  const event = { ...reported, ocppTransactionId: reported.ocppTransactionId ?? '' };
  const { ocppTransactionId } = event;
  return foldEvent(newTransaction({ id, stationId, ocppTransactionId }, event), event);
}

/** The same words of the charger are the same message, however often they come. */
function idOf(stationId: string, event: ReportedEvent): string {
  const { eventType, ocppTransactionId = '', at, evseId = '', meterStopWh = '' } = event;
  return stableId([stationId, eventType, ocppTransactionId, at, evseId, meterStopWh].join('\0'));
}

function attentionFor(
  stationId: string,
  { id, headless }: UnassignedEvent,
  reason: string,
  now: EpochMs,
): AttentionRecord {
  return {
    id: stableId(`${id}:unassignable`),
    kind: 'transaction-end-unassignable',
    subject: headless ? id : stationId,
    stationId,
    message: `${stationId} ended a transaction that nobody knows: ${reason}`,
    createdAt: now,
  };
}

function byTime({ event: a }: UnassignedEvent, { event: b }: UnassignedEvent): number {
  return a.at - b.at || Number(a.eventType === 'Ended') - Number(b.eventType === 'Ended');
}
