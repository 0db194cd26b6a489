import type { FrameRecord } from '@roambridge/core';
import { toDocument } from '../encoding/document.js';
import { collect, defineWriter } from './writer.js';

export const frames = defineWriter<FrameRecord>({
  table: 'frames',
  columns: {
    station_id: ['text', (frame) => frame.stationId],
    at: ['int8', (frame) => frame.at],
    direction: ['text', (frame) => frame.direction],
    message_type: ['int8', (frame) => frame.messageType],
    message_id: ['text', (frame) => frame.messageId],
    action: ['text', (frame) => frame.action],
    raw: ['text', (frame) => frame.raw],
    verdict: ['text', (frame) => frame.verdict],
    anomalies: ['document', (frame) => (frame.anomalies.length === 0 ? null : toDocument(frame.anomalies))],
    latency_ms: ['float8', (frame) => frame.latencyMs],
    correlation_id: ['text', (frame) => frame.correlationId],
    answer: ['text', (frame) => frame.answer ?? null],
  },
  rows: (group) => collect(group, (writes) => writes.frames),
  statement: (rows) => `insert into frames (station_id, at, direction, message_type, message_id, action, raw,
    verdict, anomalies, latency_ms, correlation_id, answer) select * from ${rows}`,
});
