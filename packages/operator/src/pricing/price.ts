import {
  type LoadSpan,
  type Priced,
  type Rounding,
  rateSession,
  reservationPeriod,
  type TimedPeriod,
} from '@roambridge/domain';
import { jsonPointer, Problem } from '../routing/problem.js';
import type { PriceRequest } from '../schemas/price-request.js';
import { withTaxRule } from '../schemas/tariff.js';
import { fromPeriods } from './from-periods.js';
import { fromSamples } from './from-samples.js';
import { wholeSecond } from './whole-second.js';

/**
 * Prices what the request describes, as a CDR of it would be priced; nothing is stored.
 * @throws {Problem} `invalid-request` with the member that keeps it from being priced.
 */
export function price(
  request: PriceRequest,
  roundingOf: (currency: string) => Rounding,
): { periods: TimedPeriod[]; pricing: Priced } {
  const { session, reservation } = request;
  const tariff = withTaxRule(request.tariff);
  const charged = session === undefined ? { periods: [], load: [] } : factsOf(session);
  const reserved = reservedPeriods(request);
  const periods = [...reserved, ...charged.periods].map((period) => ({ ...period, tariffId: tariff.id }));
  const startedAt = reserved[0]?.from ?? wholeSecond(session?.start_date_time ?? '');
  const endedAt = session ? wholeSecond(session.end_date_time) : (reserved.at(-1)?.to ?? startedAt);
  const rated = rateSession({
    tariff,
    timeZone: request.time_zone,
    startedAt,
    endedAt,
    periods,
    load: charged.load,
    ...(reservation && { reservation: reservation.outcome }),
    rounding: roundingOf(tariff.currency),
  });
  const { pricing } = rated;
  if (pricing.kind === 'unpriceable') {
    const pointer = jsonPointer(pricing.path);
    throw new Problem('invalid-request', pricing.detail, [{ pointer, detail: pricing.detail }]);
  }
  return { periods: rated.periods, pricing };
}

function factsOf(session: NonNullable<PriceRequest['session']>): {
  periods: TimedPeriod[];
  load: LoadSpan[];
} {
  const { charging_periods, samples } = session;
  return charging_periods === undefined
    ? fromSamples(session, samples ?? [])
    : fromPeriods(session, charging_periods);
}

function reservedPeriods({ session, reservation }: PriceRequest): TimedPeriod[] {
  const end = session?.start_date_time ?? reservation?.to;
  if (reservation === undefined || end === undefined) return [];
  return [reservationPeriod({ from: wholeSecond(reservation.from), to: wholeSecond(end) })];
}
