import type { EpochMs } from '../roaming/common.js';
import { ocpiTime } from '../session/ocpi-time.js';
import { type Unpriceable, type UsageDimension, unpriceable } from './pricing.js';
import type { Rate } from './rates.js';
import { type ReservationOutcome, reservationRates } from './reservation.js';
import { restrictionsVerdict } from './restriction-match.js';
import type { Slice } from './slices.js';

/** What one component of the tariff priced without interruption. */
export interface Usage {
  rate: Rate;
  from: EpochMs;
  to: EpochMs;
  /** Thousandths of a Wh, milliseconds, or 1 for a fee: whole numbers of what was really used. */
  used: number;
  /** Positions of the periods that it comes from. */
  periods: number[];
}

/** What a session used of a tariff, and which components were active, used or not. */
export interface SessionUsage {
  usages: Usage[];
  active: ReadonlySet<Rate>;
}

type Metered = Exclude<UsageDimension, 'FLAT' | 'RESERVATION_FLAT'>;

const duration = ({ from, to }: Slice): number => to - from;

/** The dimensions that exist in each phase with what a slice has of them; PARKING_TIME by OCPI CD-48. */
const METERED = {
  CHARGE: { ENERGY: ({ energyMilliWh }) => energyMilliWh, TIME: duration },
  PARK: { ENERGY: ({ energyMilliWh }) => energyMilliWh, PARKING_TIME: duration },
  RESERVE: { RESERVATION_TIME: duration },
} satisfies Record<Slice['phase'], Partial<Record<Metered, (slice: Slice) => number>>>;

/**
 * Attributes the slices of a session to the components of the tariff, dimension by dimension (OCPI TA-20, TA-22).
 * A fee is charged once, by the first component that becomes active.
 */
export function sessionUsage(
  rates: readonly Rate[],
  slices: readonly Slice[],
  reservation: ReservationOutcome | undefined,
): SessionUsage | Unpriceable {
  const usages: Usage[] = [];
  const active = new Set<Rate>();
  const latest = new Map<string, Usage>();
  const { fees, meters } = candidates(rates, reservation);

  for (const slice of slices) {
    for (const fee of fees[slice.phase === 'RESERVE' ? 'reservation' : 'session']) {
      if (latest.has(fee.name)) continue;
      const rate = activeRate(fee.rates, slice);
      if (rate === undefined) continue;
      if ('kind' in rate) return rate;
      active.add(rate);
      const { from, to, period } = slice;
      latest.set(fee.name, add(usages, { rate, from, to, used: 1, periods: [period] }));
    }
    for (const [dimension, volume] of Object.entries<(slice: Slice) => number>(METERED[slice.phase])) {
      const rate = activeRate(meters.get(dimension) ?? [], slice);
      const used = volume(slice);
      if (rate === undefined) continue;
      if ('kind' in rate) {
        if (used > 0) return rate;
        continue;
      }
      active.add(rate);
      if (used === 0) continue;
      const before = latest.get(dimension);
      if (before?.rate === rate && before.to === slice.from) {
        before.to = slice.to;
        before.used += used;
        if (before.periods.at(-1) !== slice.period) before.periods.push(slice.period);
      } else {
        const { from, to, period } = slice;
        latest.set(dimension, add(usages, { rate, from, to, used, periods: [period] }));
      }
    }
  }
  return { usages, active };
}

function add(usages: Usage[], usage: Usage): Usage {
  usages.push(usage);
  return usage;
}

/** Which components compete for each fee and for each metered dimension. */
function candidates(rates: readonly Rate[], reservation: ReservationOutcome | undefined) {
  const reserved = reservationRates(rates, reservation);
  const meters = new Map<string, Rate[]>([['RESERVATION_TIME', reserved.time]]);
  for (const dimension of ['ENERGY', 'TIME', 'PARKING_TIME'] as const) {
    meters.set(
      dimension,
      rates.filter((rate) => rate.dimension === dimension),
    );
  }
  const fees = {
    session: [{ name: 'FLAT', rates: rates.filter(({ dimension }) => dimension === 'FLAT') }],
    reservation: reserved.fees,
  };
  return { fees, meters };
}

/** OCPI TA-20: the first element that has the dimension and whose restrictions hold. */
function activeRate(rates: readonly Rate[], { from, moment }: Slice): Rate | Unpriceable | undefined {
  for (const rate of rates) {
    const verdict = restrictionsVerdict(rate.restrictions, moment);
    if ('unknown' in verdict) {
      const path = ['tariff', 'elements', rate.element, 'restrictions', verdict.unknown] as const;
      const quantity = verdict.unknown.endsWith('power') ? 'power' : 'current';
      return unpriceable('LOAD_UNKNOWN', path, `the ${quantity} at ${ocpiTime(from)} was not metered`);
    }
    if (verdict.holds) return rate;
  }
  return undefined;
}
