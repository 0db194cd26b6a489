/** An exact rational number for the second calculation of prices. The denominator is positive. */
export interface Fraction {
  n: bigint;
  d: bigint;
}

export const ZERO: Fraction = { n: 0n, d: 1n };

export function fraction(n: bigint | number, d: bigint | number = 1n): Fraction {
  return { n: BigInt(n), d: BigInt(d) };
}

/** The number that a JSON text such as `0.25` says. */
export function parse(number: number): Fraction {
  const [whole = '0', decimals = ''] = number.toFixed(12).split('.');
  return fraction(BigInt(whole + decimals), 10n ** BigInt(decimals.length));
}

export function plus(a: Fraction, b: Fraction): Fraction {
  return a.d === b.d ? { n: a.n + b.n, d: a.d } : { n: a.n * b.d + b.n * a.d, d: a.d * b.d };
}

export function times(a: Fraction, b: Fraction): Fraction {
  return { n: a.n * b.n, d: a.d * b.d };
}

export function over(a: Fraction, b: Fraction): Fraction {
  return { n: a.n * b.d, d: a.d * b.n };
}

export function less(a: Fraction, b: Fraction): boolean {
  return a.n * b.d < b.n * a.d;
}

/** Half up, in units of 0.0001; for amounts that are not negative. */
export function tenThousandths({ n, d }: Fraction): bigint {
  return (n * 20_000n + d) / (d * 2n);
}
