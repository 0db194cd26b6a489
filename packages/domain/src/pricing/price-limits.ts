import type Big from 'big.js';
import type { PriceLimit, Tariff } from '../roaming/tariff.js';
import { exact } from './decimal.js';
import { vatOf } from './tax-rate.js';

/** A total with and without taxes; `incl` is undefined when no VAT applies. */
export interface Total {
  excl: Big;
  incl: Big | undefined;
}

/** A limit that changed the total. */
export interface AppliedLimit {
  member: 'min_price' | 'max_price';
  before: Total;
  after: Total;
}

/** A limit that cannot be applied, and why. */
export interface LimitFault {
  member: AppliedLimit['member'];
  problem: string;
}

export type Limited = { total: Total; applied: AppliedLimit[] } | LimitFault;

/**
 * Applies min_price and max_price to a total, before and after taxes independently (OCPI TA-63, TA-64).
 * A limit that states only the amount before taxes gives the other by the VAT of the tariff, which then
 * has to be a single one. The minimum is that of a charging session: without one it does not apply.
 */
export function applyLimits(tariff: Tariff, unlimited: Total, charged: boolean): Limited {
  const applied: AppliedLimit[] = [];
  let total = unlimited;
  for (const member of ['min_price', 'max_price'] as const) {
    const limit = tariff[member];
    if (limit === undefined || (member === 'min_price' && !charged)) continue;
    const after = limited(tariff, member, limit, total);
    if ('problem' in after) return after;
    if (!after.excl.eq(total.excl) || (after.incl && total.incl && !after.incl.eq(total.incl))) {
      applied.push({ member, before: total, after });
    }
    total = after;
  }
  if (total.incl?.lt(total.excl)) {
    const member = applied.at(-1)?.member ?? 'max_price';
    return { member, problem: 'leaves less after taxes than before them' };
  }
  return { total, applied };
}

function limited(
  tariff: Tariff,
  member: AppliedLimit['member'],
  { before_taxes, after_taxes }: PriceLimit,
  { excl, incl }: Total,
): Total | LimitFault {
  const bound = member === 'min_price' ? higher : lower;
  const newExcl = bound(excl, exact(before_taxes));
  if (incl === undefined) return { excl: newExcl, incl };
  if (after_taxes !== undefined) return { excl: newExcl, incl: bound(incl, exact(after_taxes)) };
  if (newExcl.eq(excl)) return { excl, incl };
  const vat = singleVat(tariff);
  if (vat === undefined) {
    return { member, problem: 'needs an amount after taxes, for the tariff has several VAT rates' };
  }
  return { excl: newExcl, incl: newExcl.times(exact(vat).div(100).plus(1)) };
}

/** The VAT that all components share; undefined when they differ. */
export function singleVat(tariff: Tariff): number | undefined {
  const rates = new Set(
    tariff.elements.flatMap(({ price_components }) =>
      price_components.map((component) => vatOf(tariff, component)),
    ),
  );
  return rates.size === 1 ? [...rates][0] : undefined;
}

function higher(a: Big, b: Big): Big {
  return a.gt(b) ? a : b;
}

function lower(a: Big, b: Big): Big {
  return a.lt(b) ? a : b;
}
