import { clockTime } from '../../format.js';
import { CURVE_TEXTS as T } from '../../texts/curve.js';

export function timeText(seconds: number | undefined): string {
  return seconds === undefined ? '' : clockTime(new Date(seconds * 1_000).toISOString());
}

export function valueText(value: number | null | undefined, show: (value: number) => string): string {
  return value === null || value === undefined ? T.notMetered : show(value);
}
