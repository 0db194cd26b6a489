import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { CdrRecord, Delivery } from '@roambridge/core';
import type { Cdr, Session } from '@roambridge/domain';
import { startApi, type TestApi } from './support/api.js';
import { location } from './support/static-data.js';

let api: TestApi;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

const AT = 1_700_000_000_000;
const AT_TEXT = '2023-11-14T22:13:20.000Z';

const cdr_token = { country_code: 'NL', party_id: 'MSP', uid: 'A1', type: 'RFID', contract_id: 'C1' };
const session: Session & { partner_id: string; station_id: string } = {
  country_code: 'DE',
  party_id: 'RBG',
  id: 'S1',
  start_date_time: '2026-01-01T10:00:00Z',
  kwh: '7.125',
  cdr_token,
  auth_method: 'WHITELIST',
  location_id: 'LOC1',
  evse_uid: 'EVSE-1',
  connector_id: '1',
  currency: 'EUR',
  charging_periods: [
    { start_date_time: '2026-01-01T10:00:00Z', dimensions: [{ type: 'ENERGY', volume: '7.125' }] },
  ],
  total_cost: {
    excl_vat: '2.14',
    incl_vat: '2.55',
    taxes: [{ name: 'VAT', percentage: 19, amount: '0.41' }],
  },
  status: 'ACTIVE',
  last_updated: '2026-01-01T10:30:00Z',
  partner_id: 'p-1',
  station_id: 'CP-1',
};

const cdr: Cdr = {
  country_code: 'DE',
  party_id: 'RBG',
  id: 'C1',
  start_date_time: '2026-01-01T10:00:00Z',
  end_date_time: '2026-01-01T11:00:00Z',
  session_id: 'S1',
  cdr_token,
  auth_method: 'WHITELIST',
  cdr_location: {
    id: 'LOC1',
    address: 'Am Kai 1',
    city: 'Hamburg',
    country: 'DEU',
    coordinates: { latitude: '53.54320', longitude: '9.99330' },
    evse_uid: 'EVSE-1',
    evse_id: 'DE*RBG*E1',
    connector_id: '1',
    connector_standard: 'IEC_62196_T2',
    connector_format: 'SOCKET',
    connector_power_type: 'AC_3_PHASE',
  },
  currency: 'EUR',
  tariffs: [],
  charging_periods: session.charging_periods,
  total_cost: { excl_vat: '2.14', incl_vat: '2.55' },
  total_energy: '7.125',
  total_energy_cost: { excl_vat: '2.14' },
  total_time: '0.75',
  total_parking_time: '0.25',
  last_updated: '2026-01-01T11:00:00Z',
};

const delivery: Delivery = {
  id: '7',
  partnerId: 'p-1',
  kind: 'cdr',
  key: 'C1',
  state: 'parked',
  version: 2,
  toldVersion: 1,
  dueAt: AT,
  attempts: 3,
  lastError: 'HTTP 400',
};

const record: CdrRecord & { delivery?: Delivery } = {
  partnerId: 'p-1',
  stationId: 'CP-1',
  transactionId: 'X1',
  cdr,
  location: { ...location, evses: [], last_updated: '2026-01-01T10:00:00Z' },
  releaseAt: AT,
  createdAt: AT,
};

describe('what an operator does about a CDR', () => {
  beforeEach(() => {
    api.edge.state.cdrs.push(record);
  });

  test('a credit needs a reason, and answers with what was made', async () => {
    const { status, body } = await api.call('POST', '/cdrs/C1/credit', { reason: 'wrong tariff' });
    expect([status, body.reason]).toEqual([201, 'wrong tariff']);
    expect((await api.call('POST', '/cdrs/C1/credit', {})).body.errors).toMatchObject([
      { pointer: '/reason' },
    ]);
    expect((await api.call('POST', '/cdrs/C9/credit', { reason: 'x' })).status).toBe(404);
    api.edge.state.cdrs[0] = { ...record, hold: 'NO_TARIFF' };
    expect((await api.call('POST', '/cdrs/C1/credit', { reason: 'x' })).status).toBe(409);
  });

  test('a correction takes kWh to the tenth of a Wh and a time of any zone', async () => {
    const { status } = await api.call('POST', '/cdrs/C1/correct', {
      reason: 'meter exchanged',
      tariff_id: 'T2',
      total_energy: 7.1001,
      end_date_time: '2026-01-01T12:00:00+01:00',
    });
    expect(status).toBe(200);
    expect(api.edge.state.corrections).toEqual([
      {
        reason: 'meter exchanged',
        tariffId: 'T2',
        energyWh: 7100.1,
        endedAt: Date.parse('2026-01-01T11:00:00Z'),
      },
    ]);
    expect((await api.call('POST', '/cdrs/C1/correct', { reason: 'x', total_energy: -1 })).status).toBe(422);
    expect((await api.call('POST', '/cdrs/C1/correct', { reason: 'x', kwh: 1 })).status).toBe(422);
  });

  test('a CDR without a price is explained by what is missing; a trace of nothing is 404', async () => {
    const { status, body } = await api.call('GET', '/cdrs/C1/explain', undefined, 'viewer-token');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      cdr_id: 'C1',
      adds_up: false,
      lines: [],
      unpriceable: { reason: 'NO_TARIFF' },
      frames: [],
    });
    expect((await api.call('GET', '/cdrs/C9/explain')).status).toBe(404);
    expect((await api.call('GET', '/trace/nobody')).status).toBe(404);
    api.edge.state.traces.set('t', {
      entries: [{ kind: 'cdr', at: AT, cdr: record }],
      truncated: false,
    });
    expect((await api.call('GET', '/trace/t')).body).toMatchObject({
      correlation_id: 't',
      entries: [{ at: AT_TEXT, kind: 'cdr', cdr: { id: 'C1' } }],
      truncated: false,
    });
  });

  test('only an administrator changes bills', async () => {
    for (const verb of ['credit', 'correct', 'release']) {
      const { status } = await api.call('POST', `/cdrs/C1/${verb}`, { reason: 'x' }, 'field-token');
      expect(status).toBe(403);
    }
  });
});

describe('partners', () => {
  test('the policy for the tokens of a partner is set and shown, as a whole (D4.2)', async () => {
    await api.call('POST', '/partners', { name: 'MSP' });
    const policy = { allowed: 'realtime', unreachable: 'accept', concurrent_sessions: 'deny' };
    const path = '/partners/p-1/authorization-policy';
    const { status, body } = await api.call('PUT', path, policy);
    expect([status, body.authorization_policy]).toEqual([200, policy]);
    expect((await api.call('PUT', path, { unknown: 'ask' })).body.authorization_policy).toEqual({
      unknown: 'ask',
    });
    expect((await api.call('PUT', path, { unreachable: 'maybe' })).body.errors).toMatchObject([
      { pointer: '/unreachable' },
    ]);
    expect((await api.call('PUT', path, { fail_open: true })).status).toBe(422);
    expect((await api.call('PUT', '/partners/p-9/authorization-policy', {})).status).toBe(404);
  });

  test('an invitation answers with the registration token; the partner is shown without secrets', async () => {
    const invited = await api.call('POST', '/partners', { name: 'MSP' });
    expect(invited.status).toBe(201);
    expect(invited.body).toEqual({
      id: 'p-1',
      registration_token: 'TOKEN_A',
      versions_url: 'http://127.0.0.1/ocpi/versions',
    });
    const { body } = await api.call('GET', '/partners/p-1');
    expect(body).toMatchObject({ id: 'p-1', status: 'awaiting_registration', paused: false, backlog: 0 });
    expect((await api.call('GET', '/partners')).body).toMatchObject({
      items: [{ id: 'p-1' }],
      next_cursor: null,
    });
    expect(JSON.stringify(body)).not.toMatch(/token_a|inbound|outbound/i);
  });

  test('a partner is paused, resumed and removed', async () => {
    await api.call('POST', '/partners', { name: 'MSP' });
    expect((await api.call('POST', '/partners/p-1/pause')).body.paused).toBe(true);
    expect((await api.call('POST', '/partners/p-1/resume')).body.paused).toBe(false);
    expect((await api.call('DELETE', '/partners/p-1')).status).toBe(204);
    for (const [method, path] of [
      ['GET', '/partners/p-1'],
      ['DELETE', '/partners/p-1'],
      ['POST', '/partners/p-1/pause'],
      ['POST', '/partners/p-1/resume'],
    ] as const) {
      expect((await api.call(method, path)).status).toBe(404);
    }
  });

  test('we register with a partner by its URL and token; half of it is 422', async () => {
    const ours = { name: 'MSP', versions_url: 'https://msp.example/ocpi/versions' };
    const { status, body } = await api.call('POST', '/partners', { ...ours, token: 'TOKEN_A' });
    expect([status, body]).toEqual([201, { id: 'p-1', status: 'registered', version: '2.2.1' }]);
    const refused = await api.call('POST', '/partners', { ...ours, token: 'WRONG' });
    expect([refused.status, refused.body.errors]).toEqual([422, [{ pointer: '/token', detail: 'HTTP 401' }]]);
    expect((await api.call('POST', '/partners/p-1/rotate')).body).toMatchObject({
      id: 'p-1',
      rotating: false,
    });
    expect((await api.call('POST', '/partners/p-9/rotate')).status).toBe(404);
    expect((await api.call('POST', '/partners', ours)).body.errors).toMatchObject([{ pointer: '/token' }]);
    expect((await api.call('POST', '/partners', {})).body.errors).toMatchObject([{ pointer: '/name' }]);
    expect((await api.call('POST', '/partners')).status).toBe(422);
  });
});

describe('transactions, sessions and CDRs', () => {
  test('reservations are filtered by station, and have the shape of the contract', async () => {
    const made = {
      id: 'r',
      reservationId: 7,
      idToken: { idToken: 'CARD', type: 'ISO14443' },
      expiresAt: Date.UTC(2030, 0, 1),
      status: 'active' as const,
      madeAt: Date.UTC(2029, 11, 31),
    };
    api.edge.state.reservations.push(
      { ...made, stationId: 'CP-1', evseId: 1 },
      { ...made, stationId: 'CP-2' },
    );
    const { body } = await api.call('GET', '/reservations?station_id=CP-1');
    expect(body.items).toEqual([
      {
        id: 'r',
        reservation_id: 7,
        station_id: 'CP-1',
        evse_id: 1,
        id_token: 'CARD',
        id_token_type: 'ISO14443',
        expires_at: '2030-01-01T00:00:00.000Z',
        made_at: '2029-12-31T00:00:00.000Z',
        status: 'active',
      },
    ]);
    expect((await api.call('GET', '/reservations')).body.items).toHaveLength(2);
  });

  test('transactions are filtered by station and open, and have the shape of the contract', async () => {
    api.edge.state.transactions.push({
      id: 'X1',
      stationId: 'CP-1',
      ocppTransactionId: '17',
      evseId: 1,
      idToken: { idToken: 'A1', type: 'unknown' },
      startedAt: AT,
      energyWh: 7125,
      open: true,
      sessionId: 'S1',
      flags: [],
    });
    const { body } = await api.call('GET', '/transactions?station_id=CP-1&open=true&limit=5');
    expect(api.edge.state.transactionQueries).toEqual([{ limit: 5, stationId: 'CP-1', open: true }]);
    expect(body.items).toEqual([
      {
        id: 'X1',
        station_id: 'CP-1',
        evse_id: 1,
        ocpp_transaction_id: '17',
        id_token: 'A1',
        id_token_type: 'unknown',
        started_at: AT_TEXT,
        energy_wh: 7125,
        open: true,
        session_id: 'S1',
        flags: [],
      },
    ]);
    expect((await api.call('GET', '/transactions/X1')).body.id).toBe('X1');
    expect((await api.call('GET', '/transactions/X2')).status).toBe(404);
    expect((await api.call('GET', '/transactions?open=maybe')).body.errors).toMatchObject([
      { pointer: '/open' },
    ]);
  });

  test('sessions have JSON numbers for energy and money (TY-008)', async () => {
    api.edge.state.sessions.push(session);
    const { body } = await api.call('GET', '/sessions');
    expect(body.items[0]).toMatchObject({
      id: 'S1',
      kwh: 7.125,
      charging_periods: [{ dimensions: [{ type: 'ENERGY', volume: 7.125 }] }],
      total_cost: { excl_vat: 2.14, incl_vat: 2.55, taxes: [{ name: 'VAT', percentage: 19, amount: 0.41 }] },
      partner_id: 'p-1',
      station_id: 'CP-1',
    });
    expect((await api.call('GET', '/sessions/S1')).body.kwh).toBe(7.125);
    expect((await api.call('GET', '/sessions/S2')).status).toBe(404);
  });

  test('a CDR is shown in OCPI shape with numbers, its hold and its delivery, without its basis', async () => {
    api.edge.state.cdrs.push({ ...record, delivery });
    const { body } = await api.call('GET', '/cdrs/C1');
    expect(body).toMatchObject({
      id: 'C1',
      total_cost: { excl_vat: 2.14, incl_vat: 2.55 },
      total_energy: 7.125,
      total_energy_cost: { excl_vat: 2.14 },
      total_time: 0.75,
      total_parking_time: 0.25,
      partner_id: 'p-1',
      station_id: 'CP-1',
      transaction_id: 'X1',
      release_at: AT_TEXT,
      delivery: { state: 'parked', attempts: 3, due_at: AT_TEXT, last_error: 'HTTP 400' },
    });
    expect(JSON.stringify(body)).not.toMatch(/secret|"basis"/);
    expect(body).not.toHaveProperty('hold');
    expect((await api.call('GET', '/cdrs')).body.items).toHaveLength(1);
    expect((await api.call('GET', '/cdrs/C2')).status).toBe(404);
  });

  test('a CDR that is held without a price shows why and no cost at all', async () => {
    const { total_cost: _cost, ...unpriced } = cdr;
    api.edge.state.cdrs.push({
      ...record,
      cdr: unpriced,
      hold: 'NO_TARIFF',
      holdDetail: 'connector 1 has no tariff',
    });
    const { body } = await api.call('GET', '/cdrs/C1');
    expect(body).toMatchObject({ hold: 'NO_TARIFF', hold_detail: 'connector 1 has no tariff' });
    expect(body).not.toHaveProperty('total_cost');
  });
});

describe('deliveries and attention', () => {
  test('deliveries are what still has to be told, or those of the states that are asked for', async () => {
    api.edge.state.deliveries.push(delivery, { ...delivery, id: '8', state: 'acknowledged' });
    const ids = async (query: string) =>
      (await api.call('GET', `/deliveries${query}`)).body.items.map(({ id }: { id: string }) => id);
    expect(await ids('')).toEqual(['7']);
    expect(await ids('?state=acknowledged')).toEqual(['8']);
    expect((await ids('?state=acknowledged,parked')).toSorted()).toEqual(['7', '8']);
    expect((await api.call('GET', '/deliveries?state=parked')).body.items).toEqual([
      {
        id: '7',
        partner_id: 'p-1',
        kind: 'cdr',
        key: 'C1',
        version: 2,
        told_version: 1,
        state: 'parked',
        attempts: 3,
        due_at: AT_TEXT,
        last_error: 'HTTP 400',
      },
    ]);
    expect((await api.call('GET', '/deliveries?state=pending')).body.items).toEqual([]);
    expect((await api.call('GET', '/deliveries?state=lost')).body.errors).toMatchObject([
      { pointer: expect.stringMatching(/^\/state/) },
    ]);
  });

  test('an entry that needs attention is listed and resolved', async () => {
    api.edge.state.attention.push({
      id: 'a1',
      kind: 'cdr-held',
      subject: 'C1',
      message: 'no tariff',
      createdAt: AT,
    });
    expect((await api.call('GET', '/attention')).body.items).toEqual([
      { id: 'a1', kind: 'cdr-held', subject: 'C1', message: 'no tariff', created_at: AT_TEXT },
    ]);
    expect((await api.call('POST', '/attention/a1/resolve')).status).toBe(204);
    expect((await api.call('POST', '/attention/a2/resolve')).status).toBe(404);
  });
});
