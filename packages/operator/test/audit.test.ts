import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { redirectTarget } from '../src/auth/redirect-target.js';
import { routeTable } from '../src/routes/table.js';
import { csv } from '../src/routing/csv.js';
import { startApi, type TestApi } from './support/api.js';

let api: TestApi;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

const station = { security_profile: 1, password: 'the-password-of-it' };

describe('the audit log', () => {
  test('an action is noted with who, from where, what, on what and its outcome, and without its secrets', async () => {
    await api.call('PUT', '/stations/CP-1', station);
    await api.call('POST', '/stations/CP-1/ocpp/Reset?x=secret', { type: 'Soft' }, 'field-token');
    const { status, body } = await api.call('GET', '/audit');
    expect(status).toBe(200);
    expect(body.items).toEqual([
      {
        id: '2',
        at: expect.any(String),
        actor: 'of field-token',
        role: 'field',
        address: '127.0.0.1',
        action: expect.stringContaining('action'),
        method: 'POST',
        object: '/stations/CP-1/ocpp/Reset',
        status: 200,
        outcome: 'result',
      },
      expect.objectContaining({
        actor: 'of admin-token',
        object: '/stations/CP-1',
        method: 'PUT',
        status: 201,
      }),
    ]);
    expect(JSON.stringify(body)).not.toMatch(/the-password-of-it|secret/);
  });

  test('what was refused is noted too, for the role or for what was asked; strangers leave nothing', async () => {
    await api.call('PUT', '/stations/CP-1', station, 'field-token');
    await api.call('PUT', '/stations/CP-1', { security_profile: 7 });
    await api.call('PUT', '/stations/CP-1', station, 'no-such-token');
    expect(api.edge.state.audit.map(({ status, outcome }) => [status, outcome])).toEqual([
      [422, 'invalid-request'],
      [403, 'forbidden'],
    ]);
  });

  test('every route that changes something is noted, whatever becomes of it, and none that only reads', async () => {
    const routes = routeTable({ edge: api.edge, consoleUrl: () => 'http://x' });
    const posting = routes.filter(({ method }) => method !== 'get');
    for (const { method, path, role } of posting) {
      api.edge.state.audit.length = 0;
      await api.call(method.toUpperCase(), path.replaceAll(/\{\w+\}/g, 'x'), {});
      const noted = api.edge.state.audit.length;
      expect({ method, path, noted }).toEqual({ method, path, noted: role === 'viewer' ? 0 : 1 });
    }
    // They only calculate.
    expect(posting.filter(({ role }) => role === 'viewer').map(({ path }) => path)).toEqual([
      '/tariffs/price',
      '/tariffs/what-if',
    ]);
    api.edge.state.audit.length = 0;
    await api.call('GET', '/stations');
    expect(api.edge.state.audit).toEqual([]);
  });

  test('only an admin reads it; filters and the page are passed on', async () => {
    expect((await api.call('GET', '/audit', undefined, 'field-token')).status).toBe(403);
    await api.call('GET', '/audit?actor=ann&object=CP&outcome=refused&from=2026-01-01T00:00:00Z&limit=7');
    expect(api.edge.state.auditQueries.at(-1)).toEqual({
      limit: 7,
      actor: 'ann',
      path: 'CP',
      failed: true,
      from: Date.parse('2026-01-01T00:00:00Z'),
    });
  });

  test('its CSV has a heading and a line for each action', async () => {
    await api.call('PUT', '/stations/CP-1', station);
    const response = await fetch(`${api.origin}/api/v1/exports/audit.csv`, {
      headers: { authorization: 'Bearer admin-token' },
    });
    expect(response.headers.get('content-type')).toMatch(/^text\/csv/);
    const lines = (await response.text()).split('\r\n');
    expect(lines[0]).toBe('at,actor,role,address,action,method,object,status,outcome');
    expect(lines[1]).toContain(',of admin-token,admin,127.0.0.1,');
  });

  test('no cell is a formula, and quotes, commas and control characters harm nothing (S13)', () => {
    const text = csv(
      ['a', 'b'],
      [
        ['=HYPERLINK("http://x")', '+1'],
        ['a,"b"\n\u0000c', -3],
        ['@x', undefined],
      ],
    );
    expect(text.split('\r\n')).toEqual([
      'a,b',
      `"'=HYPERLINK(""http://x"")",'+1`,
      '"a,""b""  c",-3',
      "'@x,",
      '',
    ]);
  });
});

describe('where a sign-in leads', () => {
  test('to the page that its link names, and the audit log tells who it is for', async () => {
    const link = await api.call('POST', '/sign-in-links', {
      role: 'field',
      name: 'Ann',
      path: '/field/CP%201?x=1',
    });
    expect(link.body.url).toBe('http://console.example/sign-in?code=code-1&to=%2Ffield%2FCP%25201%3Fx%3D1');
    const response = await fetch(`${api.origin}/sign-in?${new URL(link.body.url).searchParams}`, {
      redirect: 'manual',
    });
    expect(response.headers.get('location')).toBe('/field/CP%201?x=1');
    expect(api.edge.state.audit.map(({ path, outcome, role }) => [path, outcome, role])).toEqual([
      ['/sign-in', null, 'field'],
      ['/sign-in-links', 'field, Ann', 'admin'],
    ]);
  });

  test('never away from the console, also when the link was changed', async () => {
    const evil = [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      '/\t/evil.example',
      '/..//evil.example',
      '/api/v1/stations',
      'field/x',
      '',
      '/sign-in?code=x',
      `/${'x'.repeat(400)}`,
    ];
    expect(evil.map(redirectTarget)).toEqual(evil.map(() => undefined));
    await api.call('POST', '/sign-in-links', {});
    const response = await fetch(`${api.origin}/sign-in?code=code-1&to=//evil.example`, {
      redirect: 'manual',
    });
    expect(response.headers.get('location')).toBe('/');
    expect((await api.call('POST', '/sign-in-links', { path: '//evil.example' })).status).toBe(422);
  });
});
