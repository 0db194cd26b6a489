import type { RegisterPoint } from '../metering/register-curve.js';
import type { EpochMs } from '../roaming/common.js';
import type { ChargingState } from '../station/status.js';

/** Whether the time of a session counts as charging or as parking. */
export type SessionPhase = 'CHARGE' | 'PARK';

/** From `at` on the session is in `phase`. */
export interface PhaseChange {
  at: EpochMs;
  phase: SessionPhase;
}

/** From `at` on the charger reported `state`. */
export interface ChargingStateChange {
  at: EpochMs;
  state: ChargingState;
}

/** How long a vehicle with a timer may wait before its first energy and still not park (D2-044). */
export const INITIAL_PARK_GRACE_MS = 300_000;

// D2-041: what a state means before and after the first energy.
const MEANING = {
  Charging: 'charge',
  SuspendedEVSE: 'evse-pause',
  SuspendedEV: 'vehicle-pause',
  EVConnected: 'park-after-energy',
  Idle: 'park-after-energy',
} as const satisfies Record<ChargingState, string>;

/**
 * The phases of a session that ran `from` .. `to` by the states that its charger reported, the first at
 * `from` (D2-041..D2-044); without states the whole session is CHARGE. `curve` is the session's register,
 * `to` the present moment of a running session; `suspendedEvse` says what a pause caused by the charger
 * counts as (D2-042).
 */
export function chargingPhases(input: {
  states: readonly ChargingStateChange[];
  curve: readonly RegisterPoint[];
  from: EpochMs;
  to: EpochMs;
  initialParkGraceMs?: number;
  suspendedEvse?: SessionPhase;
}): PhaseChange[] {
  const { from, to, initialParkGraceMs = INITIAL_PARK_GRACE_MS, suspendedEvse = 'CHARGE' } = input;
  const states = distinctStates(input.states);
  const hasFlowed = energyFlow(input.curve, states);
  const parksAt = (state: ChargingState, at: EpochMs): EpochMs | undefined =>
    ({
      charge: undefined,
      'evse-pause': suspendedEvse === 'PARK' ? at : undefined,
      'vehicle-pause': hasFlowed(at) ? at : at + initialParkGraceMs,
      'park-after-energy': hasFlowed(at) ? at : undefined,
    })[MEANING[state]];

  const changes: PhaseChange[] = [{ at: from, phase: 'CHARGE' }];
  states.forEach(({ at: reportedAt, state }, index) => {
    const at = Math.max(reportedAt, from);
    const until = states[index + 1]?.at ?? to;
    if (until <= from || at >= to) return;
    const parkAt = parksAt(state, at);
    if (parkAt !== at) enter(changes, at, 'CHARGE');
    if (parkAt !== undefined && parkAt < until) enter(changes, parkAt, 'PARK');
  });
  return changes;
}

/** The reports in order of time without repetitions: a repeated state goes on, it does not begin again. */
export function distinctStates(states: readonly ChargingStateChange[]): ChargingStateChange[] {
  const ordered = [...states].sort((a, b) => a.at - b.at);
  return ordered.filter(({ state }, index) => state !== ordered[index - 1]?.state);
}

function enter(changes: PhaseChange[], at: EpochMs, phase: SessionPhase): void {
  const last = changes.at(-1);
  if (last === undefined || last.phase !== phase) {
    if (last?.at === at) changes.pop();
    if (changes.at(-1)?.phase !== phase) changes.push({ at, phase });
  }
}

/**
 * Whether energy had flowed at a moment. Between the last sample without and the first sample with
 * energy only the reported states know: then it had when the charger had reported Charging.
 */
function energyFlow(
  curve: readonly RegisterPoint[],
  states: readonly ChargingStateChange[],
): (at: EpochMs) => boolean {
  const startWh = curve[0]?.wh ?? 0;
  const rise = curve.findIndex(({ wh }) => wh > startWh);
  const riseAt = curve[rise]?.at ?? Number.POSITIVE_INFINITY;
  const flatUntil = curve.at(rise === -1 ? -1 : rise - 1)?.at ?? Number.NEGATIVE_INFINITY;
  const chargingAt = states.find(({ state }) => state === 'Charging')?.at ?? Number.POSITIVE_INFINITY;
  return (at) => at >= riseAt || (at > flatUntil && chargingAt < at);
}
