import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startApi, type TestApi } from './support/api.js';
import { location } from './support/static-data.js';

const tiles = { url: 'https://tiles.example/{z}/{x}/{y}.png', attribution: '© Tiles' };

let api: TestApi;
beforeEach(async () => {
  api = await startApi({
    mapTiles: tiles,
    throughput: () => ({
      intervalSeconds: 5,
      samples: [
        { at: 5_000, messages: 10, ourAnswerMs: 2.5 },
        { at: 10_000, messages: 0 },
      ],
    }),
  });
});
afterEach(() => api.close());

describe('what the console is told', () => {
  test('who it is, where it runs and whose map tiles it may load; the page may load images from there only', async () => {
    expect((await api.call('GET', '/whoami', undefined, 'field-token')).body).toEqual({
      role: 'field',
      name: 'of field-token',
      console_url: 'http://console.example',
      map_tiles: tiles,
    });
    const page = await fetch(api.origin);
    expect(page.headers.get('content-security-policy')).toContain(
      "img-src 'self' data: https://tiles.example;",
    );
  });

  test('the throughput of the last minutes, per second, without a value where nothing was measured', async () => {
    expect((await api.call('GET', '/throughput')).body).toEqual({
      interval_seconds: 5,
      samples: [
        { at: '1970-01-01T00:00:05.000Z', messages_per_second: 2, our_answer_ms: 2.5 },
        { at: '1970-01-01T00:00:10.000Z', messages_per_second: 0 },
      ],
    });
  });

  test('where sites are, with the statuses of their EVSEs', async () => {
    await api.call('PUT', '/locations/DE/RBG/LOC1', location);
    const { body } = await api.call('GET', '/sites');
    expect(body.items).toEqual([
      {
        country_code: 'DE',
        party_id: 'RBG',
        id: 'LOC1',
        name: 'Hafen',
        city: 'Hamburg',
        latitude: 53.5432,
        longitude: 9.9933,
        evses: [{ uid: 'EVSE-1', status: expect.any(String), station_id: 'CP-1' }],
      },
    ]);
  });
});

describe('the authorization policy of the platform', () => {
  test('is shown as it counts, and changed member by member', async () => {
    const { body } = await api.call('PUT', '/authorization-policy', { allowed: 'realtime' });
    expect(body).toEqual({
      in_force: {
        allowed: 'realtime',
        unknown: 'none',
        concurrent_sessions: 'allow',
        local_tokens_first: false,
      },
      changed: { allowed: 'realtime' },
    });
    expect((await api.call('PUT', '/authorization-policy', {})).body.changed).toEqual({});
    expect((await api.call('PUT', '/authorization-policy', { unknown: 'everyone' })).status).toBe(422);
    expect((await api.call('PUT', '/authorization-policy', {}, 'field-token')).status).toBe(403);
  });
});

test('CDRs are exported with a heading, and filters reach the list', async () => {
  const response = await fetch(`${api.origin}/api/v1/exports/cdrs.csv?delivery=held&station_id=CP-1`, {
    headers: { authorization: 'Bearer viewer-token' },
  });
  expect((await response.text()).split('\r\n')[0]).toMatch(/^id,session_id,partner,station_id,/);
  expect((await api.call('GET', '/cdrs?delivery=lost')).status).toBe(422);
});

test('the curve of a transaction tells only what was metered', async () => {
  const at = Date.UTC(2026, 2, 1);
  const transaction = { stationId: 'CP-1', ocppTransactionId: '17', energyWh: 0, open: true, flags: [] };
  api.edge.state.transactions.push({ id: 'X1', startedAt: at, ...transaction });
  api.edge.state.curve = [
    { at, energyWh: 0 },
    { at: at + 1_000, powerW: 11_000 },
  ];
  expect((await api.call('GET', '/transactions/X1/curve', undefined, 'viewer-token')).body).toEqual({
    points: [
      { at: '2026-03-01T00:00:00.000Z', energy_wh: 0 },
      { at: '2026-03-01T00:00:01.000Z', power_w: 11_000 },
    ],
  });
  expect((await api.call('GET', '/transactions/X2/curve')).status).toBe(404);
});
