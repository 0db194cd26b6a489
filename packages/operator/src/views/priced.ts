import {
  PARTIAL_COSTS,
  type Priced,
  type PriceLine,
  type TimedPeriod,
  toChargingPeriods,
} from '@roambridge/domain';
import { z } from 'zod';
import {
  chargingPeriodView,
  priceView,
  taxView,
  viewChargingPeriod,
  viewDecimal,
  viewPrice,
} from './money.js';
import { given } from './times.js';

export const priceLineView = z
  .object({
    kind: z.enum(['usage', 'step_size', 'min_price', 'max_price', 'rounding']),
    dimension: z
      .string()
      .describe('Dimension of the tariff, RESERVATION_TIME, RESERVATION_FLAT, or the kind'),
    element: z.int().optional().describe('Position in the elements of the tariff'),
    component: z.int().optional().describe('Position in the price_components of the element'),
    from: z.string(),
    to: z.string(),
    volume: z.number().describe('kWh, hours, or 1 for a fee; 0 for what step_size adds'),
    billed_volume: z.number(),
    price: z.number().optional().describe('As the tariff states it'),
    amount_excl_vat: z.number(),
    vat: z.number().optional().describe('Percent; absent = no VAT applies'),
    periods: z
      .array(z.int())
      .describe('Positions in charging_periods that it comes from; empty for the total'),
    why: z.string(),
  })
  .meta({ id: 'PriceLine' });

export const pricedView = z
  .object({
    currency: z.string(),
    total_cost: priceView,
    total_fixed_cost: priceView.optional(),
    total_energy_cost: priceView.optional(),
    total_time_cost: priceView.optional(),
    total_parking_cost: priceView.optional(),
    total_reservation_cost: priceView.optional(),
    taxes: z.array(taxView).optional().describe('The taxes of total_cost; absent = no VAT applies'),
    charging_periods: z.array(chargingPeriodView).describe('The periods that a CDR would have'),
    lines: z.array(priceLineView).describe('They add up to total_cost.excl_vat'),
  })
  .meta({ id: 'PricedSession' });

/** A price with every step that led to it. */
export function viewPriced({ pricing, periods }: { pricing: Priced; periods: readonly TimedPeriod[] }) {
  const total = viewPrice(pricing.total_cost);
  return {
    currency: pricing.currency,
    total_cost: total,
    ...Object.fromEntries(
      PARTIAL_COSTS.flatMap((name) => {
        const cost = pricing[name];
        return cost === undefined ? [] : [[name, viewPrice(cost)]];
      }),
    ),
    ...('taxes' in total && { taxes: total.taxes }),
    charging_periods: toChargingPeriods(periods).map(viewChargingPeriod),
    lines: pricing.lines.map(viewPriceLine),
  };
}

/** A line with numbers for its decimals (OCPI TY-008). */
export function viewPriceLine({ price, volume, billed_volume, amount_excl_vat, ...line }: PriceLine) {
  return {
    ...line,
    volume: viewDecimal(volume),
    billed_volume: viewDecimal(billed_volume),
    ...given('price', price === undefined ? undefined : viewDecimal(price)),
    amount_excl_vat: viewDecimal(amount_excl_vat),
  };
}
