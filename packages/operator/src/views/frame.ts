import type { FrameRecord } from '@roambridge/core';
import { quirksShownBy } from '@roambridge/domain';
import { z } from 'zod';
import { isoTime } from './times.js';

export const frameView = z
  .object({
    id: z.string().optional(),
    at: z.string(),
    direction: z.enum(['in', 'out']),
    message_type: z
      .int()
      .nullable()
      .describe('2 CALL, 3 CALLRESULT, 4 CALLERROR, 5 CALLRESULTERROR, 6 SEND; null when unreadable'),
    message_id: z.string().nullable(),
    action: z.string().nullable(),
    raw: z.string().describe('As it crossed the wire, secrets masked'),
    verdict: z.enum(['ok', 'repaired', 'quarantined', 'rejected', 'malformed']),
    anomalies: z.array(z.string()).describe('What was odd about it, and what was repaired'),
    quirks: z.array(z.string()).describe('Known quirks that it shows (docs/reference/quirks.md)'),
    latency_ms: z.number().nullable(),
    correlation_id: z.string().nullable(),
  })
  .meta({ id: 'Frame' });

/** One entry of the frame journal. */
export function viewFrame(frame: FrameRecord & { id?: string }): z.output<typeof frameView> {
  return {
    ...(frame.id === undefined ? {} : { id: frame.id }),
    at: isoTime(frame.at),
    direction: frame.direction,
    message_type: frame.messageType,
    message_id: frame.messageId,
    action: frame.action,
    raw: frame.raw,
    verdict: frame.verdict,
    anomalies: frame.anomalies,
    quirks: [...quirksShownBy(frame)],
    latency_ms: frame.latencyMs,
    correlation_id: frame.correlationId,
  };
}
