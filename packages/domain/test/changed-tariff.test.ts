import { describe, expect, test } from '@jest/globals';
import { rateParts, type Tariff, type TariffElement, type TimedPeriod, tariffParts } from '../src/index.js';

const T0 = Date.UTC(2026, 2, 1, 10);
const MINUTE = 60_000;

const tariff = (id: string, elements: TariffElement[], changes: Partial<Tariff> = {}): Tariff => ({
  country_code: 'DE',
  party_id: 'RBG',
  id,
  currency: 'EUR',
  elements,
  tax_included: 'NO',
  last_updated: '2026-01-01T00:00:00Z',
  ...changes,
});

const perKwh = (price: number, more: TariffElement['price_components'] = []): TariffElement[] => [
  { price_components: [{ type: 'ENERGY', price, vat: 20, step_size: 1 }, ...more] },
];

const period = (fromMin: number, toMin: number, energyWh: number): TimedPeriod => ({
  from: T0 + fromMin * MINUTE,
  to: T0 + toMin * MINUTE,
  phase: 'CHARGE',
  energyWh,
});

/** 1 kWh in ten minutes under the first tariff, 4.0001 kWh in thirty minutes under the second. */
function rate(first: Tariff, second: Tariff) {
  const to = T0 + 40 * MINUTE;
  const parts = tariffParts(first, [{ at: T0 + 10 * MINUTE, tariff: second }], T0, to);
  return rateParts({
    parts,
    timeZone: 'Europe/Berlin',
    startedAt: T0,
    endedAt: to,
    periods: [period(0, 10, 1_000), period(10, 40, 4_000.1)],
  });
}

describe('a session whose driver chooses another profile (SE-36)', () => {
  test('follows each tariff from its whole second on; one before the start counts from there', () => {
    const [a, b, c] = ['A', 'B', 'C'].map((id) => tariff(id, perKwh(1))) as [Tariff, Tariff, Tariff];
    const to = T0 + 40 * MINUTE;
    const ids = (changes: { at: number; tariff: Tariff }[]) =>
      tariffParts(a, changes, T0, to).map((part) => [part.tariff.id, part.from - T0, part.to - T0]);
    expect(ids([])).toEqual([['A', 0, 40 * MINUTE]]);
    expect(ids([{ at: T0 + 90_400, tariff: b }])).toEqual([
      ['A', 0, 90_000],
      ['B', 90_000, 40 * MINUTE],
    ]);
    expect(ids([{ at: T0 - MINUTE, tariff: b }])).toEqual([['B', 0, 40 * MINUTE]]);
    expect(ids([{ at: to, tariff: b }])).toEqual([['A', 0, 40 * MINUTE]]);
    expect(
      ids([
        { at: T0 + MINUTE, tariff: b },
        { at: T0 + MINUTE, tariff: c },
        { at: T0 + 2 * MINUTE, tariff: c },
      ]),
    ).toEqual([
      ['A', 0, MINUTE],
      ['C', MINUTE, 40 * MINUTE],
    ]);
  });

  test('pays each part by its tariff, taxes and partial costs added up', () => {
    const { periods, pricing } = rate(tariff('A', perKwh(0.3)), tariff('B', perKwh(0.2)));
    expect(periods).toHaveLength(2);
    expect(pricing).toMatchObject({
      kind: 'priced',
      // 0.3 + 4.001 * 0.2: the last tariff rounds up to its step of 1 Wh.
      total_cost: { excl_vat: '1.1002', incl_vat: '1.3202', taxes: [{ name: 'VAT', percentage: 20 }] },
      total_energy_cost: { excl_vat: '1.1002' },
    });
    if (pricing.kind !== 'priced') throw new Error('it has a price');
    expect(pricing.lines.map(({ tariff_id, periods: of }) => [tariff_id, of])).toEqual(
      expect.arrayContaining([
        ['A', [0]],
        ['B', [1]],
      ]),
    );
    const lines = pricing.lines.reduce((sum, line) => sum + Number(line.amount_excl_vat), 0);
    expect(lines).toBeCloseTo(1.1002, 8);
  });

  test('rounds up to a step at its end only (TA-46)', () => {
    const stepped = (id: string) =>
      tariff(id, [{ price_components: [{ type: 'TIME', price: 6, step_size: 3_600 }] }]);
    const { pricing } = rate(stepped('A'), stepped('B'));
    // Ten minutes as they are, thirty minutes as an hour.
    expect(pricing).toMatchObject({ total_cost: { excl_vat: '7' } });
  });

  test('pays one start fee', () => {
    const fee = [{ type: 'FLAT', price: 2, step_size: 1 }] as TariffElement['price_components'];
    const { pricing } = rate(tariff('A', perKwh(0, fee)), tariff('B', perKwh(0, fee)));
    expect(pricing).toMatchObject({ total_cost: { excl_vat: '2' }, total_fixed_cost: { excl_vat: '2' } });
    expect(rate(tariff('A', perKwh(0)), tariff('B', perKwh(0, fee))).pricing).toMatchObject({
      total_fixed_cost: { excl_vat: '2' },
    });
  });

  test('is not priced where the tariffs do not agree: limits of the total, currencies', () => {
    const limited = tariff('B', perKwh(1), { min_price: { before_taxes: 5 } });
    expect(rate(tariff('A', perKwh(1)), limited).pricing).toMatchObject({
      kind: 'unpriceable',
      reason: 'TARIFF_NOT_SUPPORTED',
    });
    const other = tariff('B', perKwh(1), { currency: 'CHF' });
    expect(rate(tariff('A', perKwh(1)), other).pricing).toMatchObject({
      kind: 'unpriceable',
      reason: 'TARIFF_INVALID',
    });
  });
});
