import { clockSkew, type EpochMs, SKEW_TOLERANCE_MS, zoneCorrection } from '@roambridge/domain';
import { stableId } from '../ids.js';
import type { StationAggregate } from './aggregate.js';
import type { Plan } from './plan.js';

/** Messages by which a clock is judged. */
const JUDGED_BY = 15;

/** Messages of a charger that was away come in the first minute after its return, and need not say so. */
export const QUEUE_UPLOAD_MS = 60_000;

/**
 * D2-060: takes a message's time into account that was told live, and shows a clock that is wrong. `at` is the
 * charger's own time, as corrected by what the operator confirmed.
 */
export function planClock(
  plan: Plan,
  station: StationAggregate,
  told: { receivedAt: EpochMs; offline?: boolean },
  at: EpochMs,
): void {
  const { connection } = station;
  if (told.offline || !connection || told.receivedAt - connection.since < QUEUE_UPLOAD_MS) return;
  const ahead = [...(station.clockAheadMs ?? []), at - told.receivedAt].slice(-JUDGED_BY);
  const skewMs = clockSkew(ahead);
  const skewed = skewMs !== undefined && Math.abs(skewMs) > SKEW_TOLERANCE_MS;
  const changed = skewMs !== undefined && skewed !== (station.clockSkewed ?? false);
  if (changed) planAttention(plan, station.station.id, skewMs, skewed, told.receivedAt);
  plan.afterCommit.push(() => {
    station.clockAheadMs = ahead;
    if (skewMs !== undefined) station.clockSkewMs = skewMs;
    if (changed) station.clockSkewed = skewed;
  });
}

function planAttention(plan: Plan, stationId: string, skewMs: number, skewed: boolean, now: EpochMs): void {
  const correction = zoneCorrection(skewMs);
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  const told = `the clock of ${stationId} is ${seconds} s ${skewMs > 0 ? 'ahead' : 'behind'}`;
  const advice =
    correction === undefined
      ? ''
      : `; if it tells local time as UTC, give the station the quirk clock_offset=${correction}`;
  plan.attention.push({
    id: stableId(`${stationId}:clock`),
    kind: 'station-clock-skewed',
    subject: stationId,
    stationId,
    message: skewed ? `${told}${advice}` : `the clock of ${stationId} is right again`,
    createdAt: now,
    ...(skewed ? {} : { resolvedAt: now }),
  });
}
