import { describe, expect, test } from '@jest/globals';
import {
  type PriceComponent,
  type PriceSessionInput,
  type Pricing,
  priceSession,
  type Tariff,
  type TariffRestrictions,
  type TimedPeriod,
} from '../src/index.js';

const START = Date.parse('2026-03-01T10:00:00Z');
const HOUR = 3_600_000;
const T1: Tariff = {
  country_code: 'NL',
  party_id: 'CPO',
  id: 'T1',
  currency: 'EUR',
  tax_included: 'NO',
  elements: [
    {
      price_components: [
        { type: 'ENERGY', price: 0.3, step_size: 1, vat: 20 },
        { type: 'PARKING_TIME', price: 3, step_size: 1, vat: 20 },
      ],
    },
  ],
  last_updated: '2026-01-01T00:00:00Z',
};
const CHARGED: TimedPeriod = { from: START, to: START + HOUR / 2, phase: 'CHARGE', energyWh: 5000 };
const PARKED: TimedPeriod = { from: CHARGED.to, to: CHARGED.to + HOUR / 4, phase: 'PARK', energyWh: 0 };

function price(
  tariff: Tariff,
  periods: TimedPeriod[] = [CHARGED, PARKED],
  more: Partial<PriceSessionInput> = {},
) {
  const startedAt = periods[0]?.from ?? START;
  const endedAt = periods.at(-1)?.to ?? START;
  return priceSession({ tariff, timeZone: 'Europe/Amsterdam', startedAt, endedAt, periods, ...more });
}
function priced(pricing: Pricing) {
  if (pricing.kind !== 'priced') throw new Error(`${pricing.reason}: ${pricing.detail}`);
  return pricing;
}
const withComponents = (...price_components: PriceComponent[]): Tariff => ({
  ...T1,
  elements: [{ price_components }],
});
const withRestrictions = (restrictions: TariffRestrictions): Tariff => ({
  ...T1,
  elements: [{ price_components: [{ type: 'ENERGY', price: 1, step_size: 1 }], restrictions }],
});
/** Net total of 1 EUR/kWh under restrictions for 10 kWh in ten hours from `from`. */
const kwhWithin = (restrictions: TariffRestrictions, from: string): string => {
  const start = Date.parse(from);
  const period: TimedPeriod = { from: start, to: start + 10 * HOUR, phase: 'CHARGE', energyWh: 10_000 };
  return priced(price(withRestrictions(restrictions), [period])).total_cost.excl_vat;
};

describe('costs of a session (G02)', () => {
  test('energy and parking are priced with VAT and itemised', () => {
    const vat = (amount: string) => [{ name: 'VAT', percentage: 20, amount }];
    expect(price(T1)).toEqual({
      kind: 'priced',
      currency: 'EUR',
      total_cost: { excl_vat: '2.25', incl_vat: '2.7', taxes: vat('0.45') },
      total_energy_cost: { excl_vat: '1.5', incl_vat: '1.8', taxes: vat('0.3') },
      total_parking_cost: { excl_vat: '0.75', incl_vat: '0.9', taxes: vat('0.15') },
      lines: [
        expect.objectContaining({
          dimension: 'ENERGY',
          element: 0,
          from: '2026-03-01T10:00:00Z',
          to: '2026-03-01T10:30:00Z',
          volume: '5',
          billed_volume: '5',
          price: '0.3',
          amount_excl_vat: '1.5',
          vat: 20,
        }),
        expect.objectContaining({ dimension: 'PARKING_TIME', volume: '0.25', amount_excl_vat: '0.75' }),
      ],
    });
  });

  test('a session without energy costs 0, and its energy cost is stated (G36)', () => {
    const pricing = priced(price(T1, [{ ...CHARGED, energyWh: 0 }]));
    expect(pricing.total_cost).toEqual({ excl_vat: '0', incl_vat: '0', taxes: [] });
    expect(pricing.total_energy_cost?.excl_vat).toBe('0');
    expect(pricing.total_parking_cost).toBeUndefined();
    expect(pricing.total_time_cost).toBeUndefined();
    expect(pricing.lines).toEqual([]);
  });

  test('a dimension without any element costs nothing and is not stated (TA-22)', () => {
    const pricing = priced(price(withComponents({ type: 'TIME', price: 2, step_size: 1 }), [PARKED]));
    expect(pricing.total_cost).toEqual({ excl_vat: '0' });
    expect(pricing.total_time_cost).toBeUndefined();
  });

  test('the first element that has the dimension prices it (TA-20)', () => {
    const tariff = withComponents({ type: 'FLAT', price: 1, step_size: 1 });
    tariff.elements.push(
      { price_components: [{ type: 'ENERGY', price: 0.3, step_size: 1 }] },
      {
        price_components: [
          { type: 'ENERGY', price: 9, step_size: 1 },
          { type: 'FLAT', price: 9, step_size: 1 },
        ],
      },
    );
    const pricing = priced(price(tariff));
    expect(pricing.total_cost.excl_vat).toBe('2.5');
    expect(pricing.total_fixed_cost).toEqual({ excl_vat: '1' });
    expect(pricing.lines.map(({ element }) => element)).toEqual([0, 1]);
  });

  test('step_size has a line of its own (TA-43)', () => {
    const { lines } = priced(
      price(withComponents({ type: 'ENERGY', price: 0.25, step_size: 100 }), [
        { ...CHARGED, energyWh: 20_450 },
      ]),
    );
    expect(lines).toEqual([
      expect.objectContaining({ volume: '20.45', billed_volume: '20.45', amount_excl_vat: '5.1125' }),
      expect.objectContaining({
        volume: '0',
        billed_volume: '0.05',
        amount_excl_vat: '0.0125',
        why: 'step_size 100: 20450 Wh in all are billed as 20500 Wh',
      }),
    ]);
  });

  test('a step_size that is none is 1: a started Wh or second is a whole one (TA-40, TA-41)', () => {
    const session: TimedPeriod[] = [{ ...CHARGED, to: START + 1_500, energyWh: 0.4 }];
    for (const step_size of [0, -5, 1]) {
      const tariff = withComponents(
        { type: 'ENERGY', price: 1000, step_size },
        { type: 'TIME', price: 3600, step_size },
      );
      expect(priced(price(tariff, session)).total_cost.excl_vat).toBe('3');
    }
  });

  test('parking that is not billed does not keep charging time from being rounded (TA-45)', () => {
    const tariff = withComponents({ type: 'TIME', price: 6, step_size: 3600 });
    expect(priced(price(tariff)).total_cost.excl_vat).toBe('6');
  });

  test('prices are read by their text, rounded half up once, and the rounding is a line', () => {
    const tariff = withComponents(
      { type: 'ENERGY', price: 0.1, step_size: 1 },
      { type: 'TIME', price: 0.1, step_size: 1 },
    );
    const pricing = priced(price(tariff, [{ ...CHARGED, to: START + 1000, energyWh: 3 }]));
    expect(pricing.total_cost.excl_vat).toBe('0.0003');
    expect(pricing.lines.at(-1)).toEqual(
      expect.objectContaining({ dimension: 'ROUNDING', amount_excl_vat: '-0.00002778' }),
    );
    const half = withComponents({ type: 'ENERGY', price: 0.00005, step_size: 1 });
    expect(priced(price(half, [{ ...CHARGED, energyWh: 1000 }])).total_cost.excl_vat).toBe('0.0001');
  });
});

describe('taxes', () => {
  test('prices that include tax are published net (TA-65)', () => {
    const pricing = priced(price({ ...T1, tax_included: 'YES' }));
    expect(pricing.total_cost).toEqual({
      excl_vat: '1.875',
      incl_vat: '2.25',
      taxes: [{ name: 'VAT', percentage: 20, amount: '0.375' }],
    });
  });

  test('included tax of unknown rate is not priced, and the component is named (TV28, TA-65)', () => {
    const tariff = {
      ...withComponents({ type: 'TIME', price: 2.1, step_size: 1 }),
      tax_included: 'YES' as const,
    };
    expect(price(tariff)).toEqual({
      kind: 'unpriceable',
      reason: 'TAX_UNKNOWN',
      detail: 'elements[0].price_components[0].vat: is absent although tax_included is YES',
      path: ['tariff', 'elements', 0, 'price_components', 0, 'vat'],
    });
  });

  test('where no tax applies there is no amount with tax (TA-62)', () => {
    expect(priced(price({ ...T1, tax_included: 'N/A' })).total_cost).toEqual({ excl_vat: '2.25' });
  });

  test('0 % is a tax, no percentage is none (TA-61)', () => {
    const pricing = priced(
      price(
        withComponents(
          { type: 'ENERGY', price: 0.3, step_size: 1, vat: 0 },
          { type: 'PARKING_TIME', price: 3, step_size: 1 },
        ),
      ),
    );
    expect(pricing.total_cost).toEqual({
      excl_vat: '2.25',
      incl_vat: '2.25',
      taxes: [{ name: 'VAT', percentage: 0, amount: '0' }],
    });
    expect(pricing.total_energy_cost?.incl_vat).toBe('1.5');
    expect(pricing.total_parking_cost).toEqual({ excl_vat: '0.75' });
  });

  test('several rates are itemised and add up to the difference of the rounded amounts (TA-66)', () => {
    const tariff = withComponents(
      { type: 'ENERGY', price: 0.33333, step_size: 1, vat: 7.7 },
      { type: 'PARKING_TIME', price: 1.11111, step_size: 1, vat: 19 },
    );
    const { total_cost } = priced(price(tariff, [{ ...CHARGED, energyWh: 1234.567 }, PARKED]));
    const units = (amount: string | undefined) => Math.round(Number(amount) * 1e4);
    expect(total_cost.taxes?.map(({ percentage }) => percentage)).toEqual([19, 7.7]);
    expect(total_cost.taxes?.reduce((sum, { amount }) => sum + units(amount), 0)).toBe(
      units(total_cost.incl_vat) - units(total_cost.excl_vat),
    );
  });
});

describe('restrictions', () => {
  test('thresholds of energy split exactly, minimum inclusive and maximum exclusive (TA-26)', () => {
    expect(kwhWithin({ min_kwh: 2.5 }, '2026-03-01T10:00:00Z')).toBe('7.5');
    expect(kwhWithin({ max_kwh: 0.1 }, '2026-03-01T10:00:00Z')).toBe('0.1');
    expect(kwhWithin({ min_kwh: 10 }, '2026-03-01T10:00:00Z')).toBe('0');
  });

  test('durations count from the start of the session (TA-28)', () => {
    expect(kwhWithin({ min_duration: 3600, max_duration: 12_600 }, '2026-03-01T10:00:00Z')).toBe('2.5');
  });

  test('clock times are those of the location, an end before the start is the next day (TA-24)', () => {
    expect(kwhWithin({ start_time: '12:00', end_time: '13:30' }, '2026-03-01T10:00:00Z')).toBe('1.5');
    expect(kwhWithin({ start_time: '22:00', end_time: '06:00' }, '2026-03-01T19:00:00Z')).toBe('8');
    expect(kwhWithin({ start_time: '22:00', end_time: '00:00' }, '2026-03-01T19:00:00Z')).toBe('2');
    expect(kwhWithin({ start_time: '12:00' }, '2026-03-01T10:00:00Z')).toBe('9');
  });

  test('days and dates begin at local midnight, the last date is exclusive (TA-25, TA-29)', () => {
    expect(kwhWithin({ day_of_week: ['MONDAY'] }, '2026-03-01T19:00:00Z')).toBe('6');
    expect(kwhWithin({ day_of_week: [] }, '2026-03-01T19:00:00Z')).toBe('10');
    expect(kwhWithin({ start_date: '2026-03-02' }, '2026-03-01T19:00:00Z')).toBe('6');
    expect(kwhWithin({ end_date: '2026-03-02' }, '2026-03-01T19:00:00Z')).toBe('4');
  });

  test('all restrictions of an element have to hold (TA-23)', () => {
    expect(
      kwhWithin({ day_of_week: ['MONDAY'], end_time: '02:00', min_kwh: 5 }, '2026-03-01T19:00:00Z'),
    ).toBe('1');
  });

  test('an hour that the clocks skip or repeat is priced by what they show (TA-35)', () => {
    // Amsterdam: 2026-03-29 02:00 -> 03:00, 2026-10-25 03:00 -> 02:00
    expect(kwhWithin({ start_time: '01:00', end_time: '04:00' }, '2026-03-28T22:00:00Z')).toBe('2');
    expect(kwhWithin({ start_time: '02:30', end_time: '05:00' }, '2026-03-28T22:00:00Z')).toBe('2');
    expect(kwhWithin({ start_time: '01:00', end_time: '04:00' }, '2026-10-24T22:00:00Z')).toBe('4');
    expect(kwhWithin({ start_time: '02:30', end_time: '03:00' }, '2026-10-24T22:00:00Z')).toBe('1');
  });

  test.each([
    [
      { max_power: 16 },
      'LOAD_UNKNOWN',
      'elements[0].restrictions.max_power: the power at 2026-03-01T10:00:00Z was not metered',
    ],
    [
      { min_current: 6 },
      'LOAD_UNKNOWN',
      'elements[0].restrictions.min_current: the current at 2026-03-01T10:00:00Z was not metered',
    ],
    [
      { reservation: 'RESERVATION' },
      'TARIFF_INVALID',
      'elements[0].price_components[0].type: a reservation has no ENERGY',
    ],
    [
      { start_time: '25:00' },
      'TARIFF_INVALID',
      'elements[0].restrictions.start_time: 25:00 is not of the form HH:MM',
    ],
    [{ day_of_week: ['FUNDAY'] }, 'TARIFF_INVALID', 'elements[0].restrictions.day_of_week: FUNDAY is no day'],
  ] as [TariffRestrictions, string, string][])(
    '%j is named instead of priced',
    (restrictions, reason, detail) => {
      expect(price(withRestrictions(restrictions))).toMatchObject({ kind: 'unpriceable', reason, detail });
    },
  );
});

describe('limits of the total (TA-63, TA-64)', () => {
  test('a limit has a line, partial costs stay what they are (CD-42)', () => {
    const pricing = priced(price({ ...T1, max_price: { before_taxes: 2, after_taxes: 2.4 } }));
    expect(pricing.total_cost).toEqual({
      excl_vat: '2',
      incl_vat: '2.4',
      taxes: [{ name: 'VAT', percentage: 20, amount: '0.4' }],
    });
    expect(pricing.total_energy_cost?.excl_vat).toBe('1.5');
    expect(pricing.lines.at(-1)).toEqual(
      expect.objectContaining({
        dimension: 'MAX_PRICE',
        amount_excl_vat: '-0.25',
        why: 'max_price changes the total from 2.25 to 2 before taxes, from 2.7 to 2.4 after taxes',
      }),
    );
  });

  test('a limit before taxes alone brings the VAT of the tariff along', () => {
    expect(priced(price({ ...T1, max_price: { before_taxes: 2 } })).total_cost.incl_vat).toBe('2.4');
    const mixed = withComponents(
      { type: 'ENERGY', price: 0.3, step_size: 1, vat: 20 },
      { type: 'PARKING_TIME', price: 3, step_size: 1, vat: 10 },
    );
    expect(price({ ...mixed, max_price: { before_taxes: 2 } })).toEqual({
      kind: 'unpriceable',
      reason: 'TARIFF_INVALID',
      detail: 'max_price: needs an amount after taxes, for the tariff has several VAT rates',
      path: ['tariff', 'max_price'],
    });
  });

  test('limits before and after taxes are two limits: each holds by itself (trap 40)', () => {
    // 2.25 before and 2.70 after taxes.
    const limited = (max_price: { before_taxes: number; after_taxes: number }) =>
      priced(price({ ...T1, max_price })).total_cost;
    expect(limited({ before_taxes: 5, after_taxes: 2.5 })).toMatchObject({
      excl_vat: '2.25',
      incl_vat: '2.5',
    });
    expect(limited({ before_taxes: 2, after_taxes: 9 })).toMatchObject({ excl_vat: '2', incl_vat: '2.7' });
    const minimum = { ...T1, min_price: { before_taxes: 1, after_taxes: 3 } };
    expect(priced(price(minimum)).total_cost).toMatchObject({ excl_vat: '2.25', incl_vat: '3' });
  });

  test('the minimum holds for a session without energy', () => {
    const pricing = priced(
      price({ ...T1, min_price: { before_taxes: 0.5, after_taxes: 0.6 } }, [{ ...CHARGED, energyWh: 0 }]),
    );
    expect(pricing.total_cost).toEqual({
      excl_vat: '0.5',
      incl_vat: '0.6',
      taxes: [{ name: 'VAT', percentage: 20, amount: '0.1' }],
    });
  });
});

describe('contradictions are named', () => {
  test.each<[string, () => Pricing, string]>([
    ['no periods', () => price(T1, []), 'charging_periods: is empty'],
    [
      'a gap',
      () => price(T1, [CHARGED, { ...PARKED, from: PARKED.from + 1000 }]),
      'charging_periods[1]: does not follow the one before it',
    ],
    [
      'negative energy',
      () => price(T1, [{ ...CHARGED, energyWh: -1 }]),
      'charging_periods[0]: has a negative length or energy',
    ],
    [
      'another start',
      () => price(T1, [CHARGED], { startedAt: START - 2000 }),
      'charging_periods: do not last from the start to the end of the session',
    ],
    [
      'an unknown time zone',
      () => price(withRestrictions({ start_time: '12:00' }), [CHARGED], { timeZone: 'Moon/Base' }),
      'time_zone: Moon/Base is not known',
    ],
    [
      'a session of years by the clock',
      () => price(withRestrictions({ start_time: '12:00' }), [{ ...CHARGED, from: 0 }]),
      'session: lasts longer than 400 days',
    ],
  ])('%s', (_, run, detail) => {
    expect(run()).toMatchObject({ kind: 'unpriceable', reason: 'SESSION_INVALID', detail });
  });

  test('a tariff without elements or with a price that is no number', () => {
    expect(price({ ...T1, elements: [] })).toEqual(expect.objectContaining({ detail: 'elements: is empty' }));
    expect(price(withComponents({ type: 'ENERGY', price: Number.NaN, step_size: 1 }))).toEqual(
      expect.objectContaining({
        reason: 'TARIFF_INVALID',
        detail: 'elements[0].price_components[0].price: is no amount',
      }),
    );
  });
});
