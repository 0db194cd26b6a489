import type Big from 'big.js';
import type { UsageDimension } from './pricing.js';
import type { Rate } from './rates.js';

/**
 * Amounts are kept as multiples of 1/AMOUNT_SCALE: prices per kWh and per hour, times thousandths of a Wh and
 * milliseconds, are multiples of it that end within a few decimals. Dividing comes last, so that nothing is lost before.
 */
export const AMOUNT_SCALE = 9;

const ENERGY = { priced: 1_000_000, counted: 1000, unit: 'Wh' };
const TIME = { priced: 3_600_000, counted: 1000, unit: 's' };
const FEE = { priced: 1, counted: 1, unit: '' };

/** How many units of a usage a price is for, and how many a step_size is (OCPI TA-40). */
export const UNITS = {
  ENERGY,
  TIME,
  PARKING_TIME: TIME,
  RESERVATION_TIME: TIME,
  FLAT: FEE,
  RESERVATION_FLAT: FEE,
} satisfies Record<UsageDimension, { priced: number; counted: number; unit: string }>;

/** An amount as the tariff states it, with or without tax. */
export interface TariffAmount {
  rate: Rate;
  /** The amount times AMOUNT_SCALE. */
  scaled: Big;
}

/** The price of a volume in the units of Usage, exact. */
export function amountOf(rate: Rate, volume: number): TariffAmount {
  return { rate, scaled: rate.scaledPrice.times(volume) };
}
