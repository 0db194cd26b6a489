import type { FrameRecord } from '@roambridge/core';
import type { EpochMs } from '@roambridge/domain';
import { maskFrame } from '../journal/mask.js';
import type { MessageId } from './frame.js';

interface FrameFacts {
  stationId: string;
  at: EpochMs;
  direction: 'in' | 'out';
  messageType: number | null;
  messageId: MessageId | undefined;
  action: string | null;
  raw: string;
  correlationId?: string | null;
}

/** Journal entry of a frame, secrets masked; verdict, anomalies and latency are filled in by what follows. */
export function frameRecord(facts: FrameFacts): FrameRecord {
  return {
    stationId: facts.stationId,
    at: facts.at,
    direction: facts.direction,
    messageType: facts.messageType,
    messageId: facts.messageId === undefined ? null : String(facts.messageId),
    action: facts.action,
    raw: maskFrame(facts.raw),
    verdict: 'ok',
    anomalies: [],
    latencyMs: null,
    correlationId: facts.correlationId ?? null,
  };
}

/** Journal entry of our answer to a message. */
export function answerRecord(
  call: FrameRecord,
  messageType: 3 | 4 | 5,
  raw: string,
  at: EpochMs,
): FrameRecord {
  return {
    stationId: call.stationId,
    at,
    direction: 'out',
    messageType,
    messageId: call.messageId,
    action: call.action,
    raw,
    verdict: 'ok',
    anomalies: [],
    // CALLRESULTERROR is no answer to a call.
    latencyMs: messageType === 5 ? null : at - call.at,
    correlationId: call.correlationId,
  };
}

/** Characters kept of a text that is not a message. */
const MALFORMED_MAX_CHARS = 4_096;

/** Journal entry of what is no message, or one of a type that the version does not have. */
export function garbageRecord(facts: {
  stationId: string;
  at: EpochMs;
  id: MessageId | undefined;
  type: number | undefined;
  raw: string;
}): FrameRecord {
  const { stationId, at, id, type, raw } = facts;
  const record = frameRecord({
    ...{ stationId, at, direction: 'in', messageType: type ?? null, messageId: id, action: null },
    raw: raw.slice(0, MALFORMED_MAX_CHARS),
  });
  return { ...record, verdict: 'malformed' };
}
