import { describe, expect, test } from '@jest/globals';
import {
  foldEvent,
  newTransaction,
  rateSession,
  reservationPeriod,
  sessionFacts,
  type Tariff,
  type TariffElement,
  type Transaction,
  type TransactionEvent,
  toChargingPeriods,
} from '../src/index.js';

const ZONE = 'Europe/Amsterdam';
const START = Date.parse('2026-03-02T10:00:00Z');
const MINUTE = 60_000;

type Sample = [
  minute: number,
  wh: number,
  members?: { watt?: number; ampere?: number; state?: 'SuspendedEV' },
];

const tariffOf = (...elements: TariffElement[]): Tariff => ({
  country_code: 'NL',
  party_id: 'CPO',
  id: 'T1',
  currency: 'EUR',
  tax_included: 'N/A',
  elements,
  last_updated: '2026-01-01T00:00:00Z',
});
const energy = (price: number, restrictions?: TariffElement['restrictions']): TariffElement => ({
  price_components: [{ type: 'ENERGY', price, step_size: 1 }],
  ...(restrictions && { restrictions }),
});

function charged(...samples: Sample[]): Transaction {
  const event = (minute: number, changes: Partial<TransactionEvent>): TransactionEvent => ({
    eventType: 'Updated',
    ocppTransactionId: 'T-1',
    at: START + minute * MINUTE,
    receivedAt: START + minute * MINUTE,
    offline: false,
    meterValues: [],
    ...changes,
  });
  const first = event(0, { eventType: 'Started', meterStartWh: 0, chargingState: 'Charging' });
  let transaction = foldEvent(
    newTransaction({ id: 't', stationId: 'CS', ocppTransactionId: 'T-1' }, first),
    first,
  );
  for (const [minute, wh, { watt, ampere, state } = {}] of samples) {
    const sampledValues = [
      { value: wh },
      ...(watt === undefined ? [] : [{ value: watt, measurand: 'Power.Active.Import' }]),
      ...(ampere === undefined ? [] : [{ value: ampere, measurand: 'Current.Import' }]),
    ];
    const at = START + minute * MINUTE;
    const told = event(minute, {
      meterValues: [{ at, sampledValues }],
      ...(state && { chargingState: state }),
    });
    transaction = foldEvent(transaction, told);
  }
  const last = samples.at(-1)?.[0] ?? 0;
  return foldEvent(transaction, event(last, { eventType: 'Ended', stoppedReason: 'Local' }));
}

function facts(transaction: Transaction, tariff: Tariff) {
  const found = sessionFacts(transaction, START, tariff, ZONE);
  if (found.pricing?.kind !== 'priced') throw new Error(found.pricing?.detail);
  return { ...found, pricing: found.pricing };
}

describe('prices out of the readings of a charger', () => {
  test('a change by the clock is split at the reading next to it, not evenly over the session (D2-040, D2-046)', () => {
    const tariff = tariffOf(energy(0.2, { end_time: '11:30' }), energy(0.4));
    const { periods, pricing } = facts(charged([30, 9000], [90, 10_000]), tariff);
    expect(periods.map(({ energyWh }) => energyWh)).toEqual([9000, 1000]);
    expect(pricing.total_cost.excl_vat).toBe('2.2');
    expect(pricing.lines.map((line) => line.periods)).toEqual([[0], [1]]);
  });

  test('a period begins where a threshold of energy is passed, its energy split exactly there (CD-37, TA-26)', () => {
    const tariff = tariffOf(energy(0.2, { max_kwh: 3.001 }), energy(0.4));
    const { periods } = facts(charged([10, 1000], [20, 7000]), tariff);
    expect(periods).toMatchObject([
      { from: START, energyWh: 3001 },
      { from: Date.parse('2026-03-02T10:13:20Z'), energyWh: 3999 },
    ]);
  });

  test('momentary power is that of the readings, and the periods tell its extremes (TA-27, D2-047)', () => {
    const tariff = tariffOf(energy(0.2, { max_power: 11 }), energy(0.4));
    const transaction = charged(
      [0, 0, { watt: 9000 }],
      [20, 3000, { watt: 10_999 }],
      [40, 6500, { watt: 11_000 }],
      [60, 10_500],
    );
    const { periods, pricing } = facts(transaction, tariff);
    expect(pricing.total_cost.excl_vat).toBe('2.9');
    expect(toChargingPeriods(periods).map(({ dimensions }) => dimensions.slice(2))).toEqual([
      [
        { type: 'MIN_POWER', volume: '9' },
        { type: 'MAX_POWER', volume: '10.999' },
      ],
      [
        { type: 'MIN_POWER', volume: '11' },
        { type: 'MAX_POWER', volume: '11' },
      ],
    ]);
  });

  test('without readings of the power it is the mean between two registers; a current is not derived', () => {
    const transaction = charged([30, 3000], [60, 9000]);
    const byPower = tariffOf(energy(0.2, { max_power: 11 }), energy(0.4));
    expect(facts(transaction, byPower).pricing.total_cost.excl_vat).toBe('3');
    const byCurrent = tariffOf(energy(0.2, { max_current: 32 }), energy(0.4));
    expect(sessionFacts(transaction, START, byCurrent, ZONE).pricing).toMatchObject({
      kind: 'unpriceable',
      reason: 'LOAD_UNKNOWN',
      path: ['tariff', 'elements', 0, 'restrictions', 'max_current'],
    });
  });

  test('a reading that is older than an hour tells nothing any more', () => {
    const tariff = tariffOf(energy(0.2, { max_current: 32 }), energy(0.4));
    const stale = charged([0, 0, { ampere: 16 }], [59, 5000], [61, 6000]);
    expect(sessionFacts(stale, START, tariff, ZONE).pricing).toMatchObject({ reason: 'LOAD_UNKNOWN' });
    const fresh = charged([0, 0, { ampere: 16 }], [59, 5000, { ampere: 16 }], [61, 6000]);
    expect(facts(fresh, tariff).pricing.total_cost.excl_vat).toBe('1.2');
  });

  test('parking needs no current where its price does not ask for one', () => {
    const tariff = tariffOf(energy(0.2, { max_current: 32 }), {
      price_components: [{ type: 'PARKING_TIME', price: 6, step_size: 1 }],
    });
    const transaction = charged([0, 0, { ampere: 16 }], [30, 5000, { state: 'SuspendedEV' }], [150, 5000]);
    const { pricing } = facts(transaction, tariff);
    expect(pricing.total_parking_cost?.excl_vat).toBe('12');
  });
});

describe('reservations', () => {
  const tariff = tariffOf(
    {
      price_components: [{ type: 'FLAT', price: 1, step_size: 1 }],
      restrictions: { reservation: 'RESERVATION' },
    },
    {
      price_components: [{ type: 'FLAT', price: 4, step_size: 1 }],
      restrictions: { reservation: 'RESERVATION_EXPIRES' },
    },
    {
      price_components: [{ type: 'TIME', price: 3, step_size: 600 }],
      restrictions: { reservation: 'RESERVATION', max_duration: 1200 },
    },
    energy(0.25),
  );

  test('one that was used precedes the periods of its session, in cost and order (CD-31, TA-30)', () => {
    const transaction = { ...charged([30, 4000]), reservation: { from: START - 25 * MINUTE } };
    const { reservationPeriods, periods, pricing } = facts(transaction, tariff);
    expect(toChargingPeriods(reservationPeriods).map(({ dimensions }) => dimensions)).toEqual([
      [{ type: 'RESERVATION_TIME', volume: '0.3333' }],
      [{ type: 'RESERVATION_TIME', volume: '0.0834' }],
    ]);
    expect(periods).toHaveLength(1);
    expect(pricing.total_reservation_cost?.excl_vat).toBe('2');
    expect(pricing.total_energy_cost?.excl_vat).toBe('1');
    expect(pricing.total_fixed_cost).toBeUndefined();
    expect(pricing.lines.map(({ dimension, periods: of }) => [dimension, of])).toEqual([
      ['RESERVATION_FLAT', [0]],
      ['RESERVATION_TIME', [0]],
      ['ENERGY', [2]],
    ]);
  });

  test.each([
    ['EXPIRED', '6'],
    ['CANCELLED', '2'],
  ] as const)(
    'one that was not used and %s costs %s, without a minimum and a start fee (TA-31)',
    (outcome, cost) => {
      const from = START;
      const to = START + 20 * MINUTE;
      const { pricing } = rateSession({
        tariff: {
          ...tariff,
          min_price: { before_taxes: 10 },
          elements: [...tariff.elements, { price_components: [{ type: 'FLAT', price: 9, step_size: 1 }] }],
        },
        timeZone: ZONE,
        startedAt: from,
        endedAt: to,
        periods: [reservationPeriod({ from, to })],
        reservation: outcome,
      });
      if (pricing.kind !== 'priced') throw new Error(pricing.detail);
      expect(pricing.total_cost.excl_vat).toBe(cost);
      expect(pricing.total_reservation_cost?.excl_vat).toBe(cost);
    },
  );
});
