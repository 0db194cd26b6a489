import { RESYNC_MODULES, type ResyncReport } from '@roambridge/core';
import { z } from 'zod';
import { given, isoTime } from './times.js';

export const resyncView = z
  .object({
    partner_id: z.string(),
    module: z.enum(RESYNC_MODULES),
    state: z
      .enum(['running', 'done', 'stopped'])
      .describe('stopped: could not be carried to its end, see detail'),
    started_at: z.string(),
    ended_at: z.string().optional(),
    compared: z.int(),
    same: z.int(),
    repaired: z.int().describe('Told again, because the partner does not have it or has it otherwise'),
    owed: z.int().describe('Left out: the partner is still to be told, or a person decides about it'),
    unverifiable: z
      .int()
      .describe('Nobody knows where the copy of the partner is, or its version cannot carry it'),
    missed_since: z.string().optional().describe('From when on the partner misses something'),
    findings: z.array(
      z.object({
        key: z.string(),
        problem: z.enum(['missing', 'different']),
        members: z.array(z.string()).optional(),
        since: z.string(),
        last_updated_at_partner: z.string().optional(),
        repaired: z.boolean(),
      }),
    ),
    detail: z.string().optional(),
  })
  .meta({ id: 'Resync' });

/** What a comparison with a partner found, so far. */
export function viewResync(report: ResyncReport): z.output<typeof resyncView> {
  return {
    partner_id: report.partnerId,
    module: report.module,
    state: report.state,
    started_at: isoTime(report.startedAt),
    ...(report.endedAt === undefined ? {} : { ended_at: isoTime(report.endedAt) }),
    compared: report.compared,
    same: report.same,
    repaired: report.repaired,
    owed: report.owed,
    unverifiable: report.unverifiable,
    ...(report.missedSince === undefined ? {} : { missed_since: isoTime(report.missedSince) }),
    findings: report.findings.map(({ key, problem, members, since, theirs, repaired }) => ({
      key,
      problem,
      ...given('members', members),
      since: isoTime(since),
      ...given('last_updated_at_partner', theirs),
      repaired,
    })),
    ...given('detail', report.detail),
  };
}
