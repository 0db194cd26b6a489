import { normalizeMeterValue } from '../metering/normalize.js';
import { roundMilli } from '../metering/reading.js';
import { type RegisterPoint, registerAt } from '../metering/register-curve.js';
import type { EpochMs } from '../roaming/common.js';
import type { RegisterWh } from '../station/identity.js';
import type { ChargingState } from '../station/status.js';
import type { TransactionEvent } from '../station/transaction-event.js';

/** An event with its place in the record of its transaction. */
export interface RecordedEvent {
  ordinal: number;
  event: TransactionEvent;
}

/** A register value as the charger told it. */
export interface MeterReading {
  at: EpochMs;
  wh: RegisterWh;
  /** `start`, `stop`: told beside the meter values (OCPP 1.6 meterStart, meterStop). */
  source: 'start' | 'stop' | 'sample';
  context?: string;
  /** The event that brought it. */
  ordinal: number;
}

/** The register at a moment, and what it is known from: one reading, or the two on both sides of the moment. */
export interface RegisterEvidence {
  at: EpochMs;
  wh: RegisterWh;
  readings: MeterReading[];
}

/** A state of the vehicle as the charger told it. */
export interface StateEvidence {
  at: EpochMs;
  state: ChargingState;
  ordinal: number;
}

/** A reading is that of a moment when it was taken in its second: periods have whole seconds. */
const SECOND_MS = 1000;

/** Every register value that the events of a transaction brought, in the order of arrival. */
export function meterReadings(events: readonly RecordedEvent[]): MeterReading[] {
  return events.flatMap(({ ordinal, event }) => {
    const { at, meterStartWh, meterStopWh } = event;
    const readings: MeterReading[] = [];
    if (meterStartWh !== undefined) readings.push({ at, wh: meterStartWh, source: 'start', ordinal });
    for (const sample of event.meterValues.flatMap(normalizeMeterValue)) {
      const wh = sample.registerWh ?? sample.netWh;
      if (wh === undefined) continue;
      const { context } = sample;
      readings.push({ at: sample.at, wh, source: 'sample', context, ordinal });
    }
    if (meterStopWh !== undefined) readings.push({ at, wh: meterStopWh, source: 'stop', ordinal });
    return readings;
  });
}

/** States of the vehicle that the events told. */
export function stateReports(events: readonly RecordedEvent[]): StateEvidence[] {
  return events.flatMap(({ ordinal, event }) =>
    event.chargingState === undefined ? [] : [{ at: event.at, state: event.chargingState, ordinal }],
  );
}

/**
 * What the register at `at`, where a line begins or ends, is known from. `curve` is the register of the session as it was billed; `session` are its
 * ends, where the charger's first and last values count whenever they were taken.
 */
export function registerEvidence(
  at: EpochMs,
  curve: readonly RegisterPoint[],
  readings: readonly MeterReading[],
  session: { from: EpochMs; to: EpochMs },
  side: 'begin' | 'end',
): RegisterEvidence | undefined {
  const wh = registerAt(curve, at);
  if (wh === undefined) return undefined;
  const exact = curve.filter((point) => Math.abs(point.at - at) < SECOND_MS);
  // Where the session begins the first value counts, everywhere else the newest: it may be over within a second.
  const measured = side === 'begin' && at - session.from < SECOND_MS ? exact[0] : exact.at(-1);
  if (measured) {
    return { at, wh: measured.wh, readings: readingsOf([measured], readings, session) };
  }
  const after = curve.findIndex((point) => point.at > at);
  const sides = after < 0 ? curve.slice(-1) : curve.slice(Math.max(0, after - 1), after + 1);
  return { at, wh: roundMilli(wh), readings: readingsOf(sides, readings, session) };
}

function readingsOf(
  points: readonly RegisterPoint[],
  readings: readonly MeterReading[],
  session: { from: EpochMs; to: EpochMs },
): MeterReading[] {
  return points.flatMap((point) => {
    let best: MeterReading | undefined;
    for (const reading of readings) {
      if (Math.abs(placeOf(reading, session) - point.at) >= SECOND_MS) continue;
      if (best === undefined || Math.abs(reading.wh - point.wh) < Math.abs(best.wh - point.wh))
        best = reading;
    }
    return best ? [best] : [];
  });
}

/** Where on the curve a reading stands: boundary values at the ends of the session (D2-024). */
function placeOf(
  { at, source, context }: MeterReading,
  { from, to }: { from: EpochMs; to: EpochMs },
): EpochMs {
  if (source === 'start' || context === 'Transaction.Begin') return from;
  if (source === 'stop' || context === 'Transaction.End') return to;
  return Math.max(from, at);
}
