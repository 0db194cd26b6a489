import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type EventContext,
  foldEvent,
  newTransaction,
  sessionFacts,
  type Tariff,
  type Transaction,
  type TransactionEvent,
  toChargingPeriods,
} from '../src/index.js';

const START = Date.UTC(2026, 2, 1, 10);
const SECOND = 1_000;
const GRANT: EventContext = {
  grant: {
    partnerId: 'p1',
    cdrToken: { country_code: 'DE', party_id: 'MSP', uid: 'A', type: 'RFID', contract_id: 'C' },
    authMethod: 'WHITELIST',
  },
};
const TARIFF: Tariff = {
  country_code: 'NL',
  party_id: 'CPO',
  id: 'T1',
  currency: 'EUR',
  elements: [
    {
      price_components: [
        { type: 'ENERGY', price: 0.3, step_size: 1 },
        { type: 'PARKING_TIME', price: 3, step_size: 1 },
      ],
    },
  ],
  tax_included: 'N/A',
  last_updated: '2026-01-01T00:00:00Z',
} as never;
const STATES = ['EVConnected', 'Charging', 'SuspendedEV', 'SuspendedEVSE', undefined] as const;

interface Told {
  event: TransactionEvent;
  context: EventContext;
}

/** What happens between two events: seconds, energy in deci-Wh (or a fault of the register), a state. */
const step = fc.record({
  seconds: fc.integer({ min: 1, max: 3_000 }),
  deciWh: fc.integer({ min: 0, max: 50_000 }),
  fault: fc.constantFrom('none', 'none', 'none', 'none', 'zero', 'missing'),
  state: fc.constantFrom(...STATES),
});

const story = fc
  .record({
    steps: fc.array(step, { minLength: 1, maxLength: 12 }),
    startDeciWh: fc.integer({ min: 0, max: 10_000_000 }),
    authorizedWith: fc.nat({ max: 12 }),
    begin: fc.boolean(),
  })
  .map(({ steps, startDeciWh, authorizedWith, begin }): Told[] => {
    let at = START;
    let deciWh = startDeciWh;
    const last = steps.length;
    const granted = Math.min(authorizedWith, last - 1);
    const values = (value: number, context: string) => [{ at, sampledValues: [{ value, context }] }];
    const told: Told[] = [
      {
        event: event(0, 'Started', at, {
          chargingState: 'EVConnected',
          meterValues: begin ? values(deciWh / 10, 'Transaction.Begin') : [],
        }),
        context: granted === 0 ? GRANT : {},
      },
    ];
    steps.forEach((each, index) => {
      at += each.seconds * SECOND;
      deciWh += each.deciWh;
      const ends = index === last - 1;
      const value = each.fault === 'zero' ? 0 : deciWh / 10;
      const context = ends ? 'Transaction.End' : 'Sample.Periodic';
      told.push({
        event: event(index + 1, ends ? 'Ended' : 'Updated', at, {
          ...(each.state === undefined || ends ? {} : { chargingState: each.state }),
          meterValues: each.fault === 'missing' ? [] : values(value, context),
        }),
        context: index + 1 === granted ? GRANT : {},
      });
    });
    return told;
  });

function event(
  seqNo: number,
  eventType: TransactionEvent['eventType'],
  at: number,
  more: Partial<TransactionEvent>,
): TransactionEvent {
  return {
    eventType,
    ocppTransactionId: 'T-1',
    seqNo,
    at,
    receivedAt: at,
    offline: false,
    meterValues: [],
    ...more,
  };
}

function fold(told: readonly Told[]): Transaction {
  const [first] = told;
  let transaction = newTransaction({ id: 't', stationId: 'CS', ocppTransactionId: 'T-1' }, first!.event);
  for (const { event: each, context } of told) transaction = foldEvent(transaction, each, context);
  return transaction;
}

const factsOf = (transaction: Transaction) =>
  transaction.activeAt === undefined
    ? undefined
    : sessionFacts(transaction, transaction.activeAt, TARIFF, 'Europe/Amsterdam');

/** All of a transaction that a session and a CDR are made of. */
function result(transaction: Transaction) {
  const { events: _, lastEventAt: __, heardAt: ___, seqRanges: ____, ...rest } = transaction;
  return { ...rest, facts: factsOf(transaction) };
}

/** The story with its events in an order of the test's choice. */
const shuffled = story.chain((told) =>
  fc
    .shuffledSubarray(told, { minLength: told.length, maxLength: told.length })
    .map((order) => ({ told, order })),
);

// The same sessions everywhere; another seed plays others.
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20_261_121) });

describe('a session is made of facts, not of messages', () => {
  test('whatever the order in which its events arrive (D2-071, G20)', () => {
    fc.assert(
      fc.property(shuffled, ({ told, order }) => {
        expect(result(fold(order))).toEqual(result(fold(told)));
      }),
      { numRuns: 400 },
    );
  });

  test('however often a report comes again: the bill stays the same (D2-053, D2-058)', () => {
    const repeated = story.chain((told) =>
      fc.array(fc.nat({ max: told.length - 1 }), { maxLength: 6 }).map((indexes) => ({
        told,
        // What the identity of an event does not catch must do no harm either.
        again: [...told, ...indexes.flatMap((index) => told[index] ?? [])],
      })),
    );
    fc.assert(
      fc.property(repeated, ({ told, again }) => {
        const [once, more] = [factsOf(fold(told)), factsOf(fold(again))];
        expect(more?.energyWh).toBe(once?.energyWh);
        expect(more?.periods).toEqual(once?.periods);
        expect(more?.pricing).toEqual(once?.pricing);
      }),
      { numRuns: 200 },
    );
  });
});

describe('what is billed adds up (D2-048)', () => {
  test('the energy of the ledger is the sum of the periods, to the Wh, and the times are those of the session', () => {
    fc.assert(
      fc.property(story, (told) => {
        const facts = factsOf(fold(told));
        if (!facts) return;
        const milliWh = facts.periods.reduce((sum, { energyWh }) => sum + Math.round(energyWh * 1000), 0);
        expect(milliWh).toBe(Math.round(facts.energyWh * 1000));
        expect(facts.energyWh).toBeGreaterThanOrEqual(0);
        expect(facts.periods.length).toBeGreaterThan(0);
        expect(facts.periods[0]?.from).toBe(facts.from);
        expect(facts.periods.at(-1)?.to).toBe(Math.max(facts.from, facts.to));
        facts.periods.forEach((period, index) => {
          if (index > 0) expect(period.from).toBe(facts.periods[index - 1]?.to);
          expect(period.energyWh).toBeGreaterThanOrEqual(0);
        });
      }),
      { numRuns: 400 },
    );
  });

  test('what the partner sees adds up too: periods to kWh and hours of the CDR', () => {
    const decimals = (text: string) => Math.round(Number(text) * 10_000);
    fc.assert(
      fc.property(story, (told) => {
        const facts = factsOf(fold(told));
        if (!facts) return;
        const dimensions = toChargingPeriods(facts.periods).flatMap((period) => period.dimensions);
        const sum = (...types: string[]) =>
          dimensions
            .filter(({ type }) => types.includes(type))
            .reduce((total, { volume }) => total + decimals(volume), 0);
        expect(Math.abs(sum('ENERGY') - facts.energyWh * 10)).toBeLessThanOrEqual(0.5);
        const hours = (facts.to - facts.from) / 3_600_000;
        expect(Math.abs(sum('TIME', 'PARKING_TIME') - hours * 10_000)).toBeLessThanOrEqual(0.5);
      }),
      { numRuns: 400 },
    );
  });
});
