import type { EpochMs } from '../roaming/common.js';
import type { PhaseChange, SessionPhase } from './phases.js';

/** Phases shorter than this are flicker and belong to the phase around them (D2-045). */
export const MIN_PHASE_MS = 60_000;

const MS_PER_SECOND = 1000;

/** A part of a session by the exact clock. */
export interface PhaseSpan {
  from: EpochMs;
  to: EpochMs;
  phase: SessionPhase;
}

/** The second that a moment lies in: OCPI times have no fractions here (D2-004). */
export function wholeSecond(at: EpochMs): EpochMs {
  return Math.floor(at / MS_PER_SECOND) * MS_PER_SECOND;
}

/** The session as spans of alternating phases of which none is flicker. */
export function steadyPhases(
  phases: readonly PhaseChange[],
  startedAt: EpochMs,
  endedAt: EpochMs,
  minPhaseMs: number = MIN_PHASE_MS,
): PhaseSpan[] {
  const raw = rawPhases(phases, startedAt, endedAt);
  const steady: PhaseSpan[] = [];
  for (const span of raw) {
    const last = steady.at(-1);
    const flicker = span.to - span.from < minPhaseMs;
    if (last !== undefined && (flicker || last.phase === span.phase)) last.to = span.to;
    // The first steady phase begins with the session.
    else if (!flicker) steady.push({ ...span, from: last?.to ?? startedAt });
  }
  return steady.length > 0 ? steady : [{ from: startedAt, to: endedAt, phase: raw[0]?.phase ?? 'CHARGE' }];
}

/** The reported phases within the session; before the first report it is CHARGE (D2-043). */
function rawPhases(phases: readonly PhaseChange[], startedAt: EpochMs, endedAt: EpochMs): PhaseSpan[] {
  const spans: PhaseSpan[] = [{ from: startedAt, to: endedAt, phase: 'CHARGE' }];
  for (const { at, phase } of [...phases].sort((a, b) => a.at - b.at)) {
    const open = spans.at(-1);
    if (open === undefined || open.phase === phase) continue;
    if (at <= open.from) {
      open.phase = phase;
    } else if (at < endedAt) {
      open.to = at;
      spans.push({ from: at, to: endedAt, phase });
    }
  }
  return spans;
}

/** The spans cut at those `boundaries` that lie within them by the whole second. */
export function cutAt(boundaries: readonly EpochMs[], spans: readonly PhaseSpan[]): PhaseSpan[] {
  const cuts = [...boundaries].sort((a, b) => a - b);
  return spans.flatMap((span) => {
    const parts: PhaseSpan[] = [];
    let { from } = span;
    for (const at of cuts) {
      if (wholeSecond(at) <= wholeSecond(from) || wholeSecond(at) >= wholeSecond(span.to)) continue;
      parts.push({ ...span, from, to: at });
      from = at;
    }
    return [...parts, { ...span, from }];
  });
}
