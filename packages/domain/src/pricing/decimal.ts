import Big from 'big.js';
import type { Decimal } from '../roaming/common.js';

/** How published amounts of a currency are rounded; OCPI leaves it to the platform (OCPI TA-09). */
export interface Rounding {
  decimals: number;
  mode: 'half_up' | 'half_even';
}

/** OCPI TY-08 */
export const DEFAULT_ROUNDING: Rounding = { decimals: 4, mode: 'half_up' };

const MODES = { half_up: Big.roundHalfUp, half_even: Big.roundHalfEven } as const satisfies Record<
  Rounding['mode'],
  number
>;
/** Decimals of the volumes and amounts of a price line, which explain a total before it is rounded. */
const LINE_DECIMALS = 8;
/** Digits kept where a division does not end; far beyond what rounding can see. */
const DIVISION_DECIMALS = 24;

/** Decimal arithmetic of prices; a constructor of its own, so that no other part can change its precision. */
export const Exact = Big();
Exact.DP = DIVISION_DECIMALS;

export const ZERO = new Exact(0);

/** An exact decimal out of a JSON number, by its text and never by its binary value. */
export function exact(value: number | Decimal): Big {
  return new Exact(String(value));
}

export function sum(values: readonly Big[]): Big {
  return values.reduce((total, value) => total.plus(value), ZERO);
}

/** Rounds to a published amount (OCPI TA-09: only at the very end). */
export function roundAmount(value: Big, { decimals, mode }: Rounding): Big {
  return value.round(decimals, MODES[mode]);
}

/** Rounds half up to the precision of a price line. */
export function roundLine(value: Big): Big {
  return value.round(LINE_DECIMALS, Big.roundHalfUp);
}

/** A decimal as text without exponent and without trailing zeros; not rounded. "-0" does not occur. */
export function formatDecimal(value: Big): Decimal {
  return value.eq(0) ? '0' : value.toFixed();
}
