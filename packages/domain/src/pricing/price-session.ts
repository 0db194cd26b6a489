import type { EpochMs } from '../roaming/common.js';
import type { Tariff } from '../roaming/tariff.js';
import type { TimedPeriod } from '../session/charging-periods.js';
import { amountOf, type TariffAmount } from './amounts.js';
import { checkSession } from './check-session.js';
import { checkTariff } from './check-tariff.js';
import { DEFAULT_ROUNDING, type Rounding, ZERO } from './decimal.js';
import { partialCosts } from './partial-costs.js';
import { type AppliedLimit, applyLimits, singleVat } from './price-limits.js';
import { limitLine, roundingLine, surplusLine, usageLine } from './price-lines.js';
import { type Cost, type PriceLine, type Pricing, type Unpriceable, unpriceable } from './pricing.js';
import { type Rate, ratesOf } from './rates.js';
import type { ReservationOutcome } from './reservation.js';
import { type PeriodLimit, shortPeriods } from './short-periods.js';
import { type Sliceable, sliceSession } from './slices.js';
import { type Surplus, surpluses } from './step-size.js';
import { joinedPeriods, tariffPeriods } from './tariff-periods.js';
import { type RoundedAmount, rounded, taxed, toPrice } from './tax.js';
import { sessionUsage, type Usage } from './usage.js';

/** The periods of a session, as `chargingPeriods` makes them, and what prices them. */
export interface PriceSessionInput extends Sliceable, PeriodLimit {
  /** Of the first period: of the reservation where there is one. */
  startedAt: EpochMs;
  /** The present moment of a running session. */
  endedAt: EpochMs;
  /** How the reservation ended, where periods are of one. */
  reservation?: ReservationOutcome;
  rounding?: Rounding;
  /** The session goes on under another tariff: nothing is rounded up to a step yet (OCPI SE-36, TA-46). */
  goesOn?: boolean;
  /** The fee of the session was charged by a tariff before this one. */
  feePaid?: boolean;
}

/**
 * Prices a session, a reservation, or both by a tariff (OCPI TA-20..TA-48, TA-60..TA-67). Amounts are exact until
 * they are rounded at the very end, half up to four decimals unless the platform says otherwise. What cannot be priced rightly is not priced: the answer
 * then names the member that is in the way.
 */
export function priceSession(input: PriceSessionInput): Pricing {
  return checkTariff(input.tariff) ?? checkSession(input) ?? bill(input);
}

/**
 * Cuts finely metered periods to those that the tariff can tell apart and prices these, so that the lines refer to
 * what a Session and a CDR show. A session that cannot be priced has its periods by phase.
 */
export function rateSession(input: PriceSessionInput): { periods: TimedPeriod[]; pricing: Pricing } {
  return rated(input, bill);
}

/** The same for a session that goes on, of which nobody is told how its cost comes about. */
export function costSession(input: PriceSessionInput): {
  periods: TimedPeriod[];
  pricing: Cost | Unpriceable;
} {
  return rated(input, cost);
}

function rated<Price>(
  input: PriceSessionInput,
  price: (checked: PriceSessionInput) => Price,
): { periods: TimedPeriod[]; pricing: Price | Unpriceable } {
  const problem = checkTariff(input.tariff) ?? checkSession(input);
  if (problem !== undefined)
    return { periods: shortPeriods(joinedPeriods(input.periods), input), pricing: problem };
  const periods = shortPeriods(tariffPeriods(input), input);
  return { periods, pricing: price({ ...input, periods }) };
}

/** What a session has to pay for, and the sum of it. */
interface Charges {
  usages: readonly Usage[];
  extra: readonly Surplus[];
  active: ReadonlySet<Rate>;
  amounts: readonly TariffAmount[];
  unlimited: RoundedAmount;
  limits: readonly AppliedLimit[];
  /** The sum after its limits, rounded. */
  total: RoundedAmount;
}

function bill(input: PriceSessionInput): Pricing {
  const charges = chargesOf(input);
  if ('kind' in charges) return charges;
  const { tariff, rounding = DEFAULT_ROUNDING } = input;
  const { active, amounts, unlimited, total } = charges;
  return {
    kind: 'priced',
    currency: tariff.currency,
    total_cost: toPrice(total, rounding),
    ...partialCosts({ amounts, active, total: rounded(unlimited, rounding), rounding }),
    lines: linesOf(input, charges, rounding),
  };
}

function cost(input: PriceSessionInput): Cost | Unpriceable {
  const charges = chargesOf(input);
  if ('kind' in charges) return charges;
  const { tariff, rounding = DEFAULT_ROUNDING } = input;
  return { kind: 'priced', currency: tariff.currency, total_cost: toPrice(charges.total, rounding) };
}

function chargesOf(input: PriceSessionInput): Charges | Unpriceable {
  const { tariff, rounding = DEFAULT_ROUNDING } = input;
  const all = ratesOf(tariff);
  const rates = input.feePaid ? all.filter(({ dimension }) => dimension !== 'FLAT') : all;
  const used = sessionUsage(rates, sliceSession(input), input.reservation);
  if ('kind' in used) return used;
  const { usages, active } = used;
  const extra = input.goesOn ? [] : surpluses(usages);
  const amounts = usages.map((usage) => amountOf(usage.rate, usage.used));
  for (const { usage, total, billed } of extra) amounts.push(amountOf(usage.rate, billed - total));

  const unlimited = unlimitedTotal(rates, amounts);
  const charged = input.periods.some(({ phase }) => phase !== 'RESERVE');
  const limited = applyLimits(tariff, unlimited, charged);
  if ('problem' in limited) {
    const { member, problem } = limited;
    return unpriceable('TARIFF_INVALID', ['tariff', member], problem);
  }
  const { applied: limits } = limited;
  const taxes = limits.length > 0 ? limitedTaxes(tariff) : unlimited.taxes;
  const total = rounded({ excl: limited.total.excl, incl: limited.total.incl, taxes }, rounding);
  return { usages, extra, active, amounts, unlimited, limits, total };
}

function unlimitedTotal(rates: readonly Rate[], amounts: readonly TariffAmount[]): RoundedAmount {
  const sum = taxed(amounts);
  // Whether VAT applies is the tariff's property, so that a running session does not change its mind.
  const hasVat = rates.some(({ tax }) => tax.vat !== undefined);
  return { excl: sum.net, incl: hasVat ? sum.gross : undefined, taxes: sum.taxes };
}

/** How the total comes about: what was used, the steps, the limits and the rounding. */
function linesOf(
  { startedAt, endedAt }: PriceSessionInput,
  { usages, extra, limits, total }: Charges,
  rounding: Rounding,
): PriceLine[] {
  const lines = [
    ...usages.map(usageLine),
    ...extra.map(surplusLine),
    ...limits.map((limit) => limitLine(limit, startedAt, endedAt)),
  ];
  const difference = roundingLine(lines, total.excl, startedAt, endedAt, rounding);
  if (difference !== undefined) lines.push(difference);
  return lines;
}

/** A limit leaves one tax, with a percentage where the tariff has a single one (OCPI TA-67). */
function limitedTaxes(tariff: Tariff): RoundedAmount['taxes'] {
  const vat = singleVat(tariff);
  return new Map(vat === undefined ? [] : [[vat, ZERO]]);
}
