import Big from 'big.js';
import type { TariffDimension } from '../roaming/tariff.js';
import { exact, sum } from './decimal.js';
import type { Usage } from './usage.js';

/** What the step_size of a session's last component adds to its usage, in Wh or seconds. */
export interface Surplus {
  usage: Usage;
  /** The total of the dimension before and after rounding up. */
  total: Big;
  billed: Big;
}

/** One step_size for energy, and one for the time-based dimensions together (OCPI TA-42). */
const FAMILIES: readonly (readonly TariffDimension[])[] = [['ENERGY'], ['TIME', 'PARKING_TIME']];

/**
 * Rounds up the totals of a session (OCPI TA-41..TA-46): once a family, by the step_size of its last usage,
 * the total of that usage's dimension alone; so charging time that parking follows is not rounded.
 */
export function surpluses(usages: readonly Usage[]): Surplus[] {
  return FAMILIES.flatMap((family) => {
    const last = usages
      .filter(({ component }) => family.includes(component.type))
      .reduce<Usage | undefined>(
        (latest, usage) => (latest && latest.to > usage.to ? latest : usage),
        undefined,
      );
    if (last === undefined) return [];
    const total = sum(
      usages.filter(({ component }) => component.type === last.component.type).map(({ used }) => used),
    );
    const step = exact(last.component.step_size > 0 ? last.component.step_size : 1);
    const billed = total.div(step).round(0, Big.roundUp).times(step);
    return billed.gt(total) ? [{ usage: last, total, billed }] : [];
  });
}
