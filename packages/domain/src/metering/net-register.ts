import type { EpochMs } from '../roaming/common.js';
import type { MeterSample } from './normalize.js';
import { roundMilli } from './reading.js';

interface NetReading {
  sample: MeterSample;
  wh: number;
  /** Where it stands among the others: boundary values at the ends (D2-024). */
  at: EpochMs;
}

const BEGIN = 'Transaction.Begin';
const END = 'Transaction.End';

/** Whether a net register is all that the meter tells; costs no look at more than one sample where it tells another. */
export function tellsNetOnly(samples: readonly MeterSample[]): boolean {
  let isTold = false;
  for (const { registerWh, netWh } of samples) {
    if (registerWh !== undefined) return false;
    if (netWh !== undefined) isTold = true;
  }
  return isTold;
}

/**
 * The samples of a meter that tells nothing but import less export, with a register of what was taken: what a vehicle
 * feeds back is not taken off the bill, so only what the net register rises by counts (D2-039). A reading of 0 from
 * which the register returns is a drop-out (D2-027). `samples` are those of such a meter.
 */
export function withTakenEnergy(
  samples: readonly MeterSample[],
  endedAt: EpochMs | undefined,
): readonly MeterSample[] {
  const readings = netReadings(samples, endedAt);
  let before = readings[0]?.wh ?? 0;
  let takenWh = Math.max(0, before);
  const taken = new Map<MeterSample, number>();
  readings.forEach(({ sample, wh }, index) => {
    const next = readings[index + 1];
    if (wh === 0 && before > 0 && next !== undefined && next.wh >= before) return;
    takenWh = roundMilli(takenWh + Math.max(0, wh - before));
    before = wh;
    taken.set(sample, takenWh);
  });
  return samples.map((sample) => {
    const registerWh = taken.get(sample);
    return registerWh === undefined ? sample : { registerWh, ...sample };
  });
}

/** What the vehicle fed back between `from` and `to` by the net register, Wh; undefined where it told nothing of it. */
export function netFedBackWh(
  samples: readonly MeterSample[],
  { from, to }: { from: EpochMs; to: EpochMs },
): number | undefined {
  if (!tellsNetOnly(samples)) return undefined;
  let before: number | undefined;
  let fedBackWh: number | undefined;
  for (const { at, netWh } of samples) {
    if (netWh === undefined || at > to) continue;
    if (before !== undefined && at > from) fedBackWh = (fedBackWh ?? 0) + Math.max(0, before - netWh);
    before = netWh;
  }
  return fedBackWh === undefined ? undefined : roundMilli(fedBackWh);
}

function netReadings(samples: readonly MeterSample[], endedAt: EpochMs | undefined): NetReading[] {
  const readings: NetReading[] = [];
  let begun = false;
  for (const sample of samples) {
    const { netWh: wh, at, context } = sample;
    if (wh === undefined) continue;
    if (context === BEGIN && begun) continue;
    if (context === BEGIN) begun = true;
    const place = context === BEGIN ? -Infinity : context === END ? (endedAt ?? at) : at;
    readings.push({ sample, wh, at: place });
  }
  return readings.sort((a, b) => a.at - b.at || rank(a) - rank(b));
}

/** Of one moment the boundary value is the last. */
function rank({ sample }: NetReading): number {
  return sample.context === END ? 1 : 0;
}
