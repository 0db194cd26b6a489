import type { Comparison } from '@roambridge/core';
import { z } from 'zod';
import { priceView, viewDecimal, viewPrice } from './money.js';
import { given, isoTime } from './times.js';

const amount = z.object({ currency: z.string(), total_cost: priceView });

export const comparisonView = z
  .object({
    cdr_id: z.string(),
    session_id: z.string(),
    station_id: z.string(),
    end_date_time: z.string(),
    total_energy: z.number().describe('kWh'),
    billed: amount.optional().describe('Absent for a CDR that is held without a price'),
    what_if: amount.optional(),
    unpriceable: z.string().optional().describe('Why the tariff does not price the session'),
  })
  .meta({ id: 'Comparison' });

/** A session as it was billed, and as it would have been by another tariff. */
export function viewComparison(comparison: Comparison): z.output<typeof comparisonView> {
  const { billed, whatIf } = comparison;
  return {
    cdr_id: comparison.cdrId,
    session_id: comparison.sessionId,
    station_id: comparison.stationId,
    end_date_time: isoTime(comparison.endedAt),
    total_energy: viewDecimal(comparison.energyKwh),
    ...(billed ? { billed: { currency: billed.currency, total_cost: viewPrice(billed.price) } } : {}),
    ...(whatIf ? { what_if: { currency: whatIf.currency, total_cost: viewPrice(whatIf.price) } } : {}),
    ...given('unpriceable', comparison.unpriceable),
  };
}
