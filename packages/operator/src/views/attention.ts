import type { AttentionRecord } from '@roambridge/core';
import { z } from 'zod';
import { given, isoTime } from './times.js';

export const attentionView = z
  .object({
    id: z.string(),
    kind: z.string(),
    subject: z.string().describe('Id of the station, transaction, session, CDR or delivery'),
    station_id: z.string().optional(),
    partner_id: z.string().optional(),
    message: z.string(),
    created_at: z.string(),
    resolved_at: z.string().optional(),
  })
  .meta({ id: 'Attention' });

/** Something that a person must look at. */
export function viewAttention(record: AttentionRecord) {
  return {
    id: record.id,
    kind: record.kind,
    subject: record.subject,
    ...given('station_id', record.stationId),
    ...given('partner_id', record.partnerId),
    message: record.message,
    created_at: isoTime(record.createdAt),
    ...(record.resolvedAt === undefined ? {} : { resolved_at: isoTime(record.resolvedAt) }),
  };
}
