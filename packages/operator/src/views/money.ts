import type { ChargingPeriod, Decimal, Price } from '@roambridge/domain';
import { z } from 'zod';

export const taxView = z.object({ name: z.string(), percentage: z.number().optional(), amount: z.number() });

export const priceView = z
  .object({
    excl_vat: z.number(),
    incl_vat: z.number().optional().describe('Absent = no VAT applies'),
    taxes: z.array(taxView).optional(),
  })
  .meta({ id: 'Price' });

export const chargingPeriodView = z.object({
  start_date_time: z.string(),
  dimensions: z.array(z.object({ type: z.string(), volume: z.number() })),
  tariff_id: z.string().optional(),
});

/** OCPI numbers are JSON numbers (TY-008). */
export function viewDecimal(value: Decimal): number {
  return Number(value);
}

export function viewPrice({ excl_vat, incl_vat, taxes }: Price) {
  return {
    excl_vat: viewDecimal(excl_vat),
    ...(incl_vat === undefined ? {} : { incl_vat: viewDecimal(incl_vat) }),
    ...(taxes === undefined
      ? {}
      : { taxes: taxes.map((tax) => ({ ...tax, amount: viewDecimal(tax.amount) })) }),
  };
}

export function viewChargingPeriod(period: ChargingPeriod) {
  return {
    ...period,
    dimensions: period.dimensions.map(({ type, volume }) => ({ type, volume: viewDecimal(volume) })),
  };
}
