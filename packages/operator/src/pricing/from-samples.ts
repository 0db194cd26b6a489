import {
  chargingPeriods,
  type LoadSpan,
  meteredLoad,
  type PhaseChange,
  type RegisterPoint,
  type TimedPeriod,
} from '@roambridge/domain';
import { Problem } from '../routing/problem.js';
import type { SessionInput } from '../schemas/price-request.js';
import { kwhToWh, wholeSecond } from './whole-second.js';

type Sample = NonNullable<SessionInput['samples']>[number];

const W_PER_KW = 1000;

/**
 * A session by samples of its meter, cut like that of a charger: energy flows evenly between two samples, and phases
 * shorter than a minute do not count.
 * @throws {Problem} `invalid-request` when samples are out of order or outside of the session, or the register falls.
 */
export function fromSamples(
  session: Pick<SessionInput, 'start_date_time' | 'end_date_time'>,
  samples: readonly Sample[],
): { periods: TimedPeriod[]; load: LoadSpan[] } {
  const startedAt = wholeSecond(session.start_date_time);
  const endedAt = wholeSecond(session.end_date_time);
  const curve: RegisterPoint[] = [];
  const phases: PhaseChange[] = [];
  for (const [index, { date_time, kwh, parking }] of samples.entries()) {
    const point = { at: wholeSecond(date_time), wh: kwhToWh(kwh) };
    if (point.at < startedAt || point.at > endedAt) refuse(index, 'date_time', 'is outside of the session');
    const before = curve.at(-1);
    if (before !== undefined && point.at <= before.at)
      refuse(index, 'date_time', 'is not after the one before');
    if (before !== undefined && point.wh < before.wh) refuse(index, 'kwh', 'is less than the one before');
    curve.push(point);
    if (parking !== undefined) phases.push({ at: point.at, phase: parking ? 'PARK' : 'CHARGE' });
  }
  const energyWh = Math.round(((curve.at(-1)?.wh ?? 0) - (curve[0]?.wh ?? 0)) * 1000) / 1000;
  const boundaries = curve.map(({ at }) => at);
  return {
    periods: chargingPeriods({ startedAt, endedAt, curve, energyWh, phases, boundaries }),
    load: meteredLoad({ readings: samples.map(readingOf), curve, from: startedAt, to: endedAt }),
  };
}

function readingOf({ date_time, power_kw, current_a }: Sample) {
  return {
    at: wholeSecond(date_time),
    ...(power_kw !== undefined && { powerW: Math.round(power_kw * W_PER_KW * 1000) / 1000 }),
    ...(current_a !== undefined && { currentA: current_a }),
  };
}

function refuse(index: number, member: string, detail: string): never {
  const pointer = `/session/samples/${index}/${member}`;
  throw new Problem('invalid-request', `${pointer}: ${detail}`, [{ pointer, detail }]);
}
