import type { ChargerEdge, FrameRecord } from '@roambridge/core';
import type { EpochMs } from '@roambridge/domain';
import type { OcppCounters } from '../counters.js';
import type { Protocol } from '../protocol.js';
import type { WireObject } from '../wire.js';
import { schemaAnomaly } from './answer-call.js';
import { ERROR_CODES } from './error-codes.js';
import { type Frame, type MessageId, payloadObject } from './frame.js';
import type { OutboundCalls } from './outbound-calls.js';
import { frameRecord } from './records.js';

export type AnswerFrame = Extract<Frame, { kind: 'result' | 'error' }>;

interface AnswerWorld {
  edge: ChargerEdge;
  protocol: Protocol;
  stationId: string;
  counters: OcppCounters;
  outbound: OutboundCalls;
  /** Tells the charger that its answer cannot be read, where its version has words for that. */
  refuse(record: FrameRecord, id: MessageId, description: string): void;
}

const NOT_AN_OBJECT = 'The payload is not a JSON object';

/** A charger's answer to a call of ours: journaled, checked and given to whoever waits for it. */
export function receiveAnswer(
  world: AnswerWorld,
  frame: AnswerFrame,
  received: { raw: string; at: EpochMs; anomalies: readonly string[] },
): void {
  const { edge, protocol, stationId, counters, outbound } = world;
  const messageId = String(frame.id);
  const call = outbound.find(messageId);
  const record = frameRecord({
    stationId,
    at: received.at,
    direction: 'in',
    messageType: frame.kind === 'result' ? 3 : 4,
    messageId: frame.id,
    action: call?.action ?? null,
    raw: received.raw,
    ...(call === undefined ? {} : { correlationId: call.correlationId }),
  });
  record.anomalies.push(...received.anomalies);
  if (call === undefined) {
    record.verdict = 'quarantined';
    record.anomalies.push('UNKNOWN_MESSAGE_ID');
    edge.note(record);
    return;
  }
  record.latencyMs = received.at - call.sentAt;
  const payload = frame.kind === 'result' ? payloadObject(frame.payload) : undefined;
  if (payload !== undefined) {
    const violations = protocol.schemas.diagnoseResponse(call.action, payload) ?? [];
    for (const violation of violations) record.anomalies.push(schemaAnomaly(violation));
  } else if (frame.kind === 'result') {
    record.anomalies.push('PAYLOAD_NOT_AN_OBJECT');
  }
  const settled = outbound.settle(messageId, outcomeOf(frame, payload, ERROR_CODES[protocol.name].format));
  const late = settled?.kind === 'late';
  if (late) record.anomalies.push('LATE_RESULT');
  if (record.anomalies.length > 0) record.verdict = 'repaired';
  edge.note(record);
  if (frame.kind === 'result' && payload === undefined) world.refuse(record, frame.id, NOT_AN_OBJECT);
  if (!late) return;
  counters.lateResults += 1;
  if (payload !== undefined) edge.lateResult(stationId, messageId, payload);
}

function outcomeOf(frame: AnswerFrame, payload: WireObject | undefined, formatCode: string) {
  if (frame.kind === 'error')
    return { kind: 'error', code: frame.code, description: frame.description } as const;
  if (payload !== undefined) return { kind: 'result', payload } as const;
  return { kind: 'error', code: formatCode, description: NOT_AN_OBJECT } as const;
}
