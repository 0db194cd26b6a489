import type Big from 'big.js';
import type { Price, TaxAmount } from '../roaming/common.js';
import type { PriceComponent, Tariff } from '../roaming/tariff.js';
import { Exact, exact, formatDecimal, roundAmount, sum, ZERO } from './decimal.js';

const TAX_NAME = 'VAT';
const HUNDRED = new Exact(100);

/** Prices per hour and per kWh, times seconds and Wh, are whole multiples of 1/3600 and 1/1000. */
export const AMOUNT_SCALE = 3600;

/** An amount as the tariff states it, with or without tax. */
export interface TariffAmount {
  component: PriceComponent;
  /** The amount times AMOUNT_SCALE: dividing comes last, so that nothing is lost before rounding. */
  scaled: Big;
}

/** An exact sum before taxes and its taxes by percentage. */
export interface TaxedAmount {
  net: Big;
  taxes: ReadonlyMap<number, Big>;
}

/** The percentage of a component; undefined when no VAT applies, which is not 0 % (OCPI TA-61, TA-62). */
export function vatOf(tariff: Tariff, component: PriceComponent): number | undefined {
  return tariff.tax_included === 'N/A' ? undefined : component.vat;
}

/** The exact sum of amounts, split into net and tax (OCPI TA-61, TA-65). */
export function taxed(tariff: Tariff, amounts: readonly TariffAmount[]): TaxedAmount {
  const byVat = new Map<number | undefined, Big>();
  for (const { component, scaled } of amounts) {
    const vat = vatOf(tariff, component);
    byVat.set(vat, (byVat.get(vat) ?? ZERO).plus(scaled));
  }

  const taxes = new Map<number, Big>();
  let net = ZERO;
  for (const [vat, scaled] of byVat) {
    if (vat === undefined) {
      net = net.plus(scaled.div(AMOUNT_SCALE));
      continue;
    }
    const rate = exact(vat);
    const base = (tariff.tax_included === 'YES' ? HUNDRED.plus(rate) : HUNDRED).times(AMOUNT_SCALE);
    net = net.plus(scaled.times(HUNDRED).div(base));
    taxes.set(vat, scaled.times(rate).div(base));
  }
  return { net, taxes };
}

/** The exact amount with taxes. */
export function grossOf({ net, taxes }: TaxedAmount): Big {
  return net.plus(sum([...taxes.values()]));
}

/**
 * A published price: rounded half up, the taxes adding up to the difference of the rounded amounts
 * (OCPI TA-66, TA-67). Without `gross` no VAT applies and the amount with VAT is absent.
 */
export function toPrice(net: Big, gross?: { incl: Big; taxes: ReadonlyMap<number, Big> }): Price {
  const excl = roundAmount(net);
  if (gross === undefined) return { excl_vat: formatDecimal(excl) };
  const incl = roundAmount(gross.incl);
  return {
    excl_vat: formatDecimal(excl),
    incl_vat: formatDecimal(incl),
    taxes: itemised(gross.taxes, incl.minus(excl)),
  };
}

/** Taxes rounded so that they add up to `total`: the largest takes what rounding leaves over. */
function itemised(taxes: ReadonlyMap<number, Big>, total: Big): TaxAmount[] {
  const rounded = [...taxes]
    .map(([percentage, amount]) => ({ percentage, amount: roundAmount(amount) }))
    .sort((a, b) => b.amount.cmp(a.amount));
  const residue = total.minus(sum(rounded.map(({ amount }) => amount)));
  // A limit gave an amount to which no percentage of the tariff contributed.
  if (rounded.length === 0 && !total.eq(0)) return [{ name: TAX_NAME, amount: formatDecimal(total) }];
  return rounded.map(({ percentage, amount }, index) => ({
    name: TAX_NAME,
    percentage,
    amount: formatDecimal(index === 0 ? amount.plus(residue) : amount),
  }));
}
