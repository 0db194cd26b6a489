import type Big from 'big.js';
import type { EpochMs } from '../roaming/common.js';
import type { PriceComponent, Tariff, TariffDimension } from '../roaming/tariff.js';
import { ocpiTime } from '../session/ocpi-time.js';
import { exact, formatDecimal, roundLine, ZERO } from './decimal.js';
import type { AppliedLimit } from './price-limits.js';
import type { PriceLine } from './pricing.js';
import type { Surplus } from './step-size.js';
import { AMOUNT_SCALE, type TariffAmount, taxed, vatOf } from './tax.js';
import type { Usage } from './usage.js';

/**
 * How many Wh or seconds the price of a dimension is for, how they are called (OCPI TA-40), and what one of
 * them adds to an amount in 1/AMOUNT_SCALE: AMOUNT_SCALE / size, which is exact.
 */
const PRICED_UNIT = {
  ENERGY: { size: 1000, counted: 'Wh', scale: exact(AMOUNT_SCALE).div(1000) },
  TIME: { size: 3600, counted: 's', scale: exact(AMOUNT_SCALE).div(3600) },
  PARKING_TIME: { size: 3600, counted: 's', scale: exact(AMOUNT_SCALE).div(3600) },
  FLAT: { size: 1, counted: '', scale: exact(AMOUNT_SCALE) },
} satisfies Record<TariffDimension, { size: number; counted: string; scale: Big }>;

/** The price of a volume in Wh, seconds or times, exact. */
export function amountOf(component: PriceComponent, volume: Big): TariffAmount {
  return { component, scaled: exact(component.price).times(volume).times(PRICED_UNIT[component.type].scale) };
}

/** The line of what a component priced. */
export function usageLine(tariff: Tariff, usage: Usage): PriceLine {
  const { component, used, element } = usage;
  const why =
    component.type === 'FLAT'
      ? `elements[${element}] is the first with FLAT whose restrictions hold`
      : `elements[${element}] is the first with ${component.type} whose restrictions hold from here to there`;
  return componentLine(tariff, usage, { volume: used, billed: used, why });
}

/** The line of what step_size added. */
export function surplusLine(tariff: Tariff, { usage, total, billed }: Surplus): PriceLine {
  const { type, step_size } = usage.component;
  const { counted } = PRICED_UNIT[type];
  const step = step_size > 0 ? step_size : 1;
  const why = `step_size ${step}: ${formatDecimal(total)} ${counted} in all are billed as ${formatDecimal(billed)} ${counted}`;
  return componentLine(tariff, usage, { volume: ZERO, billed: billed.minus(total), why });
}

function componentLine(
  tariff: Tariff,
  { component, element, from, to }: Usage,
  { volume, billed, why }: { volume: Big; billed: Big; why: string },
): PriceLine {
  const { size } = PRICED_UNIT[component.type];
  const vat = vatOf(tariff, component);
  return {
    dimension: component.type,
    element,
    from: ocpiTime(from),
    to: ocpiTime(to),
    volume: formatDecimal(roundLine(volume.div(size))),
    billed_volume: formatDecimal(roundLine(billed.div(size))),
    price: formatDecimal(exact(component.price)),
    amount_excl_vat: formatDecimal(roundLine(taxed(tariff, [amountOf(component, billed)]).net)),
    ...(vat !== undefined && { vat }),
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
    dimension: member === 'min_price' ? 'MIN_PRICE' : 'MAX_PRICE',
    from: ocpiTime(from),
    to: ocpiTime(to),
    volume: '0',
    billed_volume: '0',
    amount_excl_vat: formatDecimal(roundLine(after.excl.minus(before.excl))),
    why: `${member} changes the total from ${amounts.join(', from ')}`,
  };
}

/** The line that makes `lines` add up to the published total; undefined when they do. */
export function roundingLine(
  lines: readonly PriceLine[],
  total: Big,
  from: EpochMs,
  to: EpochMs,
): PriceLine | undefined {
  const rest = lines.reduce((left, line) => left.minus(line.amount_excl_vat), total);
  if (rest.eq(0)) return undefined;
  return {
    dimension: 'ROUNDING',
    from: ocpiTime(from),
    to: ocpiTime(to),
    volume: '0',
    billed_volume: '0',
    amount_excl_vat: formatDecimal(rest),
    why: 'the total is rounded half up to four decimals',
  };
}
