import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Answer, startApi, type TestApi } from './support/api.js';
import { tariff } from './support/static-data.js';

let api: TestApi;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

const energy = { type: 'ENERGY', price: 0.25, vat: 10, step_size: 100 };
const flat = { type: 'FLAT', price: 0.5, vat: 20, step_size: 1 };
const parking = { type: 'PARKING_TIME', price: 2, vat: 20, step_size: 900 };
const elements = [{ price_components: [flat, energy, parking] }];
const charging_periods = [
  {
    start_date_time: '2026-03-02T10:00:00Z',
    dimensions: [
      { type: 'ENERGY', volume: 20.45 },
      { type: 'TIME', volume: 2 },
    ],
  },
  {
    start_date_time: '2026-03-02T12:00:00Z',
    dimensions: [{ type: 'PARKING_TIME', volume: 0.6667 }],
  },
];
const request = {
  tariff: { ...tariff, elements },
  time_zone: 'Europe/Berlin',
  session: {
    start_date_time: '2026-03-02T10:00:00Z',
    end_date_time: '2026-03-02T12:40:00Z',
    charging_periods,
  },
};

const price = (body: unknown) => api.call('POST', '/tariffs/price', body, 'viewer-token');

describe('POST /tariffs/price', () => {
  test('a session by charging periods is priced with a line for every step (CD-41, TA-43)', async () => {
    const { status, body } = await price(request);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      currency: 'EUR',
      total_cost: { excl_vat: 7.125, incl_vat: 8.0375 },
      total_fixed_cost: { excl_vat: 0.5, incl_vat: 0.6 },
      total_energy_cost: { excl_vat: 5.125, incl_vat: 5.6375 },
      total_parking_cost: { excl_vat: 1.5, incl_vat: 1.8 },
      taxes: [
        { name: 'VAT', percentage: 10, amount: 0.5125 },
        { name: 'VAT', percentage: 20, amount: 0.4 },
      ],
      charging_periods: [
        {
          start_date_time: '2026-03-02T10:00:00Z',
          dimensions: [
            { type: 'ENERGY', volume: 20.45 },
            { type: 'TIME', volume: 2 },
          ],
        },
        { start_date_time: '2026-03-02T12:00:00Z', dimensions: [{ type: 'PARKING_TIME', volume: 0.6667 }] },
      ],
    });
    expect(body.lines).toEqual([
      {
        kind: 'usage',
        dimension: 'FLAT',
        element: 0,
        component: 0,
        from: '2026-03-02T10:00:00Z',
        to: '2026-03-02T12:00:00Z',
        volume: 1,
        billed_volume: 1,
        price: 0.5,
        amount_excl_vat: 0.5,
        vat: 20,
        periods: [0],
        why: expect.any(String),
      },
      expect.objectContaining({ dimension: 'ENERGY', volume: 20.45, amount_excl_vat: 5.1125, periods: [0] }),
      expect.objectContaining({ dimension: 'PARKING_TIME', amount_excl_vat: 1.33333333, periods: [1] }),
      expect.objectContaining({ kind: 'step_size', dimension: 'ENERGY', billed_volume: 0.05, periods: [0] }),
      expect.objectContaining({ kind: 'step_size', dimension: 'PARKING_TIME', periods: [1] }),
    ]);
    const sum = body.lines.reduce(
      (total: number, line: { amount_excl_vat: number }) => total + Math.round(line.amount_excl_vat * 1e8),
      0,
    );
    expect(sum).toBe(7.125 * 1e8);
    expect((await api.call('GET', '/tariffs')).body.items).toEqual([]);
    expect((await api.call('GET', '/sessions')).body.items).toEqual([]);
  });

  test('a session by samples is split at the meter reading, not evenly (D2-046)', async () => {
    const night = { price_components: [energy], restrictions: { start_time: '12:00' } };
    const { status, body } = await price({
      ...request,
      tariff: { ...tariff, elements: [night, { price_components: [{ ...energy, price: 0.5 }] }] },
      session: {
        start_date_time: '2026-03-02T10:00:00Z',
        end_date_time: '2026-03-02T12:00:00Z',
        samples: [
          { date_time: '2026-03-02T10:00:00Z', kwh: 1000 },
          { date_time: '2026-03-02T11:00:00Z', kwh: 1009 },
          { date_time: '2026-03-02T11:30:00Z', kwh: 1010, parking: true },
          { date_time: '2026-03-02T12:00:00Z', kwh: 1010 },
        ],
      },
    });
    expect(status).toBe(200);
    // 12:00 in Berlin is 11:00 UTC
    expect(body.total_cost.excl_vat).toBe(4.75);
    expect(
      body.charging_periods.map((period: { start_date_time: string }) => period.start_date_time),
    ).toEqual(['2026-03-02T10:00:00Z', '2026-03-02T11:00:00Z', '2026-03-02T11:30:00Z']);
  });

  test('momentary power and current come from the periods, or from the samples (TA-27)', async () => {
    const slow = { price_components: [energy], restrictions: { max_power: 11 } };
    const tariffByPower = { ...tariff, elements: [slow, { price_components: [{ ...energy, price: 0.5 }] }] };
    const withPower = (kw: number) => ({
      ...request,
      tariff: tariffByPower,
      session: {
        ...request.session,
        end_date_time: '2026-03-02T12:00:00Z',
        charging_periods: [
          {
            ...charging_periods[0],
            dimensions: [
              { type: 'ENERGY', volume: 20 },
              { type: 'POWER', volume: kw },
            ],
          },
        ],
      },
    });
    expect((await price(withPower(10.9))).body.total_cost.excl_vat).toBe(5);
    expect((await price(withPower(11))).body.total_cost.excl_vat).toBe(10);
    const sampled = await price({
      ...request,
      tariff: tariffByPower,
      session: {
        start_date_time: '2026-03-02T10:00:00Z',
        end_date_time: '2026-03-02T12:00:00Z',
        samples: [
          { date_time: '2026-03-02T10:00:00Z', kwh: 0, power_kw: 10 },
          { date_time: '2026-03-02T11:00:00Z', kwh: 10, power_kw: 20 },
          { date_time: '2026-03-02T12:00:00Z', kwh: 30, power_kw: 20 },
        ],
      },
    });
    expect(sampled.body.total_cost.excl_vat).toBe(12.5);
    // What a CDR tells of it prices the same.
    const { start_date_time } = session;
    const told = await price({
      ...request,
      tariff: tariffByPower,
      session: {
        start_date_time,
        end_date_time: '2026-03-02T12:00:00Z',
        charging_periods: withoutTariff(sampled),
      },
    });
    expect(told.body.lines).toEqual(sampled.body.lines);
  });

  test('a reservation is priced with the session that used it, or alone (TA-31)', async () => {
    const reserved = (type: string, kind: string, amount: number) => ({
      price_components: [{ type, price: amount, step_size: 600 }],
      restrictions: { reservation: kind },
    });
    const body = {
      ...request,
      tariff: {
        ...tariff,
        elements: [
          reserved('FLAT', 'RESERVATION_EXPIRES', 4),
          reserved('TIME', 'RESERVATION', 2),
          { price_components: [{ ...energy, vat: undefined }] },
        ],
      },
    };
    const used = await price({ ...body, reservation: { from: '2026-03-02T09:38:00Z', outcome: 'USED' } });
    expect(used.body).toMatchObject({
      total_cost: { excl_vat: 6.125 },
      total_reservation_cost: { excl_vat: 1 },
      total_energy_cost: { excl_vat: 5.125 },
    });
    expect(used.body.charging_periods[0]).toMatchObject({
      start_date_time: '2026-03-02T09:38:00Z',
      dimensions: [{ type: 'RESERVATION_TIME', volume: 0.3667 }],
    });
    expect(used.body.lines[0]).toMatchObject({ dimension: 'RESERVATION_TIME', periods: [0] });
    expect(used.body.lines[1]).toMatchObject({ dimension: 'ENERGY', periods: [1] });
    const { session: _, ...alone } = body;
    const expired = await price({
      ...alone,
      reservation: { from: '2026-03-02T09:00:00Z', to: '2026-03-02T10:00:00Z', outcome: 'EXPIRED' },
    });
    expect(expired.body).toMatchObject({
      total_cost: { excl_vat: 6 },
      total_reservation_cost: { excl_vat: 6 },
    });
  });

  const { session } = request;
  test.each([
    ['/time_zone', { time_zone: 'Moon/Base' }],
    ['/session', { session: undefined }],
    ['/session', { session: { ...session, samples: [] } }],
    ['/session/end_date_time', { session: { ...session, end_date_time: '2026-03-02T09:00:00Z' } }],
    ['/session/charging_periods/1/dimensions/0/type', periodWith({ type: 'RESERVATION_TIME', volume: 1 })],
    ['/session/charging_periods/1/dimensions/0/volume', periodWith({ type: 'ENERGY', volume: -1 })],
    ['/session/charging_periods/1', periodWith({ type: 'PARKING_TIME', volume: 0.5 })],
    [
      '/session/charging_periods/1',
      periodWith({ type: 'TIME', volume: 0.6667 }, { type: 'PARKING_TIME', volume: 0 }),
    ],
    ['/session/charging_periods', { session: { ...session, start_date_time: '2026-03-02T09:00:00Z' } }],
    [
      '/reservation/outcome',
      { reservation: { from: '2026-03-02T09:00:00Z', to: '2026-03-02T09:30:00Z', outcome: 'EXPIRED' } },
    ],
    [
      '/reservation/to',
      { reservation: { from: '2026-03-02T09:00:00Z', to: '2026-03-02T09:30:00Z', outcome: 'USED' } },
    ],
    ['/tariff/elements/0/price_components/0/step_size', tariffWith({ step_size: 0.5 })],
    ['/tariff/elements/0/price_components/0/vat', tariffWith({ vat: undefined }, { tax_included: 'YES' })],
    ['/tariff/elements/0/restrictions/min_current', tariffWith({}, {}, { min_current: 6 })],
    ['/extra', { extra: 1 }],
  ])('what keeps it from being priced is named: %s', async (pointer, change) => {
    const { status, body } = await price({ ...request, ...change });
    expect(status).toBe(422);
    expect(body).toMatchObject({ type: 'urn:roambridge:problem:invalid-request' });
    expect(body.errors).toContainEqual({ pointer, detail: expect.any(String) });
  });

  test.each([
    ['date_time', { date_time: '2026-03-02T09:59:59Z', kwh: 2 }],
    ['date_time', { date_time: '2026-03-02T10:30:00Z', kwh: 2 }],
    ['kwh', { date_time: '2026-03-02T11:00:00Z', kwh: 0.5 }],
  ])('a sample with a wrong %s is named', async (member, sample) => {
    const samples = [{ date_time: '2026-03-02T10:30:00Z', kwh: 1 }, sample];
    const { charging_periods: _, ...times } = session;
    const { status, body } = await price({ ...request, session: { ...times, samples } });
    expect(status).toBe(422);
    expect(body.errors).toEqual([{ pointer: `/session/samples/1/${member}`, detail: expect.any(String) }]);
  });

  test('it needs a sign-in, and JSON', async () => {
    expect((await api.call('POST', '/tariffs/price', request, null)).status).toBe(401);
    expect((await api.call('POST', '/tariffs/price')).status).toBe(422);
  });
});

function withoutTariff({ body }: Answer) {
  return body.charging_periods.map(({ tariff_id: _, ...period }: { tariff_id: string }) => period);
}

function periodWith(...dimensions: { type: string; volume: number }[]) {
  const [first, second] = charging_periods;
  return { session: { ...request.session, charging_periods: [first, { ...second, dimensions }] } };
}

function tariffWith(component: object, members: object = {}, restrictions?: object) {
  const element = {
    price_components: [{ ...flat, ...component }],
    ...(restrictions && { restrictions }),
  };
  return { tariff: { ...request.tariff, elements: [element], ...members } };
}
