import type { EpochMs, Price } from '../roaming/common.js';
import type { Tariff } from '../roaming/tariff.js';
import type { TimedPeriod } from '../session/charging-periods.js';
import { amountOf, type TariffAmount } from './amounts.js';
import { checkSession } from './check-session.js';
import { checkTariff } from './check-tariff.js';
import { DEFAULT_ROUNDING, type Rounding, ZERO } from './decimal.js';
import { partialCosts } from './partial-costs.js';
import { applyLimits, singleVat, type Total } from './price-limits.js';
import { limitLine, roundingLine, surplusLine, usageLine } from './price-lines.js';
import { type PriceLine, type Pricing, type Unpriceable, unpriceable } from './pricing.js';
import { type Rate, ratesOf } from './rates.js';
import type { ReservationOutcome } from './reservation.js';
import { type PeriodLimit, shortPeriods } from './short-periods.js';
import { type Sliceable, sliceSession } from './slices.js';
import { surpluses } from './step-size.js';
import { joinedPeriods, tariffPeriods } from './tariff-periods.js';
import { type RoundedAmount, rounded, taxed, toPrice, vatOf } from './tax.js';
import { sessionUsage } from './usage.js';

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
  const { tariff, rounding = DEFAULT_ROUNDING } = input;
  const problem = checkTariff(tariff) ?? checkSession(input);
  if (problem !== undefined) return problem;

  const rates = ratesOf(tariff).filter(({ dimension }) => !input.feePaid || dimension !== 'FLAT');
  const used = sessionUsage(rates, sliceSession(input), input.reservation);
  if ('kind' in used) return used;
  const { usages, active } = used;
  const extra = input.goesOn ? [] : surpluses(usages);
  const amounts: TariffAmount[] = [
    ...usages.map((usage) => amountOf(usage.rate, usage.used)),
    ...extra.map(({ usage, total, billed }) => amountOf(usage.rate, billed - total)),
  ];
  const lines: PriceLine[] = [
    ...usages.map((usage) => usageLine(tariff, usage)),
    ...extra.map((surplus) => surplusLine(tariff, surplus)),
  ];

  const unlimited = unlimitedTotal(tariff, rates, amounts);
  const total = limitedTotal(input, unlimited, lines);
  if ('kind' in total) return total;
  return {
    kind: 'priced',
    currency: tariff.currency,
    total_cost: total,
    ...partialCosts({ tariff, amounts, active, total: rounded(unlimited, rounding), rounding }),
    lines,
  };
}

/**
 * Cuts finely metered periods to those that the tariff can tell apart and prices these, so that the lines refer to
 * what a Session and a CDR show. A session that cannot be priced has its periods by phase.
 */
export function rateSession(input: PriceSessionInput): { periods: TimedPeriod[]; pricing: Pricing } {
  const problem = checkTariff(input.tariff) ?? checkSession(input);
  if (problem !== undefined)
    return { periods: shortPeriods(joinedPeriods(input.periods), input), pricing: problem };
  const periods = shortPeriods(tariffPeriods(input), input);
  return { periods, pricing: priceSession({ ...input, periods }) };
}

function unlimitedTotal(
  tariff: Tariff,
  rates: readonly Rate[],
  amounts: readonly TariffAmount[],
): RoundedAmount {
  const sum = taxed(tariff, amounts);
  // Whether VAT applies is the tariff's property, so that a running session does not change its mind.
  const hasVat = rates.some(({ component }) => vatOf(tariff, component) !== undefined);
  return { excl: sum.net, ...(hasVat && { incl: sum.gross }), taxes: sum.taxes };
}

/** The total after its limits; adds the lines of the limits and of the rounding to `lines`. */
function limitedTotal(
  { tariff, periods, startedAt, endedAt, rounding = DEFAULT_ROUNDING }: PriceSessionInput,
  unlimited: RoundedAmount,
  lines: PriceLine[],
): Price | Unpriceable {
  const charged = periods.some(({ phase }) => phase !== 'RESERVE');
  const { excl, incl } = unlimited;
  const before: Total = { excl, ...(incl && { incl }) };
  const limited = applyLimits(tariff, before, charged);
  if ('problem' in limited) {
    const { member, problem } = limited;
    return unpriceable('TARIFF_INVALID', ['tariff', member], problem);
  }
  const { total, applied } = limited;
  for (const limit of applied) lines.push(limitLine(limit, startedAt, endedAt));
  const taxes = applied.length > 0 ? limitedTaxes(tariff) : unlimited.taxes;
  const published = rounded({ taxes, ...total }, rounding);
  const difference = roundingLine(lines, published.excl, startedAt, endedAt, rounding);
  if (difference !== undefined) lines.push(difference);
  return toPrice(published, rounding);
}

/** A limit leaves one tax, with a percentage where the tariff has a single one (OCPI TA-67). */
function limitedTaxes(tariff: Tariff): RoundedAmount['taxes'] {
  const vat = singleVat(tariff);
  return new Map(vat === undefined ? [] : [[vat, ZERO]]);
}
