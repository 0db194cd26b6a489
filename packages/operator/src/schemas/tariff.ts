import { TARIFF_DIMENSIONS, type Tariff } from '@roambridge/domain';
import { z } from 'zod';
import { decimal } from './decimal.js';
import { DAYS_OF_WEEK, TARIFF_TYPES } from './ocpi-enums.js';
import { energyMix } from './place.js';
import {
  ciString,
  countryCode,
  dateTime,
  displayText,
  lastUpdated,
  localDate,
  partyId,
  timeOfDay,
  webUrl,
} from './text.js';

const MAX_ELEMENTS = 200;

const priceComponent = z.object({
  type: z.enum(TARIFF_DIMENSIONS),
  price: decimal.describe('Per kWh, per hour, or once'),
  vat: decimal.min(0).exactOptional().describe('Percent; absent = no VAT applies'),
  step_size: z.int().describe('Wh or seconds'),
});

const restrictions = z.object({
  start_time: timeOfDay.exactOptional(),
  end_time: timeOfDay.exactOptional(),
  start_date: localDate.exactOptional(),
  end_date: localDate.exactOptional(),
  min_kwh: decimal.exactOptional(),
  max_kwh: decimal.exactOptional(),
  min_current: decimal.exactOptional(),
  max_current: decimal.exactOptional(),
  min_power: decimal.exactOptional(),
  max_power: decimal.exactOptional(),
  min_duration: z.int().exactOptional(),
  max_duration: z.int().exactOptional(),
  day_of_week: z.array(z.enum(DAYS_OF_WEEK)).exactOptional(),
  reservation: z.enum(['RESERVATION', 'RESERVATION_EXPIRES']).exactOptional(),
});

// OCPI TA-30
const element = z
  .object({ price_components: z.array(priceComponent).min(1), restrictions: restrictions.exactOptional() })
  .superRefine((value, issues) => {
    if (value.restrictions?.reservation === undefined) return;
    for (const [at, { type }] of value.price_components.entries()) {
      if (type === 'FLAT' || type === 'TIME') continue;
      const message = 'only FLAT and TIME are allowed in an element for reservations';
      issues.addIssue({ code: 'custom', path: ['price_components', at, 'type'], message });
    }
  });

// OCPI TA-63 (2.2.1) and TA-64 (2.3.0)
const priceLimit = z.union(
  [
    z.object({ before_taxes: decimal, after_taxes: decimal.exactOptional() }),
    z
      .object({ excl_vat: decimal, incl_vat: decimal.exactOptional() })
      .transform(({ excl_vat, incl_vat }) => ({
        before_taxes: excl_vat,
        ...(incl_vat === undefined ? {} : { after_taxes: incl_vat }),
      })),
  ],
  { error: 'must be {before_taxes, after_taxes?} or {excl_vat, incl_vat?} with numbers' },
);

/** OCPI Tariff (2.3.0 superset) as an operator enters it; the 2.2.1 spelling of price limits is converted. */
export const tariffInput = z
  .object({
    country_code: countryCode,
    party_id: partyId,
    id: ciString(36),
    currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 currency, e.g. EUR'),
    type: z.enum(TARIFF_TYPES).exactOptional(),
    tariff_alt_text: z.array(displayText).exactOptional(),
    tariff_alt_url: webUrl.exactOptional(),
    min_price: priceLimit.exactOptional(),
    max_price: priceLimit.exactOptional(),
    elements: z.array(element).min(1).max(MAX_ELEMENTS),
    tax_included: z
      .enum(['YES', 'NO', 'N/A'])
      .exactOptional()
      .describe('Absent: NO when a price component has a vat, else N/A.'),
    start_date_time: dateTime.exactOptional(),
    end_date_time: dateTime.exactOptional(),
    energy_mix: energyMix.exactOptional(),
    last_updated: lastUpdated,
  })
  .refine(
    ({ start_date_time: start, end_date_time: end }) => !start || !end || Date.parse(start) < Date.parse(end),
    {
      path: ['end_date_time'],
      message: 'must be later than start_date_time',
    },
  )
  .refine(({ min_price: min, max_price: max }) => !min || !max || min.before_taxes <= max.before_taxes, {
    path: ['max_price'],
    message: 'must not be below min_price',
  })
  .meta({ id: 'Tariff' });

/** The 2.2.1 meaning where `tax_included` is absent: prices are without VAT, and no `vat` means that none applies. */
export function withTaxRule(input: z.output<typeof tariffInput>): Tariff {
  const taxed = input.elements.some(({ price_components }) =>
    price_components.some(({ vat }) => vat !== undefined),
  );
  return { ...input, tax_included: input.tax_included ?? (taxed ? 'NO' : 'N/A') };
}
