import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { Priced, ReservationOutcome, Tariff } from '../src/index.js';
import { priceVector, type VectorPart } from './support/price-vector.js';

interface Vector extends Pick<Tariff, 'elements' | 'tax_included' | 'min_price' | 'max_price'> {
  id: string;
  title: string;
  start: string;
  session: VectorPart[];
  reservation?: ReservationOutcome;
  expected: {
    excl_vat?: string;
    incl_vat?: string;
    /** Wh, seconds, or 1. */
    billed?: { dimension: string; volume: number; price: number }[];
    reason?: string;
  };
}

const { vectors, time_zone: timeZone } = JSON.parse(
  readFileSync(new URL('./vectors/tariffs.json', import.meta.url), 'utf8'),
) as { vectors: Vector[]; time_zone: string };

const UNITS: Record<string, number> = { ENERGY: 1e6, FLAT: 1e3, RESERVATION_FLAT: 1e3 };

/** What was billed of each dimension at each price, steps included, in thousandths of a Wh or second. */
function billedOf({ lines }: Priced): Map<string, number> {
  const billed = new Map<string, number>();
  for (const { kind, dimension, price, billed_volume } of lines) {
    if (kind !== 'usage' && kind !== 'step_size') continue;
    const key = `${dimension} at ${price}`;
    const volume = Math.round(Number(billed_volume) * (UNITS[dimension] ?? 3.6e6));
    billed.set(key, (billed.get(key) ?? 0) + volume);
  }
  return billed;
}

describe('amounts of the OCPI vectors (section 8.5)', () => {
  test('there are 38 of them', () => {
    expect(vectors).toHaveLength(38);
  });

  test.each(vectors)('$id: $title', (vector) => {
    const { elements, tax_included, min_price, max_price, start, session, reservation, expected } = vector;
    const pricing = priceVector({
      tariff: { elements, tax_included, ...(min_price && { min_price }), ...(max_price && { max_price }) },
      timeZone,
      start,
      parts: session,
      ...(reservation && { reservation }),
    });
    if (expected.reason !== undefined) {
      // TV28: the share of tax in the price is not told, so the amount before taxes is not known.
      expect(pricing).toMatchObject({ kind: 'unpriceable', reason: expected.reason });
      return;
    }
    if (pricing.kind !== 'priced') throw new Error(pricing.detail);
    const { total_cost, lines } = pricing;
    expect(total_cost.excl_vat).toBe(expected.excl_vat);
    expect(total_cost.incl_vat).toBe(expected.incl_vat);

    const billed = new Map<string, number>();
    for (const { dimension, volume, price } of expected.billed ?? []) {
      const key = `${dimension} at ${price}`;
      billed.set(key, (billed.get(key) ?? 0) + volume * 1000);
    }
    expect(billedOf(pricing)).toEqual(billed);

    const sum = lines.reduce((total, line) => total + Math.round(Number(line.amount_excl_vat) * 1e8), 0);
    expect(sum).toBe(Math.round(Number(total_cost.excl_vat) * 1e8));
  });
});
