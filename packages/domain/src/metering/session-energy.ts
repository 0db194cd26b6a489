import type { EpochMs } from '../roaming/common.js';
import type { RegisterWh } from '../station/identity.js';
import { tellsNetOnly, withTakenEnergy } from './net-register.js';
import type { MeterSample } from './normalize.js';
import { roundMilli } from './reading.js';
import type { RegisterPoint } from './register-curve.js';
import { REGISTER_TOLERANCE_WH, traceRegister } from './register-trace.js';
import { unmeteredEnergy } from './unmetered-energy.js';

export type { RegisterPoint } from './register-curve.js';

/** What is noteworthy about an energy amount; ends in the remark of the CDR (D3-008). */
export type EnergyFlag =
  | 'STOP_METER_INVALID'
  | 'RELATIVE_REGISTER'
  | 'REGISTER_RESET'
  | 'NO_METER'
  | 'ESTIMATED';

/** Energy of a session. `energyWh` is never negative and has at most three decimals. */
export interface SessionEnergy {
  /** Register at the start, as measured. */
  startWh?: RegisterWh;
  /** Register at the end of the data, counted on across resets; startWh + energyWh. */
  endWh?: RegisterWh;
  /** Cumulative register, ascending in time, never falling. Begins at the start of the session. */
  curve: RegisterPoint[];
  energyWh: number;
  flags: EnergyFlag[];
}

export interface SessionEnergyInput {
  /** Registers that the protocol carries outside meter values (OCPP 1.6 meterStart and meterStop). */
  startWh?: RegisterWh;
  stopWh?: RegisterWh;
  /** In the order of arrival. */
  samples: readonly MeterSample[];
  startedAt: EpochMs;
  /** Absent while the session runs. */
  endedAt?: EpochMs;
}

const BEGIN = 'Transaction.Begin';
const END = 'Transaction.End';

/**
 * Energy of a running or ended session by the register, else by intervals, else by power
 * (D2-024, D2-027, D2-030..D2-038). Costs O(n) when the samples come in order.
 */
export function sessionEnergy(told: SessionEnergyInput): SessionEnergy {
  const input = hasNetOnly(told) ? { ...told, samples: withTakenEnergy(told.samples, told.endedAt) } : told;
  const { startedAt, endedAt } = input;
  const { beginWh, endWh, points, latePoints } = registers(input);
  const stopWh = usable(input.stopWh) ? refine(input.stopWh, endWh) : endWh;
  const measuredWh = usable(input.startWh) ? refine(input.startWh, beginWh) : beginWh;
  const startWh = measuredWh ?? points[0]?.wh;
  const values = points.length + (measuredWh === undefined ? 0 : 1) + (stopWh === undefined ? 0 : 1);
  if (startWh === undefined || (measuredWh === undefined && values < 2)) return withoutRegister(input, 0);

  const trace = traceRegister({ at: startedAt, wh: startWh });
  for (const point of inOrder(points, startWh, endedAt === undefined ? undefined : stopWh)) trace.add(point);
  let stopValid = true;
  if (endedAt !== undefined) {
    // A Transaction.End that contradicts the charger's final value is a point like any other.
    if (endWh !== undefined && stopWh !== endWh) trace.add({ at: endedAt, wh: endWh });
    const closed = stopWh !== undefined && trace.close({ at: endedAt, wh: stopWh });
    if (!closed) for (const { wh } of latePoints) trace.add({ at: endedAt, wh });
    // D2-031: without a final value, a sample taken at the end is as good.
    const sampledAtEnd = stopWh === undefined && (points.at(-1)?.at === endedAt || latePoints.length > 0);
    stopValid = (closed || sampledAtEnd) && (input.stopWh === undefined || usable(input.stopWh));
  }
  trace.settle();

  const { curve } = trace;
  if (curve.length === 1) {
    const fallback = withoutRegister(input, startWh);
    if (fallback.energyWh > 0) return { ...fallback, startWh, flags: flagged(stopValid, fallback.flags) };
  }
  const lastWh = curve.at(-1)?.wh ?? startWh;
  return {
    startWh,
    endWh: lastWh,
    curve,
    energyWh: roundMilli(lastWh - startWh),
    flags: flagged(stopValid, [...trace.faults]),
  };
}

/** D2-021: a net register counts only where there is no other one. */
function hasNetOnly({ startWh, stopWh, samples }: SessionEnergyInput): boolean {
  return !usable(startWh) && !usable(stopWh) && tellsNetOnly(samples);
}

function flagged(stopValid: boolean, flags: EnergyFlag[]): EnergyFlag[] {
  return stopValid ? flags : ['STOP_METER_INVALID', ...flags];
}

// OCPP 1.6 stations send -1 where they know no register.
function usable(wh: number | undefined): wh is number {
  return wh !== undefined && wh >= 0;
}

/** D2-030: the meter value of the boundary has the decimals that the whole number lacks. */
function refine(wh: number, preciseWh: number | undefined): number {
  return preciseWh !== undefined && Math.abs(preciseWh - wh) < REGISTER_TOLERANCE_WH ? preciseWh : wh;
}

interface Registers {
  /** D2-024: only the first Transaction.Begin counts, whenever it comes. */
  beginWh: number | undefined;
  endWh: number | undefined;
  points: RegisterPoint[];
  /** Taken after the end: only of use when the charger's final value is not. */
  latePoints: RegisterPoint[];
}

/** Boundary values and the points between them, ascending in time within the session. */
function registers({ samples, startedAt, endedAt }: SessionEnergyInput): Registers {
  const points: RegisterPoint[] = [];
  const latePoints: RegisterPoint[] = [];
  let beginWh: number | undefined;
  let endWh: number | undefined;
  let ascending = true;
  let previousAt = startedAt;
  for (const { at: sampledAt, context, registerWh } of samples) {
    if (registerWh === undefined) continue;
    if (context === BEGIN) {
      beginWh ??= registerWh;
      continue;
    }
    if (context === END && endedAt !== undefined) {
      endWh = registerWh;
      continue;
    }
    if (endedAt !== undefined && sampledAt > endedAt) {
      latePoints.push({ at: sampledAt, wh: registerWh });
      continue;
    }
    const at = Math.max(sampledAt, startedAt);
    if (at < previousAt) ascending = false;
    previousAt = at;
    points.push({ at, wh: registerWh });
  }
  if (!ascending) points.sort((a, b) => a.at - b.at); // stable: a tie keeps the order of arrival (D2-027)
  latePoints.sort((a, b) => a.at - b.at);
  return { beginWh, endWh, points, latePoints };
}

/**
 * D2-032: a lifetime register between the boundaries of its session did not start anew, it was read by a clock that
 * went back. The readings keep their order, the times theirs. A register that begins at 0 may count the session.
 */
function inOrder(points: RegisterPoint[], startWh: number, stopWh: number | undefined): RegisterPoint[] {
  if (stopWh === undefined || startWh <= 0) return points;
  const rises = points.every(({ wh }, index) => wh >= (points[index - 1]?.wh ?? wh));
  const within = ({ wh }: RegisterPoint) =>
    wh >= startWh - REGISTER_TOLERANCE_WH && wh <= stopWh + REGISTER_TOLERANCE_WH;
  if (rises || !points.every(within)) return points;
  const readings = points.map(({ wh }) => wh).sort((a, b) => a - b);
  return points.map((point, index) => ({ at: point.at, wh: readings[index] ?? point.wh }));
}

function withoutRegister({ samples, startedAt }: SessionEnergyInput, startWh: number): SessionEnergy {
  const ordered = [...samples].sort((a, b) => a.at - b.at);
  const { source, curve } = unmeteredEnergy(ordered, startedAt, startWh);
  return {
    curve,
    energyWh: roundMilli((curve.at(-1)?.wh ?? startWh) - startWh),
    flags: source === 'POWER' ? ['ESTIMATED'] : source === 'NONE' ? ['NO_METER'] : [],
  };
}
