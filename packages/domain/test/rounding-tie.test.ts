import { expect, test } from '@jest/globals';
import { priceSession, type Tariff } from '../src/index.js';

/** 5 s of TIME and 300 billed seconds of PARKING_TIME: 0.01100833… and 0.15444166…, together 0.16545. */
function costOf(tax_included: Tariff['tax_included']) {
  const startedAt = Date.parse('2026-12-31T12:00:00Z');
  const tariff: Tariff = {
    country_code: 'NL',
    party_id: 'CPO',
    id: 'T1',
    currency: 'EUR',
    tax_included,
    last_updated: '2026-01-01T00:00:00Z',
    elements: [
      {
        price_components: [
          { type: 'TIME', price: 7.926, step_size: 1, vat: 19 },
          { type: 'PARKING_TIME', price: 1.8533, step_size: 300, vat: 7 },
        ],
      },
    ],
  };
  const pricing = priceSession({
    tariff,
    timeZone: 'Europe/Amsterdam',
    startedAt,
    endedAt: startedAt + 7000,
    periods: [
      { from: startedAt, to: startedAt + 5000, phase: 'CHARGE', energyWh: 1 },
      { from: startedAt + 5000, to: startedAt + 7000, phase: 'PARK', energyWh: 0 },
    ],
  });
  if (pricing.kind !== 'priced') throw new Error(pricing.detail);
  return pricing.total_cost;
}

test.each([
  ['YES', { incl_vat: '0.1655' }],
  ['NO', { excl_vat: '0.1655' }],
] as const)(
  'a total on a tie is rounded up although neither of its shares ends (TA-09, TA-61); taxes included: %s',
  (taxIncluded, expected) => {
    expect(costOf(taxIncluded)).toMatchObject(expected);
  },
);
