import type Big from 'big.js';
import type { EpochMs } from '../roaming/common.js';
import { ocpiTime } from '../session/ocpi-time.js';
import { amountOf, UNITS } from './amounts.js';
import { Exact, formatDecimal, type Rounding, roundLine } from './decimal.js';
import type { AppliedLimit } from './price-limits.js';
import type { PriceLine } from './pricing.js';
import { type Surplus, stepOf } from './step-size.js';
import { netOf } from './tax.js';
import type { Usage } from './usage.js';

/** The line of what a component priced. */
export function usageLine(usage: Usage): PriceLine {
  const { used, periods, rate } = usage;
  const { type } = rate.component;
  const reservation = rate.restrictions.reservation;
  const first = `elements[${rate.element}] is the first with ${type}${reservation ? ` for ${reservation}` : ''} whose restrictions hold`;
  const why = UNITS[rate.dimension].unit === '' ? `${first}; charged once` : `${first} from here to there`;
  return componentLine(usage, { kind: 'usage', billed: used, periods, why });
}

/** The line of what step_size added. */
export function surplusLine({ usage, total, billed }: Surplus): PriceLine {
  const { counted, unit } = UNITS[usage.rate.dimension];
  const inAll = formatDecimal(new Exact(total).div(counted));
  const why = `step_size ${stepOf(usage)}: ${inAll} ${unit} in all are billed as ${billed / counted} ${unit}`;
  const periods = usage.periods.slice(-1);
  return componentLine(usage, { kind: 'step_size', billed: billed - total, periods, why });
}

function componentLine(
  { rate, from, to }: Usage,
  step: { kind: 'usage' | 'step_size'; billed: number; periods: number[]; why: string },
): PriceLine {
  const { dimension, element, index } = rate;
  const { priced } = UNITS[dimension];
  const { kind, billed, periods, why } = step;
  const { vat } = rate.tax;
  const billedVolume = formatDecimal(roundLine(new Exact(billed).div(priced)));
  return {
    kind,
    dimension,
    element,
    component: index,
    from: ocpiTime(from),
    to: ocpiTime(to),
    volume: kind === 'usage' ? billedVolume : '0',
    billed_volume: billedVolume,
    price: formatDecimal(rate.price),
    amount_excl_vat: formatDecimal(roundLine(netOf([amountOf(rate, billed)]))),
    ...(vat !== undefined && { vat }),
    periods,
    why,
  };
}

/** The line of a limit that changed the total. */
export function limitLine({ member, before, after }: AppliedLimit, from: EpochMs, to: EpochMs): PriceLine {
  const amounts = [
    `${formatDecimal(roundLine(before.excl))} to ${formatDecimal(after.excl)} before taxes`,
    ...(before.incl && after.incl
      ? [`${formatDecimal(roundLine(before.incl))} to ${formatDecimal(after.incl)} after taxes`]
      : []),
  ];
  return {
    kind: member,
    dimension: member === 'min_price' ? 'MIN_PRICE' : 'MAX_PRICE',
    from: ocpiTime(from),
    to: ocpiTime(to),
    volume: '0',
    billed_volume: '0',
    amount_excl_vat: formatDecimal(roundLine(after.excl.minus(before.excl))),
    periods: [],
    why: `${member} changes the total from ${amounts.join(', from ')}`,
  };
}

/** The line that makes `lines` add up to the published total; undefined when they do. */
export function roundingLine(
  lines: readonly PriceLine[],
  total: Big,
  from: EpochMs,
  to: EpochMs,
  { decimals, mode }: Rounding,
): PriceLine | undefined {
  const rest = lines.reduce((left, line) => left.minus(line.amount_excl_vat), total);
  if (rest.eq(0)) return undefined;
  return {
    kind: 'rounding',
    dimension: 'ROUNDING',
    from: ocpiTime(from),
    to: ocpiTime(to),
    volume: '0',
    billed_volume: '0',
    amount_excl_vat: formatDecimal(rest),
    periods: [],
    why: `the total is rounded ${mode === 'half_up' ? 'half up' : 'half to even'} to ${decimals} decimals`,
  };
}
