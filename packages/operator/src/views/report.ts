import { REPORT_KINDS, type StationReport } from '@roambridge/core';
import { z } from 'zod';
import { given, isoTime } from './times.js';

const members = {
  id: z.string(),
  kind: z.enum(REPORT_KINDS),
  action: z.string().optional().describe('The call that asked for it; absent: told unasked'),
  request_id: z.int(),
  state: z.enum(['running', 'complete', 'incomplete', 'refused']),
  status: z.string().optional().describe('The word of the station about the request'),
  status_info: z.object({ reason_code: z.string(), additional_info: z.string().optional() }).optional(),
  parts: z.int().describe('Messages that came'),
  missing_parts: z.array(z.int()),
  started_at: z.string(),
  updated_at: z.string(),
};

export const reportListView = z.object(members).meta({ id: 'ReportHead' });

export const reportView = z
  .object({ ...members, items: z.array(z.record(z.string(), z.unknown())) })
  .meta({ id: 'Report' });

export function viewReportHead(report: Omit<StationReport, 'items'>): z.output<typeof reportListView> {
  const { statusInfo } = report;
  return {
    id: report.id,
    kind: report.kind,
    ...given('action', report.action),
    request_id: report.requestId,
    state: report.state,
    ...given('status', report.status),
    ...(statusInfo === undefined
      ? {}
      : {
          status_info: {
            reason_code: statusInfo.reasonCode,
            ...given('additional_info', statusInfo.additionalInfo),
          },
        }),
    parts: report.parts,
    missing_parts: report.missing,
    started_at: isoTime(report.startedAt),
    updated_at: isoTime(report.updatedAt),
  };
}

export function viewReport(report: StationReport): z.output<typeof reportView> {
  return { ...viewReportHead(report), items: report.items };
}
