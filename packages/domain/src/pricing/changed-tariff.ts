import type { EpochMs, Price } from '../roaming/common.js';
import type { Tariff } from '../roaming/tariff.js';
import type { TimedPeriod } from '../session/charging-periods.js';
import { exact, formatDecimal, sum } from './decimal.js';
import { type PriceSessionInput, rateSession } from './price-session.js';
import {
  PARTIAL_COSTS,
  type Priced,
  type PriceLine,
  type Pricing,
  type Unpriceable,
  unpriceable,
} from './pricing.js';

/** From `at` on a session follows `tariff`, because its driver chose another profile (OCPI SE-36). */
export interface TariffChange {
  at: EpochMs;
  tariff: Tariff;
}

/** A part of a session that follows one tariff; times are whole seconds. */
export interface TariffPart {
  tariff: Tariff;
  from: EpochMs;
  to: EpochMs;
}

const MS_PER_SECOND = 1000;

/** The parts of a session from `from` to `to`, one after another; the last change before its start counts from there. */
export function tariffParts(
  first: Tariff,
  changes: readonly TariffChange[],
  from: EpochMs,
  to: EpochMs,
): TariffPart[] {
  const parts: TariffPart[] = [{ tariff: first, from, to }];
  for (const { at, tariff } of changes) {
    const begin = Math.floor(at / MS_PER_SECOND) * MS_PER_SECOND;
    const last = parts.at(-1);
    if (!last || begin >= to || tariff.id === last.tariff.id) continue;
    if (begin <= last.from) parts.pop();
    else last.to = begin;
    parts.push({ tariff, from: Math.max(begin, from), to });
  }
  return parts;
}

type PartsInput = Omit<PriceSessionInput, 'tariff' | 'goesOn' | 'feePaid'> & { parts: readonly TariffPart[] };

/**
 * Prices a session that follows several tariffs, each by its own part: step_size counts for the last one only, the fee
 * of a session is charged once (SE-36). Thresholds of energy and duration count from where a tariff begins to apply.
 */
export function rateParts({ parts, ...input }: PartsInput): { periods: TimedPeriod[]; pricing: Pricing } {
  const periods: TimedPeriod[] = [];
  const rated: { priced: Priced; offset: number; tariff: Tariff }[] = [];
  let problem = contradiction(parts);
  let feePaid = false;
  for (const [index, { tariff, from, to }] of parts.entries()) {
    const own = input.periods.filter(
      (period) => (index === 0 || period.from >= from) && (index === parts.length - 1 || period.from < to),
    );
    const startedAt = own[0]?.from;
    const endedAt = own.at(-1)?.to;
    if (startedAt === undefined || endedAt === undefined) continue;
    const goesOn = index < parts.length - 1;
    const part = rateSession({ ...input, tariff, periods: own, startedAt, endedAt, goesOn, feePaid });
    if (part.pricing.kind === 'unpriceable') problem ??= part.pricing;
    else {
      rated.push({ priced: part.pricing, offset: periods.length, tariff });
      feePaid ||= part.pricing.lines.some(({ dimension }) => dimension === 'FLAT');
    }
    periods.push(...part.periods);
  }
  return { periods, pricing: problem ?? joined(rated) };
}

/** What several tariffs of one session cannot agree about. */
function contradiction(parts: readonly TariffPart[]): Unpriceable | undefined {
  const currencies = new Set(parts.map(({ tariff }) => tariff.currency));
  if (currencies.size > 1) {
    return unpriceable(
      'TARIFF_INVALID',
      ['tariff', 'currency'],
      `the session has ${[...currencies].join(', ')}`,
    );
  }
  const limit = (['min_price', 'max_price'] as const).find((member) =>
    parts.some(({ tariff }) => tariff[member] !== undefined),
  );
  return limit && unpriceable('TARIFF_NOT_SUPPORTED', ['tariff', limit], 'the session has several tariffs');
}

function joined(parts: readonly { priced: Priced; offset: number; tariff: Tariff }[]): Pricing {
  const [first] = parts;
  if (!first) return unpriceable('SESSION_INVALID', ['session', 'charging_periods'], 'is empty');
  const lines = parts.flatMap(({ priced, offset, tariff }) =>
    priced.lines.map(
      (line): PriceLine => ({
        ...line,
        tariff_id: tariff.id,
        periods: line.periods.map((period) => period + offset),
      }),
    ),
  );
  const costs = PARTIAL_COSTS.flatMap((cost) => {
    const prices = parts.flatMap(({ priced }) => priced[cost] ?? []);
    return prices.length === 0 ? [] : [[cost, total(prices)] as const];
  });
  return {
    kind: 'priced',
    currency: first.priced.currency,
    total_cost: total(parts.map(({ priced }) => priced.total_cost)),
    ...Object.fromEntries(costs),
    lines,
  };
}

function total(prices: readonly Price[]): Price {
  const excl_vat = formatDecimal(sum(prices.map((price) => exact(price.excl_vat))));
  if (prices.every(({ incl_vat }) => incl_vat === undefined)) return { excl_vat };
  const taxes = new Map<string, NonNullable<Price['taxes']>[number]>();
  for (const tax of prices.flatMap((price) => price.taxes ?? [])) {
    const key = `${tax.name}|${tax.percentage ?? ''}`;
    const known = taxes.get(key);
    const amount = known ? formatDecimal(exact(known.amount).plus(exact(tax.amount))) : tax.amount;
    taxes.set(key, { ...tax, amount });
  }
  return {
    excl_vat,
    incl_vat: formatDecimal(sum(prices.map((price) => exact(price.incl_vat ?? price.excl_vat)))),
    taxes: [...taxes.values()],
  };
}
