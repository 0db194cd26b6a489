import type { LoadSpan, TimedPeriod } from '@roambridge/domain';
import { Problem } from '../routing/problem.js';
import type { SessionInput } from '../schemas/price-request.js';
import { kwhToWh, wholeSecond } from './whole-second.js';

type Period = NonNullable<SessionInput['charging_periods']>[number];
type DimensionType = Period['dimensions'][number]['type'];
type Volume = (type: DimensionType) => number | undefined;

/** TIME and PARKING_TIME have few decimals; the clock decides, and they must not say anything else. */
const TIME_TOLERANCE_S = 2;

const SECONDS_PER_HOUR = 3600;
const W_PER_KW = 1000;
const MS_PER_SECOND = 1000;
const MS_PER_HOUR = 3_600_000;

/**
 * A session by its charging periods. Power and current are those of their dimensions; where the power is not told it
 * is the mean of the period.
 * @throws {Problem} `invalid-request` when the volumes of a period contradict its times.
 */
export function fromPeriods(
  { end_date_time }: Pick<SessionInput, 'end_date_time'>,
  given: readonly Period[],
): { periods: TimedPeriod[]; load: LoadSpan[] } {
  const periods: TimedPeriod[] = [];
  const load: LoadSpan[] = [];
  for (const [index, { start_date_time, dimensions }] of given.entries()) {
    const from = wholeSecond(start_date_time);
    const to = wholeSecond(given[index + 1]?.start_date_time ?? end_date_time);
    const volume = volumesOf(dimensions, index);
    const hasTime = volume('TIME') !== undefined;
    const hasParking = volume('PARKING_TIME') !== undefined;
    if (hasTime && hasParking)
      refuse(index, 'must be split where parking begins: it has TIME and PARKING_TIME');
    const hours = volume('TIME') ?? volume('PARKING_TIME');
    const clockSeconds = (to - from) / MS_PER_SECOND;
    if (hours !== undefined && Math.abs(hours * SECONDS_PER_HOUR - clockSeconds) > TIME_TOLERANCE_S) {
      refuse(index, `has ${hours} hours, and lasts ${clockSeconds} s until the next one or the end`);
    }
    const energyWh = kwhToWh(volume('ENERGY') ?? 0);
    periods.push({ from, to, phase: hasParking ? 'PARK' : 'CHARGE', energyWh });
    load.push({ from, to, ...loadOf(volume, { energyWh, durationMs: to - from }) });
  }
  return { periods, load };
}

function volumesOf(dimensions: Period['dimensions'], index: number): Volume {
  const volumes = new Map<DimensionType, number>();
  for (const { type, volume } of dimensions) {
    if (volumes.has(type)) refuse(index, `has ${type} twice`);
    volumes.set(type, volume);
  }
  return (type) => volumes.get(type);
}

function loadOf(
  volume: Volume,
  { energyWh, durationMs }: { energyWh: number; durationMs: number },
): Pick<LoadSpan, 'powerW' | 'currentA'> {
  const mean = durationMs > 0 ? (energyWh * MS_PER_HOUR) / durationMs : undefined;
  const powerW =
    bounds(scaled(volume('POWER')), scaled(volume('MIN_POWER')), scaled(volume('MAX_POWER'))) ??
    (mean === undefined ? undefined : { min: mean, max: mean });
  const currentA = bounds(volume('CURRENT'), volume('MIN_CURRENT'), volume('MAX_CURRENT'));
  return { ...(powerW && { powerW }), ...(currentA && { currentA }) };
}

/** Nothing is below 0 or above what was never exceeded. */
function bounds(value: number | undefined, min: number | undefined, max: number | undefined) {
  if (value !== undefined) return { min: value, max: value };
  if (min === undefined && max === undefined) return undefined;
  return { min: min ?? 0, max: max ?? Number.POSITIVE_INFINITY };
}

function scaled(kilowatt: number | undefined): number | undefined {
  return kilowatt === undefined ? undefined : Math.round(kilowatt * W_PER_KW * 1000) / 1000;
}

function refuse(index: number, detail: string): never {
  const pointer = `/session/charging_periods/${index}`;
  throw new Problem('invalid-request', `${pointer}: ${detail}`, [{ pointer, detail }]);
}
