import { describe, expect, test } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import {
  type PriceComponent,
  priceSession,
  type SessionPhase,
  type Tariff,
  type TariffElement,
  type TimedPeriod,
} from '../src/index.js';

const ZONE = 'Europe/Amsterdam';

type Part = [phase: SessionPhase, seconds: number, kwh?: number];
type Vector = [
  id: string,
  elements: TariffElement[],
  start: string,
  parts: Part[],
  excl: string,
  incl?: string,
];

const energy = (price: number, step_size: number, vat?: number): PriceComponent =>
  component('ENERGY', price, step_size, vat);
const time = (price: number, step_size: number, vat?: number): PriceComponent =>
  component('TIME', price, step_size, vat);
const parking = (price: number, step_size: number, vat?: number): PriceComponent =>
  component('PARKING_TIME', price, step_size, vat);
const flat = (price: number, vat?: number): PriceComponent => component('FLAT', price, 1, vat);
function component(
  type: PriceComponent['type'],
  price: number,
  step_size: number,
  vat?: number,
): PriceComponent {
  return { type, price, step_size, ...(vat !== undefined && { vat }) };
}

const MONDAY = '2019-01-07T10:00:00';
const WORKDAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'];
const TWENTY_KWH: Part[] = [['CHARGE', 7200, 20]];

const STEP_SIZE_TARIFF: TariffElement[] = [
  {
    price_components: [time(1.2, 1800), parking(1, 900)],
    restrictions: { start_time: '00:00', end_time: '17:00' },
  },
  {
    price_components: [time(2.4, 900), parking(1, 900)],
    restrictions: { start_time: '17:00', end_time: '20:00' },
  },
  { price_components: [time(2.4, 900)], restrictions: { start_time: '20:00', end_time: '00:00' } },
];

const COMPLEX_PARKING: TariffElement[] = [
  { price_components: [flat(2.5, 15)] },
  { price_components: [time(2, 600, 20)], restrictions: { day_of_week: WORKDAYS } },
  { price_components: [time(1.25, 600, 20)], restrictions: { day_of_week: ['SATURDAY', 'SUNDAY'] } },
  {
    price_components: [parking(5, 300, 10)],
    restrictions: { start_time: '09:00', end_time: '18:00', day_of_week: WORKDAYS },
  },
  {
    price_components: [parking(6, 300, 10)],
    restrictions: { start_time: '10:00', end_time: '17:00', day_of_week: ['SATURDAY'] },
  },
];

const DURATION_TARIFF: TariffElement[] = [
  { price_components: [energy(0, 1, 20)], restrictions: { max_duration: 1800 } },
  { price_components: [energy(0.25, 1, 20)], restrictions: { max_duration: 3600 } },
  { price_components: [energy(0.4, 1, 20)] },
];

const VECTORS: Vector[] = [
  ['TV01', [{ price_components: [energy(0.25, 1, 10)] }], MONDAY, TWENTY_KWH, '5', '5.5'],
  ['TV02', [{ price_components: [flat(0.5, 20), energy(0.25, 1, 10)] }], MONDAY, TWENTY_KWH, '5.5', '6.1'],
  [
    'TV04',
    [{ price_components: [flat(0.5, 20), energy(0.25, 1, 10), parking(2, 900, 20)] }],
    MONDAY,
    [...TWENTY_KWH, ['PARK', 2400]],
    '7',
    '7.9',
  ],
  ['TV06', [{ price_components: [time(2, 60, 10)] }], MONDAY, [['CHARGE', 9000]], '5', '5.5'],
  [
    'TV07',
    [{ price_components: [time(3, 60, 10), parking(5, 300, 20)] }],
    MONDAY,
    [
      ['CHARGE', 9000],
      ['PARK', 2520],
    ],
    '11.25',
    '12.75',
  ],
  ['TV08', [{ price_components: [time(1.9, 300, 5.2)] }], MONDAY, [['CHARGE', 9000]], '4.75', '4.997'],
  [
    'TV09a',
    [{ price_components: [flat(0.5, 20), energy(0.25, 100, 10)] }],
    MONDAY,
    [['CHARGE', 7200, 20.45]],
    '5.625',
    '6.2375',
  ],
  [
    'TV09b',
    [{ price_components: [flat(0.5, 20), energy(0.22, 100, 10)] }],
    MONDAY,
    [['CHARGE', 7200, 20.45]],
    '5.01',
    '5.561',
  ],
  [
    'TV10b without its current',
    COMPLEX_PARKING,
    '2019-01-05T13:30:00',
    [
      ['CHARGE', 6840],
      ['PARK', 4260],
    ],
    '12.375',
    '13.975',
  ],
  ['TV11', [{ price_components: [{ ...flat(0), step_size: 0 }] }], MONDAY, TWENTY_KWH, '0'],
  [
    'TV16a',
    STEP_SIZE_TARIFF,
    '2019-01-07T16:55:00',
    [
      ['CHARGE', 600],
      ['PARK', 120],
    ],
    '0.55',
  ],
  ['TV16b', STEP_SIZE_TARIFF, '2019-01-07T16:35:00', [['CHARGE', 2100]], '1.3'],
  [
    'TV16c',
    STEP_SIZE_TARIFF,
    '2019-01-07T19:40:00',
    [
      ['CHARGE', 720],
      ['PARK', 1200],
    ],
    '0.73',
  ],
  [
    'TV18',
    DURATION_TARIFF,
    MONDAY,
    [
      ['CHARGE', 1800, 5],
      ['CHARGE', 600, 1.2],
    ],
    '0.3',
    '0.36',
  ],
  ['TV19a', [{ price_components: [energy(0.25, 1)] }], MONDAY, [['CHARGE', 60, 0.1152]], '0.029'],
  ['TV19b', [{ price_components: [energy(0.25, 25)] }], MONDAY, [['CHARGE', 60, 0.1152]], '0.0313'],
  ['TV19c', [{ price_components: [energy(0.25, 500)] }], MONDAY, [['CHARGE', 60, 0.1152]], '0.125'],
  [
    'TV20',
    [{ price_components: [time(2, 300, 10)] }],
    '2015-06-29T21:39:09',
    [['CHARGE', 7103, 15.342]],
    '4',
    '4.4',
  ],
  [
    'TV21',
    [
      { price_components: [energy(0.2, 500)], restrictions: { end_time: '17:00' } },
      { price_components: [energy(0.27, 500)], restrictions: { start_time: '17:00' } },
    ],
    '2019-01-07T16:00:00',
    [
      ['CHARGE', 3600, 4.3],
      ['CHARGE', 1800, 1.1],
    ],
    '1.184',
  ],
  [
    'TV22',
    [
      { price_components: [time(5, 600)], restrictions: { end_time: '17:00' } },
      { price_components: [time(7, 600)], restrictions: { start_time: '17:00' } },
    ],
    '2019-01-07T16:54:00',
    [['CHARGE', 1680]],
    '3.3',
  ],
  [
    'TV23',
    [{ price_components: [time(1, 600), parking(2, 600)] }],
    MONDAY,
    [
      ['CHARGE', 1260],
      ['PARK', 960],
    ],
    '1.0167',
  ],
  [
    'TV24',
    [{ price_components: [time(1, 300), parking(1, 300)] }],
    MONDAY,
    [
      ['CHARGE', 1260],
      ['PARK', 420],
    ],
    '0.5167',
  ],
  ['TV25', [{ price_components: [time(6, 300)] }], MONDAY, [['CHARGE', 360]], '1'],
  ['TV26', [{ price_components: [parking(6, 300)] }], MONDAY, [['PARK', 480]], '1'],
  ['TV27', [{ price_components: [time(2, 1)] }], MONDAY, [['CHARGE', 9000]], '5'],
];

/** TV03 and TV05: limits apply before and after taxes independently (TA-63). */
const LIMITED: { vector: Vector; limits: Partial<Tariff> }[] = [
  {
    vector: ['TV03a', [{ price_components: [energy(0.25, 1, 10)] }], MONDAY, TWENTY_KWH, '5', '5.5'],
    limits: { min_price: { before_taxes: 0.5, after_taxes: 0.55 } },
  },
  {
    vector: [
      'TV03b',
      [{ price_components: [energy(0.25, 1, 10)] }],
      MONDAY,
      [['CHARGE', 600, 1]],
      '0.5',
      '0.55',
    ],
    limits: { min_price: { before_taxes: 0.5, after_taxes: 0.55 } },
  },
  {
    vector: [
      'TV05a',
      [{ price_components: [flat(0.5, 20), energy(0.25, 1, 10)] }],
      MONDAY,
      [['CHARGE', 14400, 50]],
      '10',
      '11',
    ],
    limits: { max_price: { before_taxes: 10, after_taxes: 11 } },
  },
  {
    vector: [
      'TV05b',
      [{ price_components: [flat(0.5, 20), energy(0.25, 1, 10)] }],
      MONDAY,
      [['CHARGE', 10800, 30]],
      '8',
      '8.85',
    ],
    limits: { max_price: { before_taxes: 10, after_taxes: 11 } },
  },
];

function price(elements: TariffElement[], start: string, parts: Part[], members: Partial<Tariff> = {}) {
  const startedAt = Temporal.PlainDateTime.from(start).toZonedDateTime(ZONE).epochMilliseconds;
  const periods: TimedPeriod[] = [];
  let from = startedAt;
  for (const [phase, seconds, kwh = 0] of parts) {
    periods.push({ from, to: from + seconds * 1000, phase, energyWh: Math.round(kwh * 1e6) / 1000 });
    from += seconds * 1000;
  }
  const tariff: Tariff = {
    country_code: 'NL',
    party_id: 'CPO',
    id: 'T1',
    currency: 'EUR',
    tax_included: 'NO',
    elements,
    last_updated: '2019-01-01T00:00:00Z',
    ...members,
  };
  return priceSession({ tariff, timeZone: ZONE, startedAt, endedAt: from, periods });
}

describe('amounts of the OCPI vectors (section 8.5)', () => {
  const vectors = [...VECTORS.map((vector) => ({ vector, limits: {} })), ...LIMITED].map(
    ({ vector, limits }) => ({ id: vector[0], vector, limits }),
  );

  test.each(vectors)('$id', ({ vector, limits }) => {
    const [, elements, start, parts, excl, incl] = vector;
    const pricing = price(elements, start, parts, limits);
    if (pricing.kind !== 'priced') throw new Error(pricing.detail);
    expect(pricing.total_cost.excl_vat).toBe(excl);
    expect(pricing.total_cost.incl_vat).toBe(incl);

    const lines = pricing.lines.reduce(
      (sum, line) => sum + Math.round(Number(line.amount_excl_vat) * 1e8),
      0,
    );
    expect(lines).toBe(Math.round(Number(excl) * 1e8));
    const taxes = pricing.total_cost.taxes?.reduce(
      (sum, { amount }) => sum + Math.round(Number(amount) * 1e4),
      0,
    );
    expect(taxes).toBe(incl === undefined ? undefined : Math.round((Number(incl) - Number(excl)) * 1e4));
  });
});
