import type { EpochMs } from '../roaming/common.js';
import type { MeterSample } from './normalize.js';
import { roundMilli } from './reading.js';
import type { RegisterPoint } from './register-curve.js';

const MS_PER_HOUR = 3_600_000;

/** The power curve needs two points to enclose any energy. */
const MIN_POWER_SAMPLES = 2;

export type UnmeteredSource = 'INTERVALS' | 'POWER' | 'NONE';

/**
 * Energy of a session whose register says nothing: the sum of its intervals, else the integral of its
 * power, else none (D2-037). The curve counts on from `startWh`; `samples` are ascending in time.
 */
export function unmeteredEnergy(
  samples: readonly MeterSample[],
  startedAt: EpochMs,
  startWh: number,
): { source: UnmeteredSource; curve: RegisterPoint[] } {
  const start: RegisterPoint = { at: startedAt, wh: startWh };
  const intervals = intervalCurve(samples, start);
  if (intervals.length > 1) return { source: 'INTERVALS', curve: intervals };
  const power = powerCurve(samples, start);
  if (power.length >= MIN_POWER_SAMPLES) return { source: 'POWER', curve: power };
  return { source: 'NONE', curve: [start] };
}

// Clock-aligned and periodic intervals cover the same time, so only one of the two kinds may count.
function intervalCurve(samples: readonly MeterSample[], start: RegisterPoint): RegisterPoint[] {
  const counted = samples.filter(
    ({ context, intervalWh }) => intervalWh !== undefined && context !== 'Transaction.Begin',
  );
  const periodic = counted.filter(({ context }) => context !== 'Sample.Clock');
  const curve = [start];
  let wh = start.wh;
  for (const { at, intervalWh } of periodic.length > 0 ? periodic : counted) {
    wh = roundMilli(wh + (intervalWh ?? 0));
    curve.push({ at: Math.max(at, start.at), wh });
  }
  return curve;
}

function powerCurve(samples: readonly MeterSample[], start: RegisterPoint): RegisterPoint[] {
  const curve: RegisterPoint[] = [];
  let previous: { at: EpochMs; powerW: number } | undefined;
  let wh = start.wh;
  for (const sample of samples) {
    if (sample.powerW === undefined) continue;
    const point = { at: Math.max(sample.at, start.at), powerW: Math.max(0, sample.powerW) };
    if (previous !== undefined) {
      wh += (((previous.powerW + point.powerW) / 2) * (point.at - previous.at)) / MS_PER_HOUR;
    }
    curve.push({ at: point.at, wh: roundMilli(wh) });
    previous = point;
  }
  return curve;
}
