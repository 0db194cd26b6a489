import type { SecurityEvent, StationJob, StoredFile } from '@roambridge/core';
import { z } from 'zod';
import { given, isoTime } from './times.js';

export const jobView = z
  .object({
    id: z.string(),
    station_id: z.string(),
    kind: z.enum(['firmware', 'log', 'certificate']),
    action: z.string().describe('The request that began it, in the words of OCPP'),
    request_id: z.int().optional(),
    state: z.enum(['running', 'done', 'failed']),
    status: z.string().describe('The last word of the charger; Requested until it said any'),
    history: z.array(z.object({ status: z.string(), at: z.string() })),
    created_at: z.string(),
    updated_at: z.string(),
    file_id: z.string().optional().describe('The firmware, or what the charger sent'),
    file_name: z.string().optional().describe('What the charger calls the file that it will send'),
  })
  .meta({ id: 'Job' });

export function viewJob(job: StationJob): z.output<typeof jobView> {
  return {
    id: job.id,
    station_id: job.stationId,
    kind: job.kind,
    action: job.action,
    ...given('request_id', job.requestId),
    state: job.state,
    status: job.status,
    history: job.history.map(({ status, at }) => ({ status, at: isoTime(at) })),
    created_at: isoTime(job.createdAt),
    updated_at: isoTime(job.updatedAt),
    ...given('file_id', job.fileId),
    ...given('file_name', job.fileName),
  };
}

export const securityEventView = z
  .object({
    id: z.string(),
    station_id: z.string(),
    type: z.string(),
    critical: z.boolean(),
    tech_info: z.string().optional(),
    at: z.string().describe('By the clock of the charger'),
    received_at: z.string(),
  })
  .meta({ id: 'SecurityEvent' });

export function viewSecurityEvent(event: SecurityEvent): z.output<typeof securityEventView> {
  return {
    id: event.id,
    station_id: event.stationId,
    type: event.type,
    critical: event.critical,
    ...given('tech_info', event.techInfo),
    at: isoTime(event.at),
    received_at: isoTime(event.receivedAt),
  };
}

export const fileView = z
  .object({
    id: z.string(),
    name: z.string(),
    size_bytes: z.int(),
    sha256: z.string(),
    created_at: z.string(),
    station_id: z.string().optional().describe('The charger that sent it; absent = the operator'),
  })
  .meta({ id: 'File' });

export function viewFile(file: StoredFile): z.output<typeof fileView> {
  return {
    id: file.id,
    name: file.name,
    size_bytes: file.sizeBytes,
    sha256: file.sha256,
    created_at: isoTime(file.createdAt),
    ...given('station_id', file.stationId),
  };
}
