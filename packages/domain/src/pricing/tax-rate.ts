import type Big from 'big.js';
import type { PriceComponent, Tariff } from '../roaming/tariff.js';
import { AMOUNT_SCALE } from './amounts.js';
import { Exact, exact, ZERO } from './decimal.js';

/** How the amounts of one percentage split: each is multiplied by its factor and divided by `divisor`. */
export interface TaxRate {
  /** Percentage; undefined when no VAT applies, which is not 0 % (OCPI TA-61, TA-62). */
  vat: number | undefined;
  net: Big;
  gross: Big;
  tax: Big;
  divisor: Big;
}

const ONE = new Exact(1);
const HUNDRED = new Exact(100);
const PERCENT = new Exact('0.01');

/** The percentage of a component. */
export function vatOf(tariff: Tariff, component: PriceComponent): number | undefined {
  return tariff.tax_included === 'N/A' ? undefined : component.vat;
}

/** What a tariff makes of a percentage. Amounts come in multiples of 1/AMOUNT_SCALE. */
export function taxRate({ tax_included }: Tariff, vat: number | undefined): TaxRate {
  const tax = vat === undefined ? ZERO : exact(vat);
  const gross = HUNDRED.plus(tax);
  // Of an amount that includes its taxes, the net is 100 parts of 100 + rate; of one that does not, it is all.
  return tax_included === 'YES'
    ? { vat, net: HUNDRED, gross, tax, divisor: gross.times(AMOUNT_SCALE) }
    : {
        vat,
        net: ONE,
        gross: gross.times(PERCENT),
        tax: tax.times(PERCENT),
        divisor: ONE.times(AMOUNT_SCALE),
      };
}
