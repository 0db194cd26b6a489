import type { TimedPeriod } from '../session/charging-periods.js';
import { dependsOnClock, isClockable, localClock, MAX_CLOCKED_SESSION_DAYS } from './local-clock.js';
import type { PriceSessionInput } from './price-session.js';
import { type Unpriceable, unpriceable } from './pricing.js';

/** Times of periods have whole seconds, those of sessions need not. */
const CLOCK_TOLERANCE_MS = 1000;

/** What keeps the session's data from being priced. */
export function checkSession(input: PriceSessionInput): Unpriceable | undefined {
  const { tariff, timeZone, startedAt, endedAt, periods, reservation } = input;
  const first = periods[0];
  const last = periods.at(-1);
  if (first === undefined || last === undefined) return contradiction('is empty');
  for (const [index, period] of periods.entries()) {
    const problem = checkPeriod(period, periods[index - 1]);
    if (problem !== undefined) return contradiction(problem, index);
    if (period.phase === 'RESERVE' && reservation === undefined) {
      return contradiction('is of a reservation whose end is not known', index);
    }
  }
  if (
    Math.abs(first.from - startedAt) >= CLOCK_TOLERANCE_MS ||
    Math.abs(last.to - endedAt) >= CLOCK_TOLERANCE_MS
  ) {
    return contradiction('do not last from the start to the end of the session');
  }
  if (!dependsOnClock(tariff.elements)) return undefined;
  if (!isClockable(first.from, last.to)) {
    const limit = `lasts longer than ${MAX_CLOCKED_SESSION_DAYS} days`;
    return unpriceable('SESSION_INVALID', ['session'], limit);
  }
  try {
    localClock(timeZone, first.from, last.to);
  } catch {
    return unpriceable('SESSION_INVALID', ['time_zone'], `${timeZone} is not known`);
  }
  return undefined;
}

function checkPeriod(
  { from, to, energyWh, phase }: TimedPeriod,
  before: TimedPeriod | undefined,
): string | undefined {
  if (to < from || !(energyWh >= 0)) return 'has a negative length or energy';
  if (phase === 'RESERVE' && energyWh > 0) return 'has energy although it is of a reservation';
  if (before === undefined) return undefined;
  if (before.to !== from) return 'does not follow the one before it';
  return phase === 'RESERVE' && before.phase !== 'RESERVE'
    ? 'is of a reservation and comes after charging'
    : undefined;
}

function contradiction(problem: string, index?: number): Unpriceable {
  const path = ['session', 'charging_periods', ...(index === undefined ? [] : [index])] as const;
  return unpriceable('SESSION_INVALID', path, problem);
}
