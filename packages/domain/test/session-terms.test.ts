import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  foldEvent,
  type Location,
  type MeterSample,
  newTransaction,
  projectSession,
  type SessionTerms,
  sessionFacts,
  type Tariff,
  type Transaction,
  type TransactionEvent,
} from '../src/index.js';
import { liveDimensions } from '../src/session/live-dimensions.js';

const ZONE = 'Europe/Amsterdam';
const START = Date.parse('2026-03-02T10:00:00Z');
const MINUTE = 60_000;

const tariff = (price = 0.3): Tariff => ({
  country_code: 'NL',
  party_id: 'CPO',
  id: 'T1',
  currency: 'EUR',
  tax_included: 'NO',
  elements: [
    {
      price_components: [
        { type: 'ENERGY', price, vat: 20, step_size: 1 },
        { type: 'PARKING_TIME', price: 3, vat: 20, step_size: 60 },
      ],
      restrictions: { max_kwh: 7 },
    },
    { price_components: [{ type: 'ENERGY', price: price * 2, vat: 20, step_size: 1 }] },
  ],
  last_updated: '2026-01-01T00:00:00Z',
});

function event(minute: number, changes: Partial<TransactionEvent>): TransactionEvent {
  const at = START + minute * MINUTE;
  return {
    eventType: 'Updated',
    ocppTransactionId: 'T-1',
    at,
    receivedAt: at,
    offline: false,
    meterValues: [],
    ...changes,
  };
}

type Values = { watt?: number; ampere?: number; soc?: number; out?: number };

function metered(minute: number, wh: number, { watt, ampere, soc, out }: Values = {}): TransactionEvent {
  const told = (value: number | undefined, measurand: string) =>
    value === undefined ? [] : [{ value, measurand }];
  const sampledValues = [
    { value: wh },
    ...told(watt, 'Power.Active.Import'),
    ...told(ampere, 'Current.Import'),
    ...told(soc, 'SoC'),
    ...told(out, 'Energy.Active.Export.Register'),
  ];
  return event(minute, { meterValues: [{ at: START + minute * MINUTE, sampledValues }] });
}

function charged(...events: TransactionEvent[]): Transaction {
  const first = event(0, { eventType: 'Started', meterStartWh: 0, chargingState: 'Charging' });
  const begun = foldEvent(
    newTransaction({ id: 't', stationId: 'CS', ocppTransactionId: 'T-1' }, first),
    first,
    {
      grant: {
        partnerId: 'p',
        authMethod: 'WHITELIST',
        cdrToken: { country_code: 'DE', party_id: 'MSP', uid: 'A', type: 'RFID', contract_id: 'C' },
      },
    },
  );
  return events.reduce((transaction, each) => foldEvent(transaction, each), begun);
}

const ended = (...events: TransactionEvent[]) =>
  charged(...events, { ...(events.at(-1) as TransactionEvent), eventType: 'Ended', meterValues: [] });

test('a pause counts when it is as long as the platform wants it to be (D2-045)', () => {
  const transaction = ended(
    metered(20, 4_000),
    event(20, { chargingState: 'SuspendedEV' }),
    event(20.5, { chargingState: 'Charging' }),
    metered(40, 5_000),
  );
  const phases = (terms: SessionTerms) =>
    sessionFacts(transaction, START, tariff(), ZONE, terms).periods.map(({ phase }) => phase);
  expect(phases({})).toEqual(['CHARGE']);
  expect(phases({ minPhaseMs: 30_000 })).toEqual(['CHARGE', 'PARK', 'CHARGE']);
});

test('no charging period is longer than the limit, each cut where the meter was (D2-040, D2-046)', () => {
  const transaction = ended(
    metered(20, 4_000),
    metered(40, 5_000),
    event(40, { chargingState: 'SuspendedEV' }),
    metered(75, 5_000),
  );
  const { periods } = sessionFacts(transaction, START, tariff(), ZONE, { maxPeriodMs: 30 * MINUTE });
  expect(periods.map(({ from, phase, energyWh }) => [(from - START) / MINUTE, phase, energyWh])).toEqual([
    [0, 'CHARGE', 4_500],
    [30, 'CHARGE', 500],
    [40, 'PARK', 0],
    [70, 'PARK', 0],
  ]);
});

test('a session costs the same however short its periods are (D2-040)', () => {
  const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 9_000 })), {
    minLength: 1,
    maxLength: 8,
  });
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 45 }), (told, limitMinutes) => {
      let minute = 0;
      let wh = 0;
      const transaction = ended(
        ...told.map(([minutes, more]) => {
          minute += minutes;
          wh += more;
          return metered(minute, wh);
        }),
      );
      const whole = sessionFacts(transaction, START, tariff(), ZONE);
      const cut = sessionFacts(transaction, START, tariff(), ZONE, { maxPeriodMs: limitMinutes * MINUTE });
      const cost = ({ pricing }: typeof whole) => pricing?.kind === 'priced' && pricing.total_cost;
      expect(cost(cut)).toEqual(cost(whole));
      const longest = Math.max(...cut.periods.map(({ from, to }) => to - from));
      expect(longest).toBeLessThanOrEqual(limitMinutes * MINUTE);
      expect(cut.periods.reduce((sum, { energyWh }) => sum + Math.round(energyWh * 1000), 0)).toBe(wh * 1000);
    }),
    { numRuns: 150 },
  );
});

test('a pause that the charger causes is parking only where the platform says so (D2-042)', () => {
  const transaction = ended(
    metered(20, 4_000),
    event(20, { chargingState: 'SuspendedEVSE' }),
    metered(50, 4_000),
  );
  const phases = (terms: SessionTerms) =>
    sessionFacts(transaction, START, tariff(), ZONE, terms).periods.map(({ phase }) => phase);
  expect(phases({})).toEqual(['CHARGE']);
  expect(phases({ suspendedEvse: 'PARK' })).toEqual(['CHARGE', 'PARK']);
});

describe('parking that the meter shows (D2-043)', () => {
  const spans = (transaction: Transaction, terms: SessionTerms = { inferParking: true }) =>
    sessionFacts(transaction, START, tariff(), ZONE, terms).periods.map(
      ({ from, phase }) => `${(from - START) / MINUTE} ${phase}`,
    );
  /** Charges for 20 minutes, takes nothing for 20 and less than 5 Wh more until minute 60. */
  const readings = [metered(20, 4_000), metered(40, 4_000), metered(60, 4_003)];
  const silent = (transaction: Transaction): Transaction => ({ ...transaction, states: [] });

  test('counts only where the platform says so', () => {
    expect(spans(ended(...readings), {})).toEqual(['0 CHARGE']);
    expect(spans(ended(...readings))).toEqual(['0 CHARGE', '20 PARK']);
  });

  test('waits for a state that agrees, or for the end; a charger that reports no states contradicts nothing', () => {
    expect(spans(charged(...readings))).toEqual(['0 CHARGE']);
    expect(spans(silent(charged(...readings)))).toEqual(['0 CHARGE', '20 PARK']);
    const told = (chargingState: 'SuspendedEV' | 'SuspendedEVSE') =>
      spans(charged(...readings, event(65, { chargingState }), metered(70, 4_003)));
    expect(told('SuspendedEV')).toEqual(['0 CHARGE', '20 PARK']);
    expect(told('SuspendedEVSE')).toEqual(['0 CHARGE']);
  });

  test('ends with the energy that flows again, and is no pause that the charger causes', () => {
    expect(spans(ended(...readings, metered(80, 6_000)))).toEqual(['0 CHARGE', '20 PARK', '60 CHARGE']);
    const paused = event(20, { chargingState: 'SuspendedEVSE' });
    expect(spans(ended(paused, ...readings))).toEqual(['0 CHARGE']);
  });

  test('is also seen by the power, unless the register contradicts it', () => {
    const powers = (register: number) =>
      ended(
        metered(20, 4_000, { watt: 11_000 }),
        metered(30, 4_000 + register, { watt: 40 }),
        metered(45, 4_000 + register * 2, { watt: 40 }),
      );
    expect(spans(powers(8))).toEqual(['0 CHARGE', '30 PARK']);
    expect(spans(powers(1_000))).toEqual(['0 CHARGE']);
  });

  test('takes ten minutes, after energy has flowed', () => {
    expect(spans(ended(metered(20, 4_000), metered(29, 4_000), metered(31, 4_400)))).toEqual(['0 CHARGE']);
    expect(spans(ended(metered(30, 0), metered(40, 2_000)))).toEqual(['0 CHARGE']);
  });
});

test('amounts are rounded as their currency asks, once and at the end (TA-09)', () => {
  const transaction = ended(metered(30, 1_015));
  const cost = (terms: SessionTerms) => {
    const { pricing } = sessionFacts(transaction, START, tariff(1), ZONE, terms);
    if (pricing?.kind !== 'priced') throw new Error('not priced');
    const { total_cost, total_energy_cost, lines } = pricing;
    return { total_cost, total_energy_cost, why: lines.at(-1)?.why };
  };
  expect(cost({})).toMatchObject({ total_cost: { excl_vat: '1.015', incl_vat: '1.218' } });
  const half = { decimals: 2, mode: 'half_up' } as const;
  expect(cost({ rounding: half })).toEqual({
    total_cost: {
      excl_vat: '1.02',
      incl_vat: '1.22',
      taxes: [{ name: 'VAT', percentage: 20, amount: '0.2' }],
    },
    total_energy_cost: expect.objectContaining({ excl_vat: '1.02' }),
    why: 'the total is rounded half up to 2 decimals',
  });
  const even = { decimals: 0, mode: 'half_even' } as const;
  expect(cost({ rounding: even })).toMatchObject({ total_cost: { excl_vat: '1', incl_vat: '1' } });
});

test('a running session tells power, current and state of charge of its newest period, a finished one does not (D2-047)', () => {
  const location = {
    country_code: 'NL',
    party_id: 'CPO',
    id: 'L',
    time_zone: ZONE,
    evses: [{ uid: 'E', connectors: [{ id: '1' }] }],
  } as unknown as Location;
  const owner = { country_code: 'NL', party_id: 'CPO' };
  const subject = (terms: SessionTerms) => ({
    id: 's',
    owner,
    location,
    currency: 'EUR',
    tariff: tariff(),
    terms,
  });
  const events = [
    metered(10, 1_000, { watt: 6_000, ampere: 26, soc: 40, out: 0 }),
    metered(20, 2_000, { watt: 7_000, ampere: 30, soc: 44, out: 120 }),
    event(20, { chargingState: 'SuspendedEV' }),
    metered(25, 2_000, { watt: 0, ampere: 0, soc: 44 }),
  ];
  const live = { liveDimensions: true } as const;
  const periodsOf = (transaction: Transaction, status: 'ACTIVE' | 'COMPLETED', terms: SessionTerms) =>
    projectSession(transaction, subject(terms), status, START).session.charging_periods.map(
      ({ dimensions }) => dimensions.map(({ type, volume }) => `${type} ${volume}`),
    );
  expect(periodsOf(charged(...events), 'ACTIVE', live)).toEqual([
    [
      'ENERGY 2',
      'TIME 0.3333',
      'POWER 6.5',
      'CURRENT 28',
      'STATE_OF_CHARGE 44',
      'ENERGY_IMPORT 2',
      'ENERGY_EXPORT 0.12',
    ],
  ]);
  expect(periodsOf(charged(...events), 'ACTIVE', {})).toEqual([['ENERGY 2', 'TIME 0.3333']]);
  expect(periodsOf(ended(...events), 'COMPLETED', live)).toEqual([
    ['ENERGY 2', 'TIME 0.3333'],
    ['PARKING_TIME 0.0834'],
  ]);
});

test('both directions are told of a running session whose meter tells net energy only (D2-039)', () => {
  const samples = [5_000, 5_600, 5_400, 5_500].map((netWh, index) => ({
    at: START + index * 10 * MINUTE,
    context: 'Sample.Periodic',
    netWh,
    anomalies: [],
  }));
  const period = { from: START + 10 * MINUTE, to: START + 30 * MINUTE, energyWh: 100 };
  expect(liveDimensions(samples, period)).toEqual([
    { type: 'ENERGY_IMPORT', volume: '0.1' },
    { type: 'ENERGY_EXPORT', volume: '0.2' },
  ]);
  expect(liveDimensions([{ ...samples[0], registerWh: 1 } as MeterSample, ...samples], period)).toEqual([]);
});
