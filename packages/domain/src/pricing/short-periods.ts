import { roundMilli } from '../metering/reading.js';
import { type RegisterPoint, registerAt } from '../metering/register-curve.js';
import type { TimedPeriod } from '../session/charging-periods.js';
import { spreadEnergy } from '../session/energy-share.js';
import type { PhaseSpan } from '../session/phase-spans.js';
import type { Sliceable } from './slices.js';
import { restrictedLoad } from './tariff-periods.js';

/** How long a charging period may be, and what tells how its energy is spread. */
export interface PeriodLimit {
  maxPeriodMs?: number;
  curve?: readonly RegisterPoint[];
}

/**
 * Cuts periods that are longer than the limit, each from its own start (D2-040). Their energy is split where the meter
 * was read, and evenly between two readings (D2-046), so that they are priced the same as before.
 */
export function shortPeriods(
  periods: TimedPeriod[],
  { maxPeriodMs, curve = [], ...tariff }: PeriodLimit & Partial<Sliceable>,
): TimedPeriod[] {
  if (maxPeriodMs === undefined || periods.every(({ from, to }) => to - from <= maxPeriodMs)) return periods;
  return periods.flatMap((period) => {
    const { phase, energyWh } = period;
    if (phase === 'RESERVE' || period.to - period.from <= maxPeriodMs) return [period];
    const spans: PhaseSpan[] = [];
    for (let { from } = period; from < period.to; from += maxPeriodMs) {
      spans.push({ phase, from, to: Math.min(from + maxPeriodMs, period.to) });
    }
    const counted = spreadEnergy({ spans, curve: within(curve, period), energyWh });
    return spans.map(({ from, to }, index) => {
      const part: TimedPeriod = {
        ...period,
        from,
        to,
        energyWh: roundMilli((counted[index] ?? 0) - (counted[index - 1] ?? 0)),
      };
      const { tariff: rated, load } = tariff;
      return rated && load ? { ...part, ...restrictedLoad({ tariff: rated, load }, part) } : part;
    });
  });
}

/** The part of the curve in a period, with what it counted outside left out. */
function within(curve: readonly RegisterPoint[], { from, to, energyWh }: TimedPeriod): RegisterPoint[] {
  const begin = registerAt(curve, from);
  const end = registerAt(curve, to);
  if (begin === undefined || end === undefined || end <= begin) return [];
  const inner = curve.filter(({ at }) => at > from && at < to);
  const points = [{ at: from, wh: begin }, ...inner, { at: to, wh: end }];
  // What the tariff gave the period may differ in its last digits from what the curve says.
  return points.map((point) => ({ ...point, wh: ((point.wh - begin) * energyWh) / (end - begin) }));
}
