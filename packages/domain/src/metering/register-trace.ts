import { roundMilli } from './reading.js';
import type { RegisterPoint } from './register-curve.js';

/** Differences below this are resolution, not faults: whole Wh against decimals (D2-030, D2-032). */
export const REGISTER_TOLERANCE_WH = 10;

/** What happened to the register inside the session. */
export type RegisterFault = 'REGISTER_RESET' | 'RELATIVE_REGISTER';

/**
 * A register followed from its first value: drop-outs and spikes taken out, resets and
 * session-relative values carried on, so that `curve` never falls.
 */
export interface RegisterTrace {
  curve: RegisterPoint[];
  faults: Set<RegisterFault>;
  /** Adds the next raw value; values come in ascending time. */
  add(point: RegisterPoint): void;
  /** Adds the charger's own final value; false when it contradicts the curve and was left out (D2-033). */
  close(point: RegisterPoint): boolean;
  /** Decides what is still open at the end of the data. */
  settle(): void;
}

/** Follows a register that starts at `start`. Costs O(1) a point, amortised. */
export function traceRegister(start: RegisterPoint): RegisterTrace {
  const curve: RegisterPoint[] = [start];
  const faults = new Set<RegisterFault>();
  /** Values below the curve of which it is not yet known whether they are drop-outs or a new count. */
  let low: RegisterPoint[] = [];
  /** Added to raw values since the last reset. */
  let offsetWh = 0;
  let segmentStart = 0;
  let last = start;

  const keep = (at: number, wh: number): void => {
    last = { at, wh: Math.max(wh, last.wh) };
    curve.push(last);
  };
  const reaches = (wh: number): boolean => wh + offsetWh >= last.wh - REGISTER_TOLERANCE_WH;

  const add = (point: RegisterPoint): void => {
    if (!reaches(point.wh)) {
      low.push(point);
      if (low.length === 2) dropSpike();
      return;
    }
    if (low.length > 1 && !jumpsBack(point)) {
      countOn();
      add(point);
      return;
    }
    low = []; // drop-outs (D2-027)
    keep(point.at, roundMilli(point.wh + offsetWh));
  };

  /** A lifetime register returns to where it was; a new count would have had to leap there. */
  const jumpsBack = (point: RegisterPoint): boolean => {
    const lowest = low.at(-1)?.wh ?? point.wh;
    return (point.wh + offsetWh - last.wh) * 2 < point.wh - lowest;
  };

  /** One value above both its neighbours, which fit each other, is a spike and not the count before a reset. */
  const dropSpike = (): void => {
    const before = curve[curve.length - 2];
    const [first, second] = low;
    if (before === undefined || first === undefined || second === undefined) return;
    const sameCount = curve.length - 2 >= segmentStart && before.wh - offsetWh > 0;
    if (!sameCount || first.wh + offsetWh < before.wh || second.wh < first.wh) return;
    curve.pop();
    last = before;
    low = [];
    add(first);
    add(second);
  };

  /** The low values are a count of their own: their increments add up (D2-034, D2-035). */
  const countOn = (): void => {
    const points = low;
    low = [];
    faults.add(curve.length === 1 ? 'RELATIVE_REGISTER' : 'REGISTER_RESET');
    let previousWh = 0;
    offsetWh = last.wh;
    segmentStart = curve.length;
    points.forEach((point, index) => {
      const next = points[index + 1];
      if (point.wh < previousWh - REGISTER_TOLERANCE_WH) {
        if (next !== undefined && next.wh >= previousWh) return; // drop-out
        faults.add('REGISTER_RESET');
        offsetWh = last.wh;
        segmentStart = curve.length;
      }
      previousWh = point.wh;
      keep(point.at, roundMilli(point.wh + offsetWh));
    });
  };

  /** Values counted from 0 since the start, and a final value of the lifetime register (D2-034). */
  const isRelativeTo = (point: RegisterPoint): boolean => {
    const energyWh = point.wh - start.wh;
    return (
      curve.length === 1 &&
      low.every((value, index) => value.wh >= (low[index - 1]?.wh ?? 0)) &&
      (low.at(-1)?.wh ?? 0) > 0 &&
      (low.at(-1)?.wh ?? 0) <= energyWh * 1.01
    );
  };

  const close = (point: RegisterPoint): boolean => {
    if (reaches(point.wh)) {
      if (low.length > 0 && isRelativeTo(point)) {
        faults.add('RELATIVE_REGISTER');
        for (const value of low) keep(value.at, roundMilli(start.wh + value.wh));
        low = [];
      }
      const finalWh = roundMilli(point.wh + offsetWh);
      add(point);
      if (low.length === 0 && last.wh > finalWh) lowerTo(curve, finalWh);
      return true;
    }
    const lowest = low.at(-1);
    if (lowest === undefined || point.wh === 0 || point.wh < lowest.wh - REGISTER_TOLERANCE_WH) return false;
    // Nearer to the curve than to the low values: an outdated final value after a drop-out.
    if (last.wh - (point.wh + offsetWh) < point.wh - lowest.wh) return false;
    add(point);
    return true;
  };

  const settle = (): void => {
    if (low.length > 1) countOn();
    low = [];
  };

  return { curve, faults, add, close, settle };
}

/** Takes points within the tolerance above the final value down to it, never below the start. */
function lowerTo(curve: RegisterPoint[], finalWh: number): void {
  const wh = Math.max(finalWh, curve[0]?.wh ?? finalWh);
  for (let index = curve.length - 1; index > 0; index -= 1) {
    const point = curve[index];
    if (point === undefined || point.wh <= wh) return;
    curve[index] = { at: point.at, wh };
  }
}
