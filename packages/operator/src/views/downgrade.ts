import type { DowngradeReport } from '@roambridge/core';
import { z } from 'zod';
import { given, isoTime } from './times.js';

const counted = z.object({ total: z.int(), not_told: z.int().describe('Not told at all') });

export const downgradeView = z
  .object({
    partner_id: z.string(),
    version: z.string().optional(),
    at: z.string(),
    locations: counted,
    tariffs: counted,
    lost: z.array(
      z.object({
        what: z.string().describe('Member or value without a place in the version, e.g. EVSE.parking'),
        objects: z.int(),
        example: z.string().describe('Id of an object in which it is'),
      }),
    ),
  })
  .meta({ id: 'Downgrades' });

/** What the version of a partner has no place for. */
export function viewDowngrades(report: DowngradeReport): z.output<typeof downgradeView> {
  const count = ({ total, notTold }: DowngradeReport['locations']) => ({ total, not_told: notTold });
  return {
    partner_id: report.partnerId,
    ...given('version', report.version),
    at: isoTime(report.at),
    locations: count(report.locations),
    tariffs: count(report.tariffs),
    lost: report.lost,
  };
}
