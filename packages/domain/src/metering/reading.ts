/** Largest magnitude of which three decimals are still exact in a double. */
const MAX_MAGNITUDE = Number.MAX_SAFE_INTEGER / 1000;

// A comma may stand for the decimal point; a value with thousands separators is ambiguous and not read.
const NUMBER_TEXT = /^[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d{1,3})?$/;

/** Whether three decimals of the value are exact in a double; what is larger is no reading of a meter. */
export function isExactReading(value: number): boolean {
  return Math.abs(value) <= MAX_MAGNITUDE;
}

/** Rounds Wh, W, A or V to three decimals, which a double holds exactly enough to add and compare. */
export function roundMilli(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** A sampled value as a number; undefined when it is none: "", "NaN", a blob (D2-026). */
export function readNumber(value: string | number): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  const text = value.trim();
  if (!NUMBER_TEXT.test(text)) return undefined;
  const number = Number(text.includes(',') ? text.replace(',', '.') : text);
  return Number.isFinite(number) ? number : undefined;
}

/** `value` x 10^exponent to three decimals; undefined when that is too large to be exact. */
export function scaleReading(value: number, exponent: number): number | undefined {
  const scaled = exponent < 0 ? value / 10 ** -exponent : value * 10 ** exponent;
  return isExactReading(scaled) ? roundMilli(scaled) : undefined;
}

/** Values of one quantity at the best location seen: the total, or one value a phase (D2-022, D2-023). */
export interface Reading {
  /** Position in the order of preferred locations, 0 = best. */
  locationRank: number;
  total?: number;
  phases: [number | undefined, number | undefined, number | undefined];
  /** A phase was there and could not be used, so the sum of the others is too small. */
  phaseLost: boolean;
}

/** Sum of the phases, or the total where there is one; undefined when nothing complete was read. */
export function sumOf(reading: Reading | undefined): number | undefined {
  if (reading === undefined) return undefined;
  if (reading.total !== undefined) return reading.total;
  if (reading.phaseLost) return undefined;
  const present = reading.phases.filter((value) => value !== undefined);
  return present.length === 0 ? undefined : roundMilli(present.reduce((sum, value) => sum + value, 0));
}

/** Mean of the phases, or the total where there is one. */
export function meanOf(reading: Reading | undefined): number | undefined {
  if (reading === undefined) return undefined;
  if (reading.total !== undefined) return reading.total;
  const present = reading.phases.filter((value) => value !== undefined);
  return present.length === 0
    ? undefined
    : roundMilli(present.reduce((sum, value) => sum + value, 0) / present.length);
}

/** The highest phase; undefined when no phase was read. */
export function highestPhase(reading: Reading | undefined): number | undefined {
  const present = reading?.phases.filter((value) => value !== undefined) ?? [];
  return present.length === 0 ? undefined : Math.max(...present);
}
