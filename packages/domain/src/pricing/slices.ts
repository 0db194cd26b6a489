import { roundMilli } from '../metering/reading.js';
import type { EpochMs } from '../roaming/common.js';
import type { Tariff } from '../roaming/tariff.js';
import type { TimedPeriod } from '../session/charging-periods.js';
import type { SessionPhase } from '../session/phases.js';
import { clockCuts, dependsOnClock, localMoment } from './local-clock.js';
import { type TariffMoment, thresholdWh } from './restriction-match.js';

/** A part of a session within which no restriction of the tariff begins or ends to hold. */
export interface Slice {
  from: EpochMs;
  to: EpochMs;
  phase: SessionPhase;
  energyWh: number;
  /** State of the session at `from`, which holds for the whole slice. */
  moment: TariffMoment;
}

interface Stretch {
  from: EpochMs;
  to: EpochMs;
  phase: SessionPhase;
  fromWh: number;
  toWh: number;
}

const MS_PER_SECOND = 1000;
const NO_CLOCK = { date: '', time: '', day: '' };

/**
 * Cuts the periods of a session at every moment at which another price may apply (OCPI TA-23, CD-37).
 * Energy is taken to flow evenly within a period. Throws RangeError for an unknown time zone.
 */
export function sliceSession(tariff: Tariff, periods: readonly TimedPeriod[], timeZone: string): Slice[] {
  const from = periods[0]?.from ?? 0;
  const to = periods.at(-1)?.to ?? from;
  const clocked = dependsOnClock(tariff.elements);
  const moments = [
    ...durationCuts(tariff, from),
    ...(clocked ? clockCuts(tariff.elements, { from, to, timeZone }) : []),
  ].sort((a, b) => a - b);
  const thresholds = energyCuts(tariff).sort((a, b) => a - b);

  return stretchesOf(periods)
    .flatMap((stretch) => cutAtMoments(stretch, moments))
    .flatMap((stretch) => cutAtEnergies(stretch, thresholds))
    .map((stretch) => ({
      from: stretch.from,
      to: stretch.to,
      phase: stretch.phase,
      energyWh: roundMilli(stretch.toWh - stretch.fromWh),
      moment: {
        ...(clocked ? localMoment(stretch.from, timeZone) : NO_CLOCK),
        elapsedMs: stretch.from - from,
        consumedWh: stretch.fromWh,
      },
    }));
}

function durationCuts({ elements }: Tariff, from: EpochMs): EpochMs[] {
  return elements
    .flatMap(({ restrictions }) => [restrictions?.min_duration, restrictions?.max_duration])
    .filter((seconds) => seconds !== undefined)
    .map((seconds) => from + seconds * MS_PER_SECOND);
}

function energyCuts({ elements }: Tariff): number[] {
  return elements
    .flatMap(({ restrictions }) => [restrictions?.min_kwh, restrictions?.max_kwh])
    .filter((kwh) => kwh !== undefined)
    .map(thresholdWh);
}

function stretchesOf(periods: readonly TimedPeriod[]): Stretch[] {
  let fromWh = 0;
  return periods.map(({ from, to, phase, energyWh }) => {
    const stretch = { from, to, phase, fromWh, toWh: roundMilli(fromWh + energyWh) };
    fromWh = stretch.toWh;
    return stretch;
  });
}

function cutAtMoments(stretch: Stretch, moments: readonly EpochMs[]): Stretch[] {
  const parts: Stretch[] = [];
  let rest = stretch;
  for (const at of moments) {
    if (at <= rest.from || at >= rest.to) continue;
    const share = (at - stretch.from) / (stretch.to - stretch.from);
    const wh = roundMilli(stretch.fromWh + (stretch.toWh - stretch.fromWh) * share);
    parts.push({ ...rest, to: at, toWh: wh });
    rest = { ...rest, from: at, fromWh: wh };
  }
  return [...parts, rest];
}

function cutAtEnergies(stretch: Stretch, thresholds: readonly number[]): Stretch[] {
  const parts: Stretch[] = [];
  let rest = stretch;
  for (const wh of thresholds) {
    if (wh <= rest.fromWh || wh >= rest.toWh) continue;
    const share = (wh - stretch.fromWh) / (stretch.toWh - stretch.fromWh);
    const at = Math.round(stretch.from + (stretch.to - stretch.from) * share);
    parts.push({ ...rest, to: at, toWh: wh });
    rest = { ...rest, from: at, fromWh: wh };
  }
  return [...parts, rest];
}
