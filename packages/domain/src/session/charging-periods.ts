import Big from 'big.js';
import { roundMilli } from '../metering/reading.js';
import type { RegisterPoint } from '../metering/register-curve.js';
import type { Decimal, EpochMs } from '../roaming/common.js';
import type { CdrDimension, CdrDimensionType, ChargingPeriod } from '../roaming/session.js';
import { spreadEnergy } from './energy-share.js';
import { ocpiTime } from './ocpi-time.js';
import { hours, kwh } from './period-volumes.js';
import { cutAt, steadyPhases, wholeSecond } from './phase-spans.js';
import type { PhaseChange, SessionPhase } from './phases.js';

/** What the time of a period counts as: a reservation goes before the session that it led to. */
export type PeriodPhase = SessionPhase | 'RESERVE';

/** One charging period. Times are whole seconds; energy in Wh, at most three decimals, never negative. */
export interface TimedPeriod {
  from: EpochMs;
  to: EpochMs;
  phase: PeriodPhase;
  energyWh: number;
  tariffId?: string;
  /** The least and the most power and current metered in it, where the tariff depends on them (D2-047). */
  powerW?: { min: number; max: number };
  currentA?: { min: number; max: number };
}

/** OCPI CD-48 */
const TIME_DIMENSION = {
  CHARGE: 'TIME',
  PARK: 'PARKING_TIME',
  RESERVE: 'RESERVATION_TIME',
} as const satisfies Record<PeriodPhase, CdrDimensionType>;

/**
 * Cuts a session into its charging periods: at changes of phase and at `boundaries`, the moments at which
 * another part of the tariff applies (D2-040..D2-048). The periods follow one another without a gap from
 * start to end, are never empty in number, their energies add up to `energyWh`, and none has zero length
 * unless the session has. For a running session `endedAt` is the present moment.
 */
export function chargingPeriods(input: {
  startedAt: EpochMs;
  endedAt: EpochMs;
  curve: readonly RegisterPoint[];
  energyWh: number;
  phases: readonly PhaseChange[];
  tariffId?: string;
  boundaries?: readonly EpochMs[];
  minPhaseMs?: number;
}): TimedPeriod[] {
  const { startedAt, curve, energyWh, phases, tariffId, boundaries = [] } = input;
  const endedAt = Math.max(startedAt, input.endedAt);
  const spans = cutAt(boundaries, steadyPhases(phases, startedAt, endedAt, input.minPhaseMs));
  const cumulative = spreadEnergy({ spans, curve, energyWh });

  return spans.map(({ from, to, phase }, index) => ({
    from: wholeSecond(from),
    to: wholeSecond(to),
    phase,
    energyWh: roundMilli((cumulative[index] ?? 0) - (cumulative[index - 1] ?? 0)),
    ...(tariffId !== undefined && { tariffId }),
  }));
}

/**
 * The periods in OCPI's shape: ENERGY and TIME while charging, PARKING_TIME (and ENERGY where some flowed)
 * while parked (D2-042), RESERVATION_TIME while reserved. Volumes are kWh and hours with at most four decimals. They
 * are the differences of the rounded running totals, so they add up to the rounded total exactly (D2-048).
 */
export function toChargingPeriods(periods: readonly TimedPeriod[]): ChargingPeriod[] {
  const startedAt: EpochMs = periods[0]?.from ?? 0;
  let energyWh = 0;
  return periods.map(({ from, to, phase, energyWh: partWh, tariffId, powerW, currentA }) => {
    const energy = kwh(roundMilli(energyWh + partWh)).minus(kwh(energyWh));
    energyWh = roundMilli(energyWh + partWh);
    const time = lasted({ from, to }, startedAt);
    const dimensions: CdrDimension[] = [
      ...(energy.gt(0) ? [{ type: 'ENERGY' as const, volume: energy.toFixed() }] : []),
      { type: TIME_DIMENSION[phase], volume: time.toFixed() },
      ...extremes(['MIN_POWER', 'MAX_POWER'], powerW, W_PER_KW),
      ...extremes(['MIN_CURRENT', 'MAX_CURRENT'], currentA, 1),
    ];
    return {
      start_date_time: ocpiTime(from),
      dimensions,
      ...(tariffId !== undefined && { tariff_id: tariffId }),
    };
  });
}

/** The hours of a period, of a session that began at `startedAt` (D2-048). */
function lasted({ from, to }: Pick<TimedPeriod, 'from' | 'to'>, startedAt: EpochMs): Big {
  return hours(to - startedAt).minus(hours(from - startedAt));
}

const W_PER_KW = 1000;
/** Decimals of volumes (D2-049). */
const LOAD_DECIMALS = 4;

function extremes(
  types: readonly [CdrDimensionType, CdrDimensionType],
  bounds: TimedPeriod['powerW'],
  perUnit: number,
): CdrDimension[] {
  if (bounds === undefined) return [];
  return [bounds.min, bounds.max].flatMap((value, index) => {
    const type = types[index];
    if (type === undefined || !Number.isFinite(value)) return [];
    return [{ type, volume: new Big(value).div(perUnit).round(LOAD_DECIMALS).toFixed() }];
  });
}

/**
 * The totals of a CDR that agree with the sums of its periods: kWh, hours in all, and hours parked, absent
 * when the vehicle never parked (D3-003, OCPI CD-40).
 */
export function periodTotals(periods: readonly TimedPeriod[]): {
  total_energy: Decimal;
  total_time: Decimal;
  total_parking_time?: Decimal;
} {
  const energyWh = roundMilli(periods.reduce((sum, period) => sum + period.energyWh, 0));
  const startedAt: EpochMs = periods[0]?.from ?? 0;
  const durationMs = (periods.at(-1)?.to ?? 0) - startedAt;
  const parked = periods
    .filter(({ phase }) => phase === 'PARK')
    .reduce((sum, period) => sum.plus(lasted(period, startedAt)), new Big(0));
  return {
    total_energy: kwh(energyWh).toFixed(),
    total_time: hours(durationMs).toFixed(),
    ...(parked.gt(0) && { total_parking_time: parked.toFixed() }),
  };
}
