import type { UsageDimension } from './pricing.js';
import type { Usage } from './usage.js';

/** What the step_size of a session's last component adds to its usage; in the units of Usage. */
export interface Surplus {
  usage: Usage;
  /** The total of the dimension before and after rounding up. */
  total: number;
  billed: number;
}

/** One step_size for energy, one for the time-based dimensions together, one for a reservation (OCPI TA-42, TA-47). */
const FAMILIES: readonly (readonly UsageDimension[])[] = [
  ['ENERGY'],
  ['TIME', 'PARKING_TIME'],
  ['RESERVATION_TIME'],
];

/** Usage counts thousandths of the Wh and seconds that step_size is in (OCPI TA-40). */
const UNITS_PER_STEP = 1000;

/** The step_size of a component; one that is none is 1 (OCPI TA-41). */
export function stepOf({ rate }: Usage): number {
  return rate.component.step_size > 0 ? rate.component.step_size : 1;
}

/**
 * Rounds up the totals of a session (OCPI TA-41..TA-46): once a family, by the step_size of its last usage,
 * the total of that usage's dimension alone; so charging time that parking follows is not rounded.
 */
export function surpluses(usages: readonly Usage[]): Surplus[] {
  return FAMILIES.flatMap((family) => {
    const ofFamily = usages.filter(({ rate }) => family.includes(rate.dimension));
    const last = ofFamily.reduce<Usage | undefined>(
      (latest, usage) => (latest && latest.to > usage.to ? latest : usage),
      undefined,
    );
    if (last === undefined) return [];
    const total = ofFamily
      .filter(({ rate }) => rate.dimension === last.rate.dimension)
      .reduce((sum, { used }) => sum + used, 0);
    const step = stepOf(last) * UNITS_PER_STEP;
    const over = total % step;
    return over === 0 ? [] : [{ usage: last, total, billed: total - over + step }];
  });
}
