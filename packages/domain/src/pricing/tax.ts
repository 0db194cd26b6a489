import type Big from 'big.js';
import type { Price, TaxAmount } from '../roaming/common.js';
import type { TariffAmount } from './amounts.js';
import { formatDecimal, type Rounding, roundAmount, sum, ZERO } from './decimal.js';
import type { TaxRate } from './tax-rate.js';

const TAX_NAME = 'VAT';

/** A sum before and after taxes, and its taxes by percentage. */
export interface TaxedAmount {
  net: Big;
  gross: Big;
  taxes: ReadonlyMap<number, Big>;
}

/**
 * The sum of amounts, split into net and tax (OCPI TA-61, TA-65). Each is divided once, at its end: a sum of quotients
 * that do not end could miss the tie that decides how it is rounded (OCPI TA-09).
 */
export function taxed(amounts: readonly TariffAmount[]): TaxedAmount {
  const parts = byRate(amounts);
  const taxes = new Map<number, Big>();
  for (const [{ vat, tax, divisor }, scaled] of parts) {
    if (vat !== undefined) taxes.set(vat, scaled.times(tax).div(divisor));
  }
  return { net: quotientSum(parts, 'net'), gross: quotientSum(parts, 'gross'), taxes };
}

/** The sum of amounts before taxes. */
export function netOf(amounts: readonly TariffAmount[]): Big {
  return quotientSum(byRate(amounts), 'net');
}

/** The amounts of each percentage. */
function byRate(amounts: readonly TariffAmount[]): ReadonlyMap<TaxRate, Big> {
  const parts = new Map<TaxRate, Big>();
  for (const { rate, scaled } of amounts) {
    const before = parts.get(rate.tax);
    parts.set(rate.tax, before ? before.plus(scaled) : scaled);
  }
  return parts;
}

/** The sum of what scaled amounts are in net or gross, by a common divisor. */
function quotientSum(parts: ReadonlyMap<TaxRate, Big>, of: 'net' | 'gross'): Big {
  let sum: { dividend: Big; divisor: Big } | undefined;
  for (const [rate, scaled] of parts) {
    const { divisor } = rate;
    const dividend = scaled.times(rate[of]);
    if (!sum) sum = { dividend, divisor };
    else if (divisor.eq(sum.divisor)) sum.dividend = sum.dividend.plus(dividend);
    else {
      sum = {
        dividend: sum.dividend.times(divisor).plus(dividend.times(sum.divisor)),
        divisor: sum.divisor.times(divisor),
      };
    }
  }
  return sum ? sum.dividend.div(sum.divisor) : ZERO;
}

/** An amount rounded as it is published; `incl` is undefined when no VAT applies. */
export interface RoundedAmount {
  excl: Big;
  incl: Big | undefined;
  taxes: ReadonlyMap<number, Big>;
}

/** Rounds before and after taxes apart (OCPI TA-09). */
export function rounded(amount: RoundedAmount, rounding: Rounding): RoundedAmount {
  return {
    excl: roundAmount(amount.excl, rounding),
    incl: amount.incl && roundAmount(amount.incl, rounding),
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
