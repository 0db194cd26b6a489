import type { Decimal, Json } from '@roambridge/domain';
import { wholeSeconds } from './time.js';

const COORDINATE_DECIMALS_211 = 6;

/** Any text, number or boolean, as it is. */
export function scalar(value: unknown): Json | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : undefined;
}

/** A time without an empty fraction (OCPI TY-07, 2.2 and later). */
export function instant(value: unknown): Json | undefined {
  return typeof value === 'string' ? value.replace(/\.0+Z$/, 'Z') : undefined;
}

/** A time in whole seconds (OCPI TY-07, 2.1.1). */
export function second(value: unknown): Json | undefined {
  return typeof value === 'string' ? wholeSeconds(value) : undefined;
}

/** Text of at most `max` characters; longer text is shortened (OCPI TY-05). */
export function cut(max: number): (value: unknown) => Json | undefined {
  return (value) => (typeof value === 'string' ? Array.from(value).slice(0, max).join('') : undefined);
}

/** Text that a charger wrote: control characters become blanks (OCPI TY-03), and longer text is shortened. */
export function printable(max: number): (value: unknown) => Json | undefined {
  return (value) =>
    typeof value === 'string'
      ? Array.from(value.replace(/\p{Cc}/gu, ' '))
          .slice(0, max)
          .join('')
      : undefined;
}

/** CiString out of text that a charger wrote (OCPI TY-01). */
export function printableAscii(max: number): (value: unknown) => Json | undefined {
  return (value) =>
    typeof value === 'string' ? value.replace(/[^\x20-\x7e]/g, ' ').slice(0, max) : undefined;
}

/** Text of at most `max` characters; longer text does not leave, for a part of it would be worthless. */
export function upTo(max: number): (value: unknown) => Json | undefined {
  return (value) => (typeof value === 'string' && Array.from(value).length <= max ? value : undefined);
}

/** A value of an enumeration that is closed in this version; others do not leave (OCPI MP-15). */
export function oneOf(values: readonly string[]): (value: unknown) => Json | undefined {
  return (value) => (typeof value === 'string' && values.includes(value) ? value : undefined);
}

/** A value of an enumeration that is closed in this version; others leave as the nearest word that it has. */
export function nearestOf(
  values: readonly string[],
  nearest: (value: string) => string,
): (value: unknown) => Json | undefined {
  return (value) => (typeof value !== 'string' ? undefined : values.includes(value) ? value : nearest(value));
}

/** Coordinate with exactly six decimals (OCPI LO-26, 2.1.1). */
export function sixDecimals(value: unknown): Json | undefined {
  return typeof value === 'string' ? Number(value).toFixed(COORDINATE_DECIMALS_211) : undefined;
}

/** Exact decimal text as JSON number: the one place where it becomes one (OCPI TY-08). */
export function decimal(value: unknown): number | undefined {
  return typeof value === 'string' ? decimalToNumber(value) : undefined;
}

/** Throws on text that is not a decimal number: an amount is never guessed. */
export function decimalToNumber(text: Decimal): number {
  if (!/^-?\d+(\.\d+)?$/.test(text)) {
    throw new RangeError(`not a decimal number: ${text}`);
  }
  return Number(text);
}
