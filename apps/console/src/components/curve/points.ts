import type { CurvePointView } from '../../api/views.js';

/** Seconds since 1970, W and Wh beside each other; null = not metered then. What uPlot draws. */
export type CurveData = [seconds: number[], watts: (number | null)[], wattHours: (number | null)[]];

/** Rows of the table that stands for the curve. */
const ROWS_MAX = 12;

/** Points in the order of time, each time once; what is no number is as if it had not been metered. */
export function curveData(points: readonly CurvePointView[]): CurveData {
  const data: CurveData = [[], [], []];
  const timed = points
    .map((point) => ({ ...point, seconds: Date.parse(point.at) / 1_000 }))
    .filter(({ seconds }) => Number.isFinite(seconds))
    .sort((a, b) => a.seconds - b.seconds);
  for (const { seconds, power_w, energy_wh } of timed) {
    const [watts, wattHours] = [finite(power_w), finite(energy_wh)];
    if (watts === null && wattHours === null) continue;
    const again = data[0].at(-1) === seconds;
    const index = again ? data[0].length - 1 : data[0].length;
    data[0][index] = seconds;
    data[1][index] = watts ?? (again ? (data[1][index] ?? null) : null);
    data[2][index] = wattHours ?? (again ? (data[2][index] ?? null) : null);
  }
  return data;
}

/** The highest power, and the newest energy. */
export interface CurveFacts {
  mostW?: number;
  energyWh?: number;
}

export function curveFacts([, watts, wattHours]: CurveData): CurveFacts {
  const facts: CurveFacts = {};
  for (const value of watts) {
    if (value === null) continue;
    facts.mostW = Math.max(value, facts.mostW ?? value);
  }
  for (const value of wattHours) if (value !== null) facts.energyWh = value;
  return facts;
}

/** Places of some points, evenly, the last among them. */
export function somePlaces(count: number): number[] {
  const step = Math.max(1, Math.ceil(count / ROWS_MAX));
  return Array.from({ length: count }, (_each, index) => index).filter(
    (index) => (count - 1 - index) % step === 0,
  );
}

/** Parsed JSON may hold anything. */
function finite(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
