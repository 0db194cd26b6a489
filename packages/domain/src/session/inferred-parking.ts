import type { MeterSample } from '../metering/normalize.js';
import type { RegisterPoint } from '../metering/register-curve.js';
import type { EpochMs } from '../roaming/common.js';
import type { ChargingState } from '../station/status.js';
import { type ChargingStateChange, distinctStates, type PhaseChange } from './phases.js';
import { MIN_QUIET_MS, type QuietSpan, quietSpans } from './quiet-spans.js';

/** Whether a state that comes after a quiet time agrees that the vehicle parked. */
const AGREES = {
  Charging: false,
  SuspendedEVSE: false,
  SuspendedEV: true,
  EVConnected: true,
  Idle: true,
} as const satisfies Record<ChargingState, boolean>;

/**
 * The phases of a session with parking where the meter shows that the vehicle took nothing (D2-043): in a time that the
 * charger calls charging, or of which it reports nothing, and only where its next state agrees. The end of the session
 * agrees; a charger that reports no states contradicts nothing.
 */
export function withInferredParking(input: {
  phases: readonly PhaseChange[];
  states: readonly ChargingStateChange[];
  curve: readonly RegisterPoint[];
  samples: readonly MeterSample[];
  /** End of the session, or the newest evidence about a running one. */
  to: EpochMs;
  /** The session has ended: no other state will come. */
  isOver: boolean;
}): PhaseChange[] {
  const states = distinctStates(input.states);
  const changes = [...input.phases];
  for (const span of quietSpans(input.curve, input.samples)) {
    const parked = parkedWithin(span, { states, curve: input.curve, isOver: input.isOver });
    if (parked) park(changes, parked, input.to);
  }
  return changes;
}

/** The part of a quiet time that is parking; a state that the charger told within it ends that part. */
function parkedWithin(
  { from, to }: QuietSpan,
  told: { states: readonly ChargingStateChange[]; curve: readonly RegisterPoint[]; isOver: boolean },
): QuietSpan | undefined {
  const { states, curve } = told;
  const before = states.findLast(({ at }) => at <= from);
  if (before && before.state !== 'Charging') return undefined;
  const next = states.find(({ at }) => at > from);
  const agrees = next ? AGREES[next.state] : told.isOver || states.length === 0;
  // Between the last quiet reading and the state nothing was read: nothing flowed there either.
  const untilNext = next !== undefined && !curve.some(({ at }) => at > to && at < next.at);
  const until = untilNext ? next.at : Math.min(to, next?.at ?? to);
  return agrees && until - from >= MIN_QUIET_MS ? { from, to: until } : undefined;
}

/** Turns the time into parking, up to the next change of phase at the latest. */
function park(changes: PhaseChange[], { from, to }: QuietSpan, end: EpochMs): void {
  const index = changes.findLastIndex(({ at }) => at <= from);
  const next = changes[index + 1];
  const goesOn = to >= Math.min(end, next?.at ?? end);
  const after: PhaseChange[] = goesOn ? [] : [{ at: to, phase: 'CHARGE' }];
  if (changes[index]?.phase !== 'PARK') changes.splice(index + 1, 0, { at: from, phase: 'PARK' }, ...after);
}
