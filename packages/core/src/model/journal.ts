import type { EpochMs } from '@roambridge/domain';

/**
 * What became of a frame: `ok`, `repaired` (usable after normalisation), `quarantined` (acknowledged, kept, no
 * effect), `rejected` (answered with CALLERROR), `malformed` (not a message).
 */
export type FrameVerdict = 'ok' | 'repaired' | 'quarantined' | 'rejected' | 'malformed';

/** One OCPP frame as it crossed the wire (secrets masked). */
export interface FrameRecord {
  stationId: string;
  at: EpochMs;
  direction: 'in' | 'out';
  /** 2 CALL, 3 CALLRESULT, 4 CALLERROR, 5 CALLRESULTERROR, 6 SEND; null when unreadable. */
  messageType: number | null;
  messageId: string | null;
  /** Of the call that it belongs to. */
  action: string | null;
  raw: string;
  verdict: FrameVerdict;
  /** What was repaired or wrong, one line each. */
  anomalies: string[];
  /** Answers: milliseconds since their call. */
  latencyMs: number | null;
  correlationId: string | null;
  /**
   * Our answer, where it is the same whatever becomes of the message: stored in the same row, and written to the
   * socket right after the commit. Other answers are entries of their own.
   */
  answer?: string;
}

/** The entry of an answer that was stored with its call; `latencyMs` is known to the moment only. */
export function storedAnswer(call: FrameRecord, answer: string, latencyMs: number | null): FrameRecord {
  return {
    stationId: call.stationId,
    at: call.at + (latencyMs ?? 0),
    direction: 'out',
    messageType: 3,
    messageId: call.messageId,
    action: call.action,
    raw: answer,
    verdict: 'ok',
    anomalies: [],
    latencyMs,
    correlationId: call.correlationId,
  };
}
