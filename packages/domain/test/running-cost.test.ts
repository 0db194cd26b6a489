import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  foldEvent,
  isPriced,
  type Location,
  newTransaction,
  projectSession,
  type SessionSubject,
  sessionFacts,
  settleCdr,
  type Tariff,
  type Transaction,
  type TransactionEvent,
} from '../src/index.js';
import { arbitraryShape, arbitraryTariff } from './support/arbitrary-session.js';

const RUNS = 400;
const STATES = ['Charging', 'SuspendedEV', 'SuspendedEVSE', 'Idle'] as const;

interface Report {
  afterSeconds: number;
  wh: number;
  watt: number;
  ampere: number;
  state?: (typeof STATES)[number];
}

interface Visit {
  tariff: Tariff;
  zone: string;
  start: number;
  reservedSeconds: number;
  reports: Report[];
}

const visit: fc.Arbitrary<Visit> = arbitraryShape.chain(({ tick, start, zone, offsetMinutes }) =>
  fc.record({
    tariff: arbitraryTariff({ tick, start, zone, offsetMinutes }),
    zone: fc.constant(zone),
    start: fc.constant(start),
    reservedSeconds: fc.constantFrom(0, 0, 700),
    reports: fc.array(
      fc.record(
        {
          afterSeconds: fc.integer({ min: 1, max: tick * 9 + 120 }),
          wh: fc.integer({ min: 0, max: 9000 }),
          watt: fc.integer({ min: 0, max: 50_000 }),
          ampere: fc.integer({ min: 0, max: 80 }),
          state: fc.constantFrom(...STATES),
        },
        { requiredKeys: ['afterSeconds', 'wh', 'watt', 'ampere'] },
      ),
      { minLength: 1, maxLength: 8 },
    ),
  }),
);

/** The transaction after each of its events. */
function prefixes({ start, reservedSeconds, reports }: Visit): Transaction[] {
  const event = (at: number, changes: Partial<TransactionEvent>): TransactionEvent => ({
    eventType: 'Updated',
    ocppTransactionId: 'T-1',
    at,
    receivedAt: at,
    offline: false,
    meterValues: [],
    ...changes,
  });
  let at = start * 1000;
  let registerWh = 1000;
  const first = event(at, { eventType: 'Started', meterStartWh: registerWh, chargingState: 'Charging' });
  const begun = foldEvent(
    newTransaction({ id: 't', stationId: 'CS', ocppTransactionId: 'T-1' }, first),
    first,
    {
      grant: {
        partnerId: 'p1',
        cdrToken: { country_code: 'DE', party_id: 'MSP', uid: 'A', type: 'RFID', contract_id: 'C' },
        authMethod: 'WHITELIST',
      },
    },
  );
  if (reservedSeconds > 0) begun.reservation = { from: at - reservedSeconds * 1000 };
  const all = [begun];
  for (const { afterSeconds, wh, watt, ampere, state } of reports) {
    at += afterSeconds * 1000;
    registerWh += wh;
    const sampledValues = [
      { value: registerWh },
      { value: watt, measurand: 'Power.Active.Import' },
      { value: ampere, measurand: 'Current.Import' },
    ];
    const told = event(at, { meterValues: [{ at, sampledValues }], ...(state && { chargingState: state }) });
    all.push(foldEvent(all.at(-1) ?? begun, told));
  }
  return all;
}

const location = (zone: string): Location => ({
  country_code: 'NL',
  party_id: 'CPO',
  id: 'L1',
  publish: true,
  address: 'Kade 1',
  city: 'Utrecht',
  country: 'NLD',
  coordinates: { latitude: '52.00000', longitude: '5.00000' },
  time_zone: zone,
  evses: [
    {
      uid: 'E1',
      status: 'CHARGING',
      connectors: [
        {
          id: '1',
          standard: 'IEC_62196_T2',
          format: 'SOCKET',
          power_type: 'AC_3_PHASE',
          max_voltage: 230,
          max_amperage: 32,
          last_updated: '2026-01-01T00:00:00Z',
        },
      ],
      last_updated: '2026-01-01T00:00:00Z',
    },
  ],
  last_updated: '2026-01-01T00:00:00Z',
});

describe('the cost of a running session', () => {
  // The same sessions everywhere; another seed plays others.
  const seed = Number(process.env.FAST_CHECK_SEED ?? 20_261_121);

  test(`is that of the CDR if it ended now, after every event (SE-13, D3-003); FAST_CHECK_SEED=${seed}`, () => {
    let priced = 0;
    const agree = (each: Visit): void => {
      const { tariff, zone } = each;
      const subject: SessionSubject = {
        id: 's1',
        owner: { country_code: 'NL', party_id: 'CPO' },
        location: location(zone),
        tariff,
        currency: 'EUR',
      };
      for (const running of prefixes(each)) {
        const { session } = projectSession(running, subject, 'ACTIVE', 0);
        const facts = sessionFacts(running, running.activeAt ?? 0, tariff, zone);
        const ended: Transaction = { ...running, endedAt: facts.to, stoppedReason: 'Local' };
        const completed = projectSession(ended, subject, 'COMPLETED', 0);
        if (!completed.facts) throw new Error('the session is active');
        expect(completed.facts.pricing).toEqual(facts.pricing);
        const { cdr } = settleCdr('c1', ended, subject, completed.session, completed.facts, 0);
        if (!isPriced(cdr) || facts.pricing?.kind !== 'priced') continue;
        priced += 1;
        const free = cdr.total_cost.excl_vat === '0' && cdr.total_energy === '0';
        expect(session.total_cost).toEqual(free ? undefined : cdr.total_cost);
        // Every line names periods of the CDR that it lies in.
        for (const { kind, periods, from, to } of facts.pricing.lines) {
          if (kind !== 'usage' && kind !== 'step_size') continue;
          const starts = periods.map((index) => cdr.charging_periods[index]?.start_date_time ?? '');
          expect(starts.length).toBeGreaterThan(0);
          if (kind === 'usage') expect(starts[0]).toBe(from);
          expect(starts.every((at) => at >= from && at <= to)).toBe(true);
        }
      }
    };
    const { failed, counterexample, errorInstance } = fc.check(fc.property(visit, agree), {
      numRuns: RUNS,
      seed,
      endOnFailure: true,
    });
    if (failed) throw new Error(`${errorInstance}\n${JSON.stringify(counterexample)}`);
    expect(priced).toBeGreaterThan(RUNS);
  });
});
