import { roundMilli } from '../metering/reading.js';
import type { RegisterPoint } from '../metering/register-curve.js';
import type { EpochMs } from '../roaming/common.js';
import type { PhaseSpan } from './phase-spans.js';

/**
 * Energy from the start of the session to the end of each span, Wh with three decimals; the last is
 * `energyWh`. What was counted between two points of the register flowed evenly in the charging time
 * between them, for in PARK the register stands still; only between two points that have no charging
 * time does it flow in PARK (D2-046). Without a usable curve all energy counts as one such step.
 */
export function spreadEnergy(input: {
  spans: readonly PhaseSpan[];
  curve: readonly RegisterPoint[];
  energyWh: number;
}): number[] {
  const { spans, energyWh } = input;
  const startedAt = spans[0]?.from ?? 0;
  const endedAt = spans.at(-1)?.to ?? startedAt;
  const shares = spans.map(() => 0);
  let first = 0;
  for (const step of stepsOf(input.curve, { startedAt, endedAt, energyWh })) {
    while ((spans[first]?.to ?? Number.POSITIVE_INFINITY) <= step.from && first < spans.length - 1)
      first += 1;
    spreadStep(step, spans, first, shares);
  }

  let sum = 0;
  return shares.map((share, index) => {
    sum += share;
    return index === shares.length - 1 ? energyWh : Math.min(energyWh, roundMilli(sum));
  });
}

interface EnergyStep {
  from: EpochMs;
  to: EpochMs;
  wh: number;
}

function stepsOf(
  curve: readonly RegisterPoint[],
  session: { startedAt: EpochMs; endedAt: EpochMs; energyWh: number },
): EnergyStep[] {
  const { startedAt, endedAt, energyWh } = session;
  const steps: EnergyStep[] = [];
  for (let index = 1; index < curve.length; index += 1) {
    const before = curve[index - 1];
    const after = curve[index];
    if (before === undefined || after === undefined || after.wh <= before.wh) continue;
    const from = Math.min(Math.max(before.at, startedAt), endedAt);
    steps.push({ from, to: Math.min(Math.max(after.at, from), endedAt), wh: after.wh - before.wh });
  }
  return steps.length === 0 && energyWh > 0 ? [{ from: startedAt, to: endedAt, wh: energyWh }] : steps;
}

/** Adds the energy of one step to the shares of the spans that it touches, the first of which is `first`. */
function spreadStep(step: EnergyStep, spans: readonly PhaseSpan[], first: number, shares: number[]): void {
  let chargingMs = 0;
  let end = first;
  for (; end < spans.length; end += 1) {
    const span = spans[end];
    if (span === undefined || (end > first && span.from >= step.to)) break;
    if (span.phase === 'CHARGE') chargingMs += overlapMs(span, step);
  }
  const wholeMs = chargingMs > 0 ? chargingMs : step.to - step.from;
  for (let index = first; index < end; index += 1) {
    const span = spans[index];
    if (span === undefined) continue;
    const counts = chargingMs === 0 || span.phase === 'CHARGE';
    const share = wholeMs === 0 ? (index === first ? 1 : 0) : counts ? overlapMs(span, step) / wholeMs : 0;
    shares[index] = (shares[index] ?? 0) + step.wh * share;
  }
}

function overlapMs(span: PhaseSpan, step: EnergyStep): number {
  return Math.max(0, Math.min(span.to, step.to) - Math.max(span.from, step.from));
}
