import type Big from 'big.js';
import type { TariffAmount } from './amounts.js';
import { type Rounding, sum, ZERO } from './decimal.js';
import { PARTIAL_COSTS, type PartialCost, type Priced } from './pricing.js';
import type { Rate } from './rates.js';
import { type RoundedAmount, rounded, taxed, toPrice } from './tax.js';

/**
 * The cost fields beside the total (OCPI CD-41), which add up to `total`, the total before it was limited (CD-42):
 * what rounding leaves over is taken by the largest of them.
 */
export function partialCosts(input: {
  amounts: readonly TariffAmount[];
  active: ReadonlySet<Rate>;
  total: RoundedAmount;
  rounding: Rounding;
}): Pick<Priced, PartialCost> {
  const { amounts, active, total, rounding } = input;
  const costs = PARTIAL_COSTS.flatMap((cost) => {
    const rates = [...active].filter((rate) => rate.cost === cost);
    if (rates.length === 0) return [];
    const exactly = taxed(amounts.filter(({ rate }) => rate.cost === cost));
    const hasVat = rates.some(({ tax }) => tax.vat !== undefined);
    const amount = { excl: exactly.net, incl: hasVat ? exactly.gross : undefined, taxes: exactly.taxes };
    return [{ cost, amount: rounded(amount, rounding) }];
  });

  const bySize = [...costs].sort((a, b) => b.amount.excl.cmp(a.amount.excl));
  const largest = bySize[0];
  if (largest !== undefined) {
    largest.amount.excl = largest.amount.excl.plus(rest(total.excl, costs, ({ excl }) => excl));
  }
  const taxable = bySize.find(({ amount }) => amount.incl !== undefined);
  if (taxable?.amount.incl !== undefined && total.incl !== undefined) {
    const over = rest(total.incl, costs, ({ excl, incl }) => incl ?? excl);
    taxable.amount.incl = taxable.amount.incl.plus(over);
  }
  return Object.fromEntries(costs.map(({ cost, amount }) => [cost, toPrice(amount, rounding)]));
}

function rest(
  total: Big,
  costs: readonly { amount: RoundedAmount }[],
  of: (amount: RoundedAmount) => Big,
): Big {
  return costs.length === 0 ? ZERO : total.minus(sum(costs.map(({ amount }) => of(amount))));
}
