import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startApi, type TestApi } from './support/api.js';
import { tariff, token } from './support/static-data.js';

let api: TestApi;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

describe('what if', () => {
  test('a tariff is checked as when it is entered, and nothing is stored', async () => {
    const span = { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00+01:00' };
    const { status, body } = await api.call('POST', '/tariffs/what-if?limit=7', { tariff, ...span });
    expect([status, body]).toEqual([200, { items: [], next_cursor: null }]);
    expect(api.edge.state.whatIfs).toMatchObject([
      {
        limit: 7,
        tariff: { id: 'T1', tax_included: 'NO' },
        from: Date.parse(span.from),
        to: Date.parse(span.to),
      },
    ]);
    expect(api.edge.state.tariffs.size).toBe(0);
    const broken = { tariff: { ...tariff, currency: 'EURO' }, ...span };
    expect((await api.call('POST', '/tariffs/what-if', broken)).body.errors).toMatchObject([
      { pointer: '/tariff/currency' },
    ]);
  });
});

describe('tariffs', () => {
  test('a tariff is created, replaced, listed, read and removed', async () => {
    const path = '/tariffs/DE/RBG/T1';
    expect((await api.call('PUT', path, tariff)).status).toBe(201);
    expect((await api.call('PUT', path, tariff)).status).toBe(200);
    expect((await api.call('GET', '/tariffs')).body.items).toMatchObject([tariff]);
    expect((await api.call('GET', path)).body).toMatchObject(tariff);
    expect((await api.call('DELETE', path)).status).toBe(204);
    expect((await api.call('GET', path)).status).toBe(404);
    expect((await api.call('DELETE', path)).status).toBe(404);
  });

  test('the 2.2.1 spelling of price limits is converted (TA-63, TA-64)', async () => {
    const { body } = await api.call('PUT', '/tariffs/DE/RBG/T1', {
      ...tariff,
      min_price: { excl_vat: 1, incl_vat: 1.19 },
      max_price: { before_taxes: 50 },
    });
    expect(body).toMatchObject({
      min_price: { before_taxes: 1, after_taxes: 1.19 },
      max_price: { before_taxes: 50 },
    });
    expect(body.min_price).not.toHaveProperty('excl_vat');
  });

  test.each([
    ['NO', 'a vat is given', { elements: tariff.elements }],
    [
      'N/A',
      'no vat is given',
      { elements: [{ price_components: [{ type: 'FLAT', price: 1, step_size: 1 }] }] },
    ],
    ['YES', 'it says so', { tax_included: 'YES' }],
  ])('tax_included is %s when %s (TA-61, TA-62)', async (expected, _when, change) => {
    expect((await api.call('PUT', '/tariffs/DE/RBG/T1', { ...tariff, ...change })).body.tax_included).toBe(
      expected,
    );
  });

  const component = { type: 'ENERGY', price: 0.3, step_size: 1 };
  test.each([
    ['/currency', { currency: 'Euro' }],
    ['/elements', { elements: [] }],
    ['/elements/0/price_components', { elements: [{ price_components: [] }] }],
    [
      '/elements/0/price_components/0/price',
      { elements: [{ price_components: [{ ...component, price: '0.3' }] }] },
    ],
    [
      '/elements/0/price_components/0/type',
      { elements: [{ price_components: [{ ...component, type: 'KWH' }] }] },
    ],
    [
      '/elements/0/price_components/0/type',
      { elements: [{ price_components: [component], restrictions: { reservation: 'RESERVATION' } }] },
    ],
    [
      '/elements/0/restrictions/start_time',
      { elements: [{ price_components: [component], restrictions: { start_time: '8:00' } }] },
    ],
    // OCPI TY-08
    [
      '/elements/0/price_components/0/price',
      { elements: [{ price_components: [{ ...component, price: 0.12345 }] }] },
    ],
    ['/min_price', { min_price: 1 }],
    ['/end_date_time', { start_date_time: '2026-02-01T00:00:00Z', end_date_time: '2026-01-01T00:00:00Z' }],
    ['/id', { id: 'T2' }],
  ])('a tariff with a fault at %s is refused: %j', async (pointer, change) => {
    const { status, body } = await api.call('PUT', '/tariffs/DE/RBG/T1', { ...tariff, ...change });
    expect(status).toBe(422);
    expect(body.errors).toContainEqual({ pointer, detail: expect.any(String) });
  });
});

describe('tokens', () => {
  test('a token is stored for the partner that owns its party, listed and read', async () => {
    const path = '/tokens/NL/MSP/04AABBCC';
    expect((await api.call('PUT', path, token)).status).toBe(201);
    expect((await api.call('PUT', path, { ...token, valid: false })).status).toBe(200);
    expect((await api.call('GET', path)).body).toMatchObject({ ...token, valid: false });
    expect((await api.call('GET', '/tokens')).body.items).toHaveLength(1);
    expect((await api.call('GET', '/tokens/NL/MSP/OTHER')).status).toBe(404);
  });

  test('a token of a party that no partner owns is refused by core with its pointer', async () => {
    const { status, body } = await api.call('PUT', '/tokens/NL/XXX/04AABBCC', { ...token, party_id: 'XXX' });
    expect(status).toBe(422);
    expect(body.errors).toEqual([{ pointer: '/party_id', detail: 'no partner owns this party' }]);
  });

  test.each([
    ['/whitelist', { whitelist: 'SOMETIMES' }],
    ['/valid', { valid: 'true' }],
    ['/uid', { uid: 'OTHER' }],
    ['/issuer', { issuer: undefined }],
  ])('a token with a fault at %s is refused', async (pointer, change) => {
    const { status, body } = await api.call('PUT', '/tokens/NL/MSP/04AABBCC', { ...token, ...change });
    expect(status).toBe(422);
    expect(body.errors).toContainEqual({ pointer, detail: expect.any(String) });
  });
});

test("the operator's own cards are stored, listed, read and forgotten (no partner is named)", async () => {
  const path = '/local-tokens/04DDEEFF';
  const card = { type: 'RFID', group_id: 'STAFF', expires_at: '2027-01-01T00:00:00Z' };
  expect(await api.call('PUT', path, card)).toMatchObject({
    status: 201,
    body: { uid: '04DDEEFF', ...card },
  });
  expect((await api.call('PUT', path, { type: 'RFID', blocked: true })).status).toBe(200);
  expect((await api.call('GET', path)).body).toEqual({ uid: '04DDEEFF', type: 'RFID', blocked: true });
  expect((await api.call('GET', '/local-tokens')).body.items).toHaveLength(1);
  expect((await api.call('PUT', path, { type: 'CARD' })).body.errors[0].pointer).toBe('/type');
  expect((await api.call('DELETE', path)).status).toBe(204);
  expect((await api.call('DELETE', path)).status).toBe(404);
  expect((await api.call('GET', path)).status).toBe(404);
});
