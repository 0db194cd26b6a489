import { Temporal } from 'temporal-polyfill';
import {
  type LoadSpan,
  type Pricing,
  priceSession,
  type ReservationOutcome,
  type Tariff,
  type TimedPeriod,
} from '../../src/index.js';

/** A part of a session in a vector. */
export interface VectorPart {
  phase: TimedPeriod['phase'];
  seconds: number;
  kwh?: number;
  power_kw?: number;
  current_a?: number;
}

export interface VectorSession {
  tariff: Partial<Tariff>;
  timeZone: string;
  /** Local time. */
  start: string;
  parts: readonly VectorPart[];
  reservation?: ReservationOutcome;
}

/** Prices the session of a vector. */
export function priceVector({ tariff, timeZone, start, parts, reservation }: VectorSession): Pricing {
  const startedAt = Temporal.PlainDateTime.from(start).toZonedDateTime(timeZone).epochMilliseconds;
  const periods: TimedPeriod[] = [];
  const load: LoadSpan[] = [];
  let from = startedAt;
  for (const { phase, seconds, kwh = 0, power_kw, current_a } of parts) {
    const to = from + seconds * 1000;
    periods.push({ from, to, phase, energyWh: Math.round(kwh * 1e6) / 1000 });
    load.push({
      from,
      to,
      ...(power_kw !== undefined && { powerW: { min: power_kw * 1000, max: power_kw * 1000 } }),
      ...(current_a !== undefined && { currentA: { min: current_a, max: current_a } }),
    });
    from = to;
  }
  return priceSession({
    tariff: {
      country_code: 'NL',
      party_id: 'CPO',
      id: 'T1',
      currency: 'EUR',
      tax_included: 'NO',
      elements: [],
      last_updated: '2019-01-01T00:00:00Z',
      ...tariff,
    },
    timeZone,
    startedAt,
    endedAt: from,
    periods,
    load,
    ...(reservation && { reservation }),
  });
}
