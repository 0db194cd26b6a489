import type Big from 'big.js';
import type { Price, TaxAmount } from '../roaming/common.js';
import type { PriceComponent, Tariff } from '../roaming/tariff.js';
import { AMOUNT_SCALE, type TariffAmount } from './amounts.js';
import { Exact, exact, formatDecimal, type Rounding, roundAmount, sum, ZERO } from './decimal.js';

const TAX_NAME = 'VAT';
const HUNDRED = new Exact(100);

/** A sum before and after taxes, and its taxes by percentage. */
export interface TaxedAmount {
  net: Big;
  gross: Big;
  taxes: ReadonlyMap<number, Big>;
}

/** The percentage of a component; undefined when no VAT applies, which is not 0 % (OCPI TA-61, TA-62). */
export function vatOf(tariff: Tariff, component: PriceComponent): number | undefined {
  return tariff.tax_included === 'N/A' ? undefined : component.vat;
}

/**
 * The sum of amounts, split into net and tax (OCPI TA-61, TA-65). Each is divided once, at its end: a sum of quotients
 * that do not end could miss the tie that decides how it is rounded (OCPI TA-09).
 */
export function taxed(tariff: Tariff, amounts: readonly TariffAmount[]): TaxedAmount {
  const parts = byRate(tariff, amounts);
  const taxes = new Map<number, Big>();
  for (const { vat, scaled, rate, whole } of parts) {
    if (vat !== undefined) taxes.set(vat, quotientSum([{ dividend: scaled.times(rate), divisor: whole }]));
  }
  return {
    net: netSum(parts),
    gross: quotientSum(
      parts.map(({ scaled, withTax, whole }) => ({ dividend: scaled.times(withTax), divisor: whole })),
    ),
    taxes,
  };
}

/** The sum of amounts before taxes. */
export function netOf(tariff: Tariff, amounts: readonly TariffAmount[]): Big {
  return netSum(byRate(tariff, amounts));
}

/** The amounts of one percentage, and what they are parts of. */
interface RatePart {
  vat: number | undefined;
  scaled: Big;
  rate: Big;
  withTax: Big;
  whole: Big;
}

function netSum(parts: readonly RatePart[]): Big {
  return quotientSum(parts.map(({ scaled, whole }) => ({ dividend: scaled.times(HUNDRED), divisor: whole })));
}

function byRate(tariff: Tariff, amounts: readonly TariffAmount[]): RatePart[] {
  const byVat = new Map<number | undefined, Big>();
  for (const { rate, scaled } of amounts) {
    const vat = vatOf(tariff, rate.component);
    byVat.set(vat, (byVat.get(vat) ?? ZERO).plus(scaled));
  }
  return [...byVat].map(([vat, scaled]) => {
    const rate = vat === undefined ? ZERO : exact(vat);
    const withTax = HUNDRED.plus(rate);
    // Of an amount that includes its taxes, the net is 100 parts of 100 + rate; of one that does not, it is all.
    const whole = tariff.tax_included === 'YES' ? withTax : HUNDRED;
    return { vat, scaled, rate, withTax, whole };
  });
}

/** The sum of scaled amounts by a common divisor. */
function quotientSum(parts: readonly { dividend: Big; divisor: Big }[]): Big {
  let dividend = ZERO;
  let divisor = new Exact(1);
  for (const part of parts) {
    if (part.divisor.eq(divisor)) {
      dividend = dividend.plus(part.dividend);
      continue;
    }
    dividend = dividend.times(part.divisor).plus(part.dividend.times(divisor));
    divisor = divisor.times(part.divisor);
  }
  return dividend.div(divisor.times(AMOUNT_SCALE));
}

/** An amount rounded as it is published; `incl` is absent when no VAT applies. */
export interface RoundedAmount {
  excl: Big;
  incl?: Big;
  taxes: ReadonlyMap<number, Big>;
}

/** Rounds before and after taxes apart (OCPI TA-09). */
export function rounded(amount: RoundedAmount, rounding: Rounding): RoundedAmount {
  return {
    excl: roundAmount(amount.excl, rounding),
    ...(amount.incl && { incl: roundAmount(amount.incl, rounding) }),
    taxes: amount.taxes,
  };
}

/** A published price, its taxes adding up to the difference of the rounded amounts (OCPI TA-66, TA-67). */
export function toPrice({ excl, incl, taxes }: RoundedAmount, rounding: Rounding): Price {
  if (incl === undefined) return { excl_vat: formatDecimal(excl) };
  return {
    excl_vat: formatDecimal(excl),
    incl_vat: formatDecimal(incl),
    taxes: itemised(taxes, incl.minus(excl), rounding),
  };
}

/** Taxes rounded so that they add up to `total`: the largest takes what rounding leaves over. */
function itemised(taxes: ReadonlyMap<number, Big>, total: Big, rounding: Rounding): TaxAmount[] {
  const items = [...taxes]
    .map(([percentage, amount]) => ({ percentage, amount: roundAmount(amount, rounding) }))
    .sort((a, b) => b.amount.cmp(a.amount) || b.percentage - a.percentage);
  const residue = total.minus(sum(items.map(({ amount }) => amount)));
  // A limit gave an amount to which no percentage of the tariff contributed.
  if (items.length === 0 && !total.eq(0)) return [{ name: TAX_NAME, amount: formatDecimal(total) }];
  return items.map(({ percentage, amount }, index) => ({
    name: TAX_NAME,
    percentage,
    amount: formatDecimal(index === 0 ? amount.plus(residue) : amount),
  }));
}
