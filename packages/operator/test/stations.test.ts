import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startApi, type TestApi } from './support/api.js';

let api: TestApi;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

const profile1 = { security_profile: 1, password: 'a-password-of-20-chr' };

describe('stations', () => {
  test('a station is created with 201, replaced with 200, read and removed', async () => {
    const created = await api.call('PUT', '/stations/CP-1', {
      ...profile1,
      name: 'Hall 1',
      evse_groups: [[1, 2]],
    });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ id: 'CP-1', name: 'Hall 1', security_profile: 1, connected: false });
    expect(api.edge.state.entered[0]).toEqual({
      id: 'CP-1',
      name: 'Hall 1',
      evse_groups: [[1, 2]],
      ...profile1,
    });
    expect((await api.call('PUT', '/stations/CP-1', { id: 'CP-1', ...profile1 })).status).toBe(200);
    expect((await api.call('GET', '/stations/CP-1')).body.id).toBe('CP-1');
    expect((await api.call('DELETE', '/stations/CP-1')).status).toBe(204);
    expect((await api.call('GET', '/stations/CP-1')).status).toBe(404);
    expect((await api.call('DELETE', '/stations/CP-1')).status).toBe(404);
  });

  test('stations are listed page by page', async () => {
    for (const id of ['CP-1', 'CP-2', 'CP-3'])
      await api.call('PUT', `/stations/${id}`, { security_profile: 0 });
    const first = await api.call('GET', '/stations?limit=2');
    expect(first.body.items.map(({ id }: { id: string }) => id)).toEqual(['CP-1', 'CP-2']);
    const second = await api.call('GET', `/stations?limit=2&cursor=${first.body.next_cursor}`);
    expect(second.body).toMatchObject({ items: [{ id: 'CP-3' }], next_cursor: null });
  });

  test('some stations are read by their ids in one request; unknown ones are left out', async () => {
    for (const id of ['CP-1', 'CP-2', 'CP-3']) {
      await api.call('PUT', `/stations/${id}`, { security_profile: 0 });
    }
    const { body } = await api.call('GET', '/stations?ids=CP-2,CP-3,NONE');
    expect(body).toMatchObject({ items: [{ id: 'CP-2' }, { id: 'CP-3' }], next_cursor: null });
    const many = Array.from({ length: 201 }, (_, i) => `CP-${i}`).join(',');
    const { status, body: problem } = await api.call('GET', `/stations?ids=${many}`);
    expect([status, problem.errors[0].pointer]).toEqual([422, '/ids']);
  });

  test('a list gives at most 500 items at a time, whatever is asked for', async () => {
    expect((await api.call('GET', '/stations?limit=100000')).status).toBe(200);
  });

  test.each(['0', '-1', 'x', '1.5'])('a list refuses limit=%s and names it', async (limit) => {
    const { status, body } = await api.call('GET', `/stations?limit=${limit}`);
    expect(status).toBe(422);
    expect(body.errors).toEqual([{ pointer: '/limit', detail: expect.any(String), in: 'query' }]);
  });

  test.each([
    ['/security_profile', {}, 'is required'],
    ['/security_profile', { security_profile: 4 }, 'must be 0, 1, 2 or 3'],
    ['/password', { security_profile: 1, password: 'short' }, '16'],
    ['/password', { security_profile: 1, password: 'x'.repeat(65) }, '64'],
    ['/password', { security_profile: 0, password: profile1.password }, 'no password'],
    ['/password', { security_profile: 1 }, 'needs a password'],
    ['/protocols/0', { security_profile: 0, protocols: ['ocpp1.5'] }, 'ocpp1.6'],
    ['/id', { id: 'CP-2', security_profile: 0 }, 'CP-1'],
    ['/nam~1e', { security_profile: 0, 'nam/e': 'x' }, 'not a known member'],
  ])('a station with a fault at %s is refused: %j', async (pointer, body, detail) => {
    const answer = await api.call('PUT', '/stations/CP-1', body);
    expect(answer.status).toBe(422);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.body).toMatchObject({ type: 'urn:roambridge:problem:invalid-request', status: 422 });
    expect(answer.body.errors).toContainEqual({ pointer, detail: expect.stringContaining(detail) });
    expect(api.edge.state.stations.size).toBe(0);
  });

  test('an identity with a colon cannot be provisioned (A-004)', async () => {
    const { status, body } = await api.call('PUT', '/stations/a%3Ab', { security_profile: 0 });
    expect(status).toBe(422);
    expect(body.errors[0]).toMatchObject({ pointer: '/station_id', in: 'path' });
  });
});

describe('OCPP calls', () => {
  beforeEach(() => api.call('PUT', '/stations/CP-1', { security_profile: 0 }));

  test('the payload goes to the station and its answer comes back', async () => {
    const { status, body } = await api.call(
      'POST',
      '/stations/CP-1/ocpp/Reset',
      { type: 'Soft' },
      'field-token',
    );
    expect(status).toBe(200);
    expect(body).toEqual({ message_id: 'm-1', outcome: 'result', payload: { status: 'Accepted' } });
    expect(api.edge.state.calls).toEqual([{ id: 'CP-1', action: 'Reset', payload: { type: 'Soft' } }]);
  });

  test.each([
    [
      { kind: 'error', messageId: 'm', code: 'InternalError', description: 'no' },
      { message_id: 'm', outcome: 'error', error: { code: 'InternalError', description: 'no' } },
    ],
    [
      { kind: 'timeout', messageId: 'm' },
      { message_id: 'm', outcome: 'timeout' },
    ],
    [
      { kind: 'lost', messageId: 'm' },
      { message_id: 'm', outcome: 'error', error: { code: 'ConnectionLost' } },
    ],
    [{ kind: 'not-connected' }, { message_id: null, outcome: 'not_connected' }],
  ] as const)('the outcome %j is told', async (outcome, expected) => {
    api.edge.state.callOutcome = outcome;
    const { status, body } = await api.call('POST', '/stations/CP-1/ocpp/ClearCache');
    expect(status).toBe(200);
    expect(body).toMatchObject(expected);
  });

  test('a payload that breaks the schema is refused with its pointers', async () => {
    api.edge.state.callOutcome = {
      kind: 'invalid',
      violations: [{ pointer: '/type', message: 'is required' }],
    };
    const { status, body } = await api.call('POST', '/stations/CP-1/ocpp/Reset', {});
    expect(status).toBe(422);
    expect(body.errors).toEqual([{ pointer: '/type', detail: 'is required' }]);
  });

  test('an action that the protocol does not have is 422, an unknown station 404', async () => {
    api.edge.state.callOutcome = { kind: 'not-supported' };
    expect((await api.call('POST', '/stations/CP-1/ocpp/Fly', {})).body.errors).toMatchObject([
      { pointer: '/action' },
    ]);
    expect((await api.call('POST', '/stations/CP-2/ocpp/Reset', {})).status).toBe(404);
  });
});

describe('frame journal', () => {
  test('frames are shown newest first with their verdict, and paged with before', async () => {
    await api.call('PUT', '/stations/CP-1', { security_profile: 0 });
    for (const id of ['3', '2', '1']) {
      api.edge.state.frames.push({
        id,
        stationId: 'CP-1',
        at: 1_700_000_000_000,
        direction: 'in',
        messageType: 2,
        messageId: `m${id}`,
        action: 'Heartbeat',
        raw: '[2,"m","Heartbeat",{}]',
        verdict: 'ok',
        anomalies: [],
        latencyMs: null,
        correlationId: null,
      });
    }
    const first = await api.call('GET', '/stations/CP-1/frames?limit=2&action=Heartbeat');
    expect(first.body.items[0]).toEqual({
      id: '3',
      at: '2023-11-14T22:13:20.000Z',
      direction: 'in',
      message_type: 2,
      message_id: 'm3',
      action: 'Heartbeat',
      raw: '[2,"m","Heartbeat",{}]',
      verdict: 'ok',
      anomalies: [],
      quirks: [],
      latency_ms: null,
      correlation_id: null,
    });
    const second = await api.call('GET', `/stations/CP-1/frames?limit=2&before=${first.body.next_cursor}`);
    expect(second.body).toMatchObject({ items: [{ id: '1' }], next_cursor: null });
    expect((await api.call('GET', '/stations/CP-1/frames?action=Reset')).body.items).toEqual([]);
    const some = await api.call('GET', '/stations/CP-1/frames?action=Reset,Heartbeat&verdict=ok,repaired');
    expect(some.body.items).toHaveLength(3);
    expect((await api.call('GET', '/stations/CP-1/frames?verdict=rejected')).body.items).toEqual([]);
    expect((await api.call('GET', '/stations/CP-1/frames?verdict=bad')).status).toBe(422);
    const before = async (time: string) =>
      (await api.call('GET', `/stations/CP-1/frames?before=${time}`)).body.items.length;
    expect(await before('2023-11-14T22:13:20Z')).toBe(0);
    expect(await before('2023-11-14T22:13:21Z')).toBe(3);
    expect((await api.call('GET', '/stations/CP-2/frames')).status).toBe(404);
  });

  test('a station says what it can be asked, and how a payload looks', async () => {
    await api.call('PUT', '/stations/CP-1', { security_profile: 0 });
    const { body } = await api.call('GET', '/stations/CP-1/ocpp', undefined, 'viewer-token');
    expect(body).toEqual({ protocol: 'ocpp1.6', actions: ['Reset'] });
    const reset = await api.call('GET', '/stations/CP-1/ocpp/Reset');
    expect(reset.body).toMatchObject({ action: 'Reset', request_schema: { required: ['type'] } });
    expect((await api.call('GET', '/stations/CP-1/ocpp/Fly')).status).toBe(404);
    expect((await api.call('GET', '/stations/CP-2/ocpp')).status).toBe(404);
  });

  test('what a station told of itself is read under it, unknown stations and reports are not found', async () => {
    await api.call('PUT', '/stations/CP-1', { security_profile: 0 });
    api.edge.state.variables.push({
      component: { name: 'EVSE', evseId: 1 },
      variable: { name: 'Power', instance: 'a' },
      attributes: [{ type: 'Actual', value: '22', mutability: 'ReadOnly', at: 0 }],
      characteristics: { dataType: 'decimal', unit: 'W', maxLimit: 22_000, supportsMonitoring: true },
    });
    const model = await api.call('GET', '/stations/CP-1/device-model?evse_id=1');
    expect(model.body.items).toEqual([
      {
        component: { name: 'EVSE', evse_id: 1 },
        variable: { name: 'Power', instance: 'a' },
        attributes: [
          { type: 'Actual', value: '22', mutability: 'ReadOnly', told_at: '1970-01-01T00:00:00.000Z' },
        ],
        characteristics: { data_type: 'decimal', unit: 'W', max_limit: 22_000, supports_monitoring: true },
      },
    ]);
    api.edge.state.reports.push({
      id: 'r1',
      stationId: 'CP-1',
      kind: 'monitoring',
      requestId: 4,
      state: 'incomplete',
      startedAt: 0,
      updatedAt: 0,
      parts: 1,
      missing: [0],
      items: [{ a: 1 }],
    });
    const { body } = await api.call('GET', '/stations/CP-1/reports');
    expect(body.items[0]).toMatchObject({ request_id: 4, state: 'incomplete', missing_parts: [0] });
    expect((await api.call('GET', '/stations/CP-1/reports/r1')).body.items).toEqual([{ a: 1 }]);
    expect((await api.call('GET', '/stations/CP-1/reports/r2')).status).toBe(404);
    expect((await api.call('GET', '/stations/CP-9/device-model')).status).toBe(404);
    expect((await api.call('GET', '/stations/CP-9/reports')).status).toBe(404);
  });
});
