import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Delivery } from '@roambridge/core';
import { startApi, type TestApi } from './support/api.js';

let api: TestApi;
beforeEach(async () => {
  api = await startApi();
  await api.call('POST', '/partners', { name: 'MSP' });
});
afterEach(() => api.close());

const delivery: Delivery = {
  id: '7',
  partnerId: 'p-1',
  kind: 'cdr',
  key: 'C1',
  state: 'parked',
  version: 1,
  toldVersion: 0,
  dueAt: 0,
  attempts: 3,
};

test('a delivery is retried or discarded by its id; what was told already is 409', async () => {
  api.edge.state.deliveries.push({ ...delivery }, { ...delivery, id: '8', state: 'acknowledged' });
  expect((await api.call('POST', '/deliveries/7/retry')).body).toMatchObject({ id: '7', state: 'pending' });
  expect((await api.call('POST', '/deliveries/7/discard')).body).toMatchObject({ state: 'discarded' });
  expect((await api.call('GET', '/deliveries?state=discarded')).body.items).toHaveLength(1);
  expect((await api.call('POST', '/deliveries/8/retry')).status).toBe(409);
  expect((await api.call('POST', '/deliveries/9/discard')).status).toBe(404);
  expect((await api.call('POST', '/deliveries/7/retry', undefined, 'field-token')).status).toBe(403);
});

test('exchanges of a partner are listed by direction', async () => {
  api.edge.state.exchanges.push({
    id: '1',
    partnerId: 'p-1',
    at: 1_700_000_000_000,
    direction: 'out',
    method: 'PUT',
    url: 'https://msp.example/locations/L1',
    httpStatus: null,
    statusCode: null,
    latencyMs: 12,
    requestId: 'R',
    correlationId: 'C',
    requestBody: '{}',
    responseBody: null,
    error: 'ECONNREFUSED',
  });
  expect(
    (await api.call('GET', '/partners/p-1/exchanges?direction=out', undefined, 'viewer-token')).body,
  ).toEqual({
    items: [
      {
        id: '1',
        partner_id: 'p-1',
        at: '2023-11-14T22:13:20.000Z',
        direction: 'out',
        method: 'PUT',
        url: 'https://msp.example/locations/L1',
        http_status: null,
        status_code: null,
        latency_ms: 12,
        request_id: 'R',
        correlation_id: 'C',
        request_body: '{}',
        response_body: null,
        error: 'ECONNREFUSED',
      },
    ],
    next_cursor: null,
  });
  expect((await api.call('GET', '/partners/p-1/exchanges?direction=in')).body.items).toEqual([]);
  expect((await api.call('GET', '/partners/p-1/exchanges?direction=up')).status).toBe(422);
  expect((await api.call('GET', '/partners/p-9/exchanges')).status).toBe(404);
});

test('a resync names a module and answers with what was missed', async () => {
  const { status, body } = await api.call('POST', '/partners/p-1/resync', { module: 'locations' });
  expect([status, body]).toEqual([
    200,
    {
      partner_id: 'p-1',
      module: 'locations',
      state: 'done',
      started_at: '1970-01-01T00:00:00.000Z',
      ended_at: '1970-01-01T00:00:00.005Z',
      compared: 3,
      same: 2,
      repaired: 1,
      owed: 0,
      unverifiable: 0,
      missed_since: '1970-01-01T00:00:00.001Z',
      findings: [
        {
          key: 'DE/RBG/T1',
          problem: 'different',
          members: ['currency'],
          since: '1970-01-01T00:00:00.001Z',
          last_updated_at_partner: 'then',
          repaired: true,
        },
      ],
    },
  ]);
  expect((await api.call('GET', '/partners/p-1/resyncs')).body.items).toHaveLength(1);
  expect((await api.call('POST', '/partners/p-1/resync', { module: 'commands' })).status).toBe(422);
  expect((await api.call('POST', '/partners/p-9/resync', { module: 'cdrs' })).status).toBe(404);
});

test('a probe is JSON, or a page of Markdown in which nothing of the partner is markup', async () => {
  const { body } = await api.call('POST', '/partners/p-1/probe');
  expect(body).toMatchObject({ verdict: 'warning', requests: 9, latency_ms: { median: 12.4 } });
  const page = await fetch(`${api.origin}/api/v1/partners/p-1/probe?format=markdown`, {
    method: 'POST',
    headers: { authorization: 'Bearer admin-token' },
  });
  expect(page.headers.get('content-type')).toContain('text/markdown');
  const text = await page.text();
  expect(text).toContain('| versions | OK | It offers 2.2.1. |');
  expect(text).toContain('\\<script\\>\\|x.');
  expect((await api.call('POST', '/partners/p-9/probe')).status).toBe(404);
});

test('what a version has no place for is counted', async () => {
  expect((await api.call('GET', '/partners/p-1/downgrades')).body).toMatchObject({
    locations: { total: 2, not_told: 1 },
    lost: [{ what: 'EVSE.parking', objects: 1, example: 'L1' }],
  });
  expect((await api.call('GET', '/partners/p-9/downgrades')).status).toBe(404);
});

test('an invoice to a partner names its CDRs, is listed, changed and taken back (IR-01, IR-02)', async () => {
  const path = '/partners/p-1/invoices/DE/RBG/I-1';
  const invoice = { invoice_id: '2026/1', cdrs: ['C1'] };
  const created = await api.call('PUT', path, invoice);
  expect([created.status, created.body]).toMatchObject([201, { id: 'I-1', sender: 'us', cdrs: ['C1'] }]);
  expect((await api.call('PUT', path, { ...invoice, cdrs: ['C1', 'C2'] })).status).toBe(200);
  expect((await api.call('GET', '/partners/p-1/invoices')).body.items).toMatchObject([
    { country_code: 'DE', party_id: 'RBG', id: 'I-1', cdrs: ['C1', 'C2'], sender: 'us' },
  ]);
  for (const [pointer, body] of [
    ['/cdrs', { ...invoice, cdrs: [] }],
    ['/invoice_id', { cdrs: ['C1'] }],
    ['/cdrs/0', { ...invoice, cdrs: ['UNKNOWN'] }],
  ] as const) {
    const refused = await api.call('PUT', path, body);
    expect([refused.status, refused.body.errors[0].pointer]).toEqual([422, pointer]);
  }
  expect((await api.call('PUT', path, invoice, 'field-token')).status).toBe(403);
  expect((await api.call('DELETE', path)).status).toBe(204);
  expect((await api.call('DELETE', path)).status).toBe(404);
});
