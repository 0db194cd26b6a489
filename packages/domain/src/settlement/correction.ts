import Big from 'big.js';
import type { Cdr } from '../roaming/session.js';

/** D3-043: smaller differences are not worth a credit and a new CDR. */
const MIN_ENERGY_KWH = '0.01';
const MIN_COST = '0.01';

/** Whether a CDR that a partner has is worth correcting by another one (D3-043): by 10 Wh, or one cent. */
export function isWorthCorrecting(sent: Cdr, corrected: Cdr): boolean {
  const energy = new Big(sent.total_energy).minus(corrected.total_energy).abs();
  return energy.gt(MIN_ENERGY_KWH) || COSTS.some((member) => costDiffers(sent, corrected, member));
}

const COSTS = ['excl_vat', 'incl_vat'] as const;

function costDiffers(sent: Cdr, corrected: Cdr, member: (typeof COSTS)[number]): boolean {
  const before = sent.total_cost[member];
  const after = corrected.total_cost[member];
  if (before === undefined || after === undefined) return before !== after;
  return new Big(before).minus(after).abs().gte(MIN_COST);
}
