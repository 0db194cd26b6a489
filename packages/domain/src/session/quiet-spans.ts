import type { MeterSample } from '../metering/normalize.js';
import { type RegisterPoint, registerAt } from '../metering/register-curve.js';
import type { EpochMs } from '../roaming/common.js';

/** A vehicle that takes less than this takes nothing (D2-043). */
const QUIET_W = 100;
/** Less than this in {@link MIN_QUIET_MS} is no charging either. */
const QUIET_WH = 5;
/** A shorter pause is none (D2-043). */
export const MIN_QUIET_MS = 600_000;

const MS_PER_HOUR = 3_600_000;

/** A time in which, by the meter, no energy flowed. Begins and ends with a reading. */
export interface QuietSpan {
  from: EpochMs;
  to: EpochMs;
}

/**
 * When a vehicle that had charged took nothing, by the session's register and by its power, in order and without
 * overlap. Power that contradicts the register says nothing. `curve` and `samples` are ascending in time.
 */
export function quietSpans(curve: readonly RegisterPoint[], samples: readonly MeterSample[]): QuietSpan[] {
  const startWh = curve[0]?.wh ?? 0;
  const flowedAt = curve.find(({ wh }) => wh > startWh)?.at;
  if (flowedAt === undefined) return [];
  const spans = [...quietByRegister(curve), ...quietByPower(samples, curve)].map(({ from, to }) => ({
    from: Math.max(from, flowedAt),
    to,
  }));
  const merged: QuietSpan[] = [];
  for (const span of spans.sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else merged.push(span);
  }
  return merged.filter(({ from, to }) => to - from >= MIN_QUIET_MS);
}

function quietByRegister(curve: readonly RegisterPoint[]): QuietSpan[] {
  const spans: QuietSpan[] = [];
  let last = 0;
  for (let first = 0; first < curve.length; ) {
    const begin = curve[first];
    if (begin === undefined) break;
    last = Math.max(last, first);
    for (let next = curve[last + 1]; next && next.wh - begin.wh < QUIET_WH; next = curve[last + 1]) last += 1;
    const end = curve[last];
    if (end && end.at - begin.at >= MIN_QUIET_MS) {
      spans.push({ from: begin.at, to: end.at });
      first = last;
      last += 1;
    }
    first += 1;
  }
  return spans;
}

function quietByPower(samples: readonly MeterSample[], curve: readonly RegisterPoint[]): QuietSpan[] {
  const spans: QuietSpan[] = [];
  let open: QuietSpan | undefined;
  for (const { at, powerW } of samples) {
    if (powerW === undefined) continue;
    if (powerW >= QUIET_W) open = undefined;
    else if (open) open.to = at;
    else {
      open = { from: at, to: at };
      spans.push(open);
    }
  }
  return spans.filter(({ from, to }) => {
    const takenWh = (registerAt(curve, to) ?? 0) - (registerAt(curve, from) ?? 0);
    return takenWh < (QUIET_W * (to - from)) / MS_PER_HOUR;
  });
}
