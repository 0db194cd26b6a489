import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { TARIFF } from './support/golden-fixture.js';
import { closeGoldenDatabase } from './support/golden-gateway.js';
import { World } from './support/golden-world.js';
import { timeOf } from './support/vector.js';

interface Reading {
  at: string;
  wh: number;
  source: string;
  frame_id: string;
}
interface Register {
  at: string;
  wh: number;
  readings: Reading[];
}
interface Line {
  dimension: string;
  element?: number;
  tariff_member: string;
  volume: number;
  billed_volume: number;
  price?: number;
  amount_excl_vat: number;
  periods: number[];
  begin: Register;
  end: Register;
  states: { state: string; frame_id: string }[];
}
interface Frame {
  id: string;
  at: string;
  message_id: string;
  action: string;
  raw: string;
}
interface Explanation {
  cdr_id: string;
  transaction_id: string;
  total_cost: { excl_vat: number };
  adds_up: boolean;
  lines: Line[];
  charging_periods: { start_date_time: string }[];
  snapshot: { tariffs: { elements: unknown[] }[]; location: { time_zone: string } };
  frames: Frame[];
}

/** 0.30 up to 2 kWh and 0.40 from there, parking by the hour, at least 5 EUR. */
const TWO_ELEMENTS = {
  ...TARIFF,
  min_price: { before_taxes: 5, after_taxes: 6 },
  elements: [
    {
      price_components: [
        { type: 'ENERGY', price: 0.3, vat: 20, step_size: 1 },
        { type: 'PARKING_TIME', price: 3, vat: 20, step_size: 1 },
      ],
      restrictions: { max_kwh: 2 },
    },
    {
      price_components: [
        { type: 'ENERGY', price: 0.4, vat: 20, step_size: 1 },
        { type: 'PARKING_TIME', price: 3, vat: 20, step_size: 1 },
      ],
    },
  ],
};

let world: World;
let api: { get(path: string): Promise<Record<string, unknown>> };

beforeEach(async () => {
  world = await World.start({ id: 'explain', title: '', forms: {} }, { form: '1.6', version: '2.2.1' });
  const { operator } = world.golden;
  await operator.put('/tariffs/NL/CPO/T1', TWO_ELEMENTS);
  api = operator as never;
});
afterEach(() => world.stop());
afterAll(closeGoldenDatabase);

async function at(clock: string, action: string, payload: object): Promise<Record<string, unknown>> {
  await world.moveTo(timeOf(clock));
  const answer = await world.charger.call(action, payload);
  await world.settle();
  return answer[2] as Record<string, unknown>;
}

const time = (clock: string) => `2026-03-01T${clock}Z`;

/** Charges 5 kWh from 10:00 to 10:30 and parks until 11:00; the value of 10:10 comes after that of 10:20. */
async function charge(): Promise<void> {
  const { transactionId } = await at('10:00:00', 'StartTransaction', {
    connectorId: 1,
    idTag: '04A1B2C3D4E5F6',
    meterStart: 100_000,
    timestamp: time('10:00:00'),
  });
  const meter = (heard: string, taken: string, value: number) =>
    at(heard, 'MeterValues', {
      connectorId: 1,
      transactionId,
      meterValue: [{ timestamp: time(taken), sampledValue: [{ value: String(value) }] }],
    });
  await meter('10:20:00', '10:20:00', 104_000);
  await meter('10:21:00', '10:10:00', 101_500);
  await meter('10:30:00', '10:30:00', 105_000);
  await at('10:30:00', 'StatusNotification', {
    connectorId: 1,
    errorCode: 'NoError',
    status: 'SuspendedEV',
    timestamp: time('10:30:00'),
  });
  await at('11:00:00', 'StopTransaction', {
    transactionId,
    meterStop: 105_000,
    timestamp: time('11:00:00'),
    reason: 'Local',
  });
  await world.moveTo(timeOf('11:02:00'));
}

async function explained(): Promise<Explanation> {
  const { items } = (await api.get('/cdrs')) as { items: { id: string }[] };
  return (await api.get(`/cdrs/${items[0]!.id}/explain`)) as never;
}

describe('the explanation of a CDR', () => {
  test('names for every cent the tariff element, the period, two meter readings and their frames', async () => {
    await charge();
    const { lines, frames, total_cost, adds_up, charging_periods, snapshot } = await explained();
    expect(total_cost.excl_vat).toBe(5);
    expect(adds_up).toBe(true);
    const cents = (amount: number) => Math.round(amount * 10_000);
    expect(lines.reduce((sum, line) => sum + cents(line.amount_excl_vat), 0)).toBe(cents(5));

    const frameById = new Map(frames.map((frame) => [frame.id, frame]));
    for (const line of lines) {
      // The tariff element, or the limit.
      const member = line.tariff_member
        .split('/')
        .reduce((part: never, name) => part[name], snapshot.tariffs[0] as never) as {
        type?: string;
        price?: number;
      };
      if (line.element === undefined) expect(line.tariff_member).toBe('min_price');
      else expect([member.type, member.price]).toEqual([line.dimension, line.price]);
      // The periods.
      if (line.element !== undefined) expect(line.periods.length).toBeGreaterThan(0);
      for (const period of line.periods) expect(charging_periods[period]).toBeDefined();
      // The readings at both ends, each in the frame that it came in.
      for (const { readings } of [line.begin, line.end]) {
        expect(readings.length).toBeGreaterThan(0);
        for (const { wh, frame_id } of readings) expect(frameById.get(frame_id)!.raw).toContain(String(wh));
      }
      // The volume is what lies between the two registers.
      if (line.dimension === 'ENERGY' && line.volume > 0) {
        expect(line.end.wh - line.begin.wh).toBeCloseTo(line.volume * 1000, 6);
      }
      if (line.price !== undefined) {
        expect(cents(line.amount_excl_vat)).toBe(Math.round(line.billed_volume * line.price * 10_000));
      }
    }
    expect(
      lines.map(({ dimension, element, amount_excl_vat }) => [dimension, element, amount_excl_vat]),
    ).toEqual(
      expect.arrayContaining([
        ['ENERGY', 0, 0.6],
        ['ENERGY', 1, 1.2],
        ['PARKING_TIME', 1, 1.5],
        ['MIN_PRICE', undefined, 1.7],
      ]),
    );
  });

  test('an end between two readings names both, also the one that came late', async () => {
    await charge();
    const { lines, frames } = await explained();
    const { end } = lines.find(({ dimension, element }) => dimension === 'ENERGY' && element === 0)!;
    expect(end.at).toBe('2026-03-01T10:12:00.000Z');
    expect(end.wh).toBe(102_000);
    expect(end.readings.map(({ at, wh }) => [at, wh])).toEqual([
      ['2026-03-01T10:10:00.000Z', 101_500],
      ['2026-03-01T10:20:00.000Z', 104_000],
    ]);
    const heard = end.readings.map(({ frame_id }) => frames.find(({ id }) => id === frame_id)!.at);
    expect(heard).toEqual(['2026-03-01T10:21:00.000Z', '2026-03-01T10:20:00.000Z']);
    const parking = lines.find(({ dimension }) => dimension === 'PARKING_TIME')!;
    const told = parking.states.map(({ state, frame_id }) => [
      state,
      frames.find(({ id }) => id === frame_id)!.action,
    ]);
    expect(told).toEqual([['SuspendedEV', 'StatusNotification']]);
  });

  test('a credit is explained by the CDR that it takes back; frames that are gone are left out', async () => {
    await charge();
    const { cdr_id } = await explained();
    const { operator } = world.golden;
    await operator.post(`/cdrs/${cdr_id}/credit`, { reason: 'a test' });
    expect(await api.get(`/cdrs/${cdr_id}-C/explain`)).toMatchObject({
      cdr_id,
      credit_id: `${cdr_id}-C`,
      adds_up: true,
    });
  });

  test('one timeline has the frames, the decision, the documents and what the partner was told', async () => {
    await charge();
    const { transaction_id, cdr_id } = await explained();
    const trace = (await api.get(`/trace/${transaction_id}`)) as {
      transaction: { id: string };
      entries: ({ at: string; kind: string } & Record<string, Record<string, unknown>>)[];
    };
    expect(trace.transaction.id).toBe(transaction_id);
    const kinds = trace.entries.map(({ kind }) => kind);
    for (const kind of ['frame', 'decision', 'session', 'cdr', 'delivery']) expect(kinds).toContain(kind);
    expect(trace.entries.map(({ at: moment }) => moment)).toEqual(
      trace.entries.map(({ at: moment }) => moment).sort(),
    );
    const frames = trace.entries.filter(({ kind }) => kind === 'frame');
    expect(frames.map(({ frame }) => `${frame!.direction} ${frame!.action}`)).toEqual([
      'in StartTransaction',
      'out StartTransaction',
      ...['MeterValues', 'MeterValues', 'MeterValues', 'StatusNotification', 'StopTransaction'].flatMap(
        (action) => [`in ${action}`, `out ${action}`],
      ),
    ]);
    expect(trace.entries.find(({ kind }) => kind === 'decision')!.decision).toMatchObject({
      event: 'Started',
      auth_method: 'WHITELIST',
    });
    const told = trace.entries.filter(({ kind }) => kind === 'delivery');
    expect(told.map(({ delivery }) => [delivery!.kind, delivery!.state])).toEqual([
      ['session', 'acknowledged'],
      ['cdr', 'acknowledged'],
    ]);
    // Session and CDR lead to the same timeline.
    const byCdr = (await api.get(`/trace/${cdr_id}`)) as typeof trace;
    expect(byCdr.entries.length).toBe(trace.entries.length);
    await expect(api.get('/trace/nobody')).rejects.toThrow('404');
  });
});
