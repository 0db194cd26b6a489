import type Big from 'big.js';
import type { EpochMs, Price } from '../roaming/common.js';
import type { PriceComponent, Tariff, TariffDimension } from '../roaming/tariff.js';
import type { TimedPeriod } from '../session/charging-periods.js';
import { checkTariff } from './check-tariff.js';
import { exact, ZERO } from './decimal.js';
import { dependsOnClock, isClockable, localMoment, MAX_CLOCKED_SESSION_DAYS } from './local-clock.js';
import { applyLimits, singleVat } from './price-limits.js';
import { amountOf, limitLine, roundingLine, surplusLine, usageLine } from './price-lines.js';
import { type Priced, type PriceLine, type Pricing, type Unpriceable, unpriceable } from './pricing.js';
import { sliceSession } from './slices.js';
import { surpluses } from './step-size.js';
import { grossOf, type TariffAmount, taxed, toPrice, vatOf } from './tax.js';
import { sessionUsage } from './usage.js';

export type { Priced, PriceLine, Pricing, Unpriceable, UnpriceableReason } from './pricing.js';

/** The periods of a session, as `chargingPeriods` makes them, and what prices them. */
export interface PriceSessionInput {
  tariff: Tariff;
  /** IANA name of the location's time zone (OCPI TA-24). */
  timeZone: string;
  startedAt: EpochMs;
  /** The present moment of a running session. */
  endedAt: EpochMs;
  /** Periods of this tariff, one after another from start to end. */
  periods: readonly TimedPeriod[];
}

type PartialCost = 'total_fixed_cost' | 'total_energy_cost' | 'total_time_cost' | 'total_parking_cost';

// OCPI CD-41
const PARTIAL_COSTS = {
  FLAT: 'total_fixed_cost',
  ENERGY: 'total_energy_cost',
  TIME: 'total_time_cost',
  PARKING_TIME: 'total_parking_cost',
} satisfies Record<TariffDimension, PartialCost>;

/** Times of periods have whole seconds, those of sessions need not. */
const CLOCK_TOLERANCE_MS = 1000;

/**
 * Prices a session by a tariff (OCPI TA-20..TA-46, TA-60..TA-67). Amounts are exact until they are rounded
 * half up to four decimals at the very end. What cannot be priced rightly is not priced: the answer then
 * names the member of the tariff that is in the way.
 */
export function priceSession(input: PriceSessionInput): Pricing {
  const { tariff, timeZone, periods } = input;
  const problem = checkTariff(tariff) ?? checkSession(input);
  if (problem !== undefined) return problem;

  const { usages, active } = sessionUsage(tariff, sliceSession(tariff, periods, timeZone));
  const extra = surpluses(usages);
  const amounts: TariffAmount[] = [
    ...usages.map(({ component, used }) => amountOf(component, used)),
    ...extra.map(({ usage, total, billed }) => amountOf(usage.component, billed.minus(total))),
  ];
  const lines: PriceLine[] = [
    ...usages.map((usage) => usageLine(tariff, usage)),
    ...extra.map((surplus) => surplusLine(tariff, surplus)),
  ];

  const total = totalCost(input, amounts, lines);
  if ('kind' in total) return total;
  const priced: Priced = { kind: 'priced', currency: tariff.currency, total_cost: total, lines };
  for (const dimension of new Set([...active].map(({ type }) => type))) {
    priced[PARTIAL_COSTS[dimension]] = partialCost(tariff, dimension, amounts, active);
  }
  return priced;
}

/** The total after its limits; adds the lines of the limits and of the rounding to `lines`. */
function totalCost(
  { tariff, startedAt, endedAt }: PriceSessionInput,
  amounts: readonly TariffAmount[],
  lines: PriceLine[],
): Price | Unpriceable {
  const sum = taxed(tariff, amounts);
  // Whether VAT applies is the tariff's property, so that a running session does not change its mind.
  const hasVat = tariff.elements.some(({ price_components }) => anyVat(tariff, price_components));
  const limited = applyLimits(tariff, { excl: sum.net, ...(hasVat && { incl: grossOf(sum) }) });
  if ('problem' in limited) return unpriceable('TARIFF_INVALID', limited.problem);

  const { total, applied } = limited;
  for (const limit of applied) lines.push(limitLine(limit, startedAt, endedAt));
  const taxes = applied.length > 0 ? limitedTaxes(tariff) : sum.taxes;
  const price = toPrice(total.excl, total.incl && { incl: total.incl, taxes });
  const rounding = roundingLine(lines, exact(price.excl_vat), startedAt, endedAt);
  if (rounding !== undefined) lines.push(rounding);
  return price;
}

/** A limit leaves one tax, with a percentage where the tariff has a single one (OCPI TA-67). */
function limitedTaxes(tariff: Tariff): ReadonlyMap<number, Big> {
  const vat = singleVat(tariff);
  return new Map(vat === undefined ? [] : [[vat, ZERO]]);
}

function partialCost(
  tariff: Tariff,
  dimension: TariffDimension,
  amounts: readonly TariffAmount[],
  active: ReadonlySet<PriceComponent>,
): Price {
  const ofDimension = ({ type }: PriceComponent): boolean => type === dimension;
  const sum = taxed(
    tariff,
    amounts.filter(({ component }) => ofDimension(component)),
  );
  const hasVat = anyVat(tariff, [...active].filter(ofDimension));
  return toPrice(sum.net, hasVat ? { incl: grossOf(sum), taxes: sum.taxes } : undefined);
}

function anyVat(tariff: Tariff, components: readonly PriceComponent[]): boolean {
  return components.some((component) => vatOf(tariff, component) !== undefined);
}

/** What keeps the session's data from being priced. */
function checkSession({
  tariff,
  timeZone,
  startedAt,
  endedAt,
  periods,
}: PriceSessionInput): Unpriceable | undefined {
  const first = periods[0];
  const last = periods.at(-1);
  if (first === undefined || last === undefined)
    return unpriceable('SESSION_INVALID', 'charging_periods: is empty');
  for (const [index, { from, to, energyWh }] of periods.entries()) {
    if (to < from || !(energyWh >= 0)) {
      return unpriceable('SESSION_INVALID', `charging_periods[${index}]: has a negative length or energy`);
    }
    if (index > 0 && periods[index - 1]?.to !== from) {
      return unpriceable('SESSION_INVALID', `charging_periods[${index}]: does not follow the one before it`);
    }
  }
  if (
    Math.abs(first.from - startedAt) >= CLOCK_TOLERANCE_MS ||
    Math.abs(last.to - endedAt) >= CLOCK_TOLERANCE_MS
  ) {
    return unpriceable(
      'SESSION_INVALID',
      'charging_periods: do not last from the start to the end of the session',
    );
  }
  if (!dependsOnClock(tariff.elements)) return undefined;
  if (!isClockable(first.from, last.to)) {
    return unpriceable('SESSION_INVALID', `session: lasts longer than ${MAX_CLOCKED_SESSION_DAYS} days`);
  }
  try {
    localMoment(first.from, timeZone);
  } catch {
    return unpriceable('SESSION_INVALID', `time_zone: ${timeZone} is not known`);
  }
  return undefined;
}
