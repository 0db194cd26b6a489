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
  /** 2 CALL, 3 CALLRESULT, 4 CALLERROR; null when unreadable. */
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
}
