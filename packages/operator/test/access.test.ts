import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startApi, type TestApi } from './support/api.js';

let api: TestApi;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

const station = { security_profile: 0 };

describe('who may do what', () => {
  test('without a token every route below /api/v1 is 401 with a challenge', async () => {
    for (const path of ['/stations', '/cdrs', '/events', '/nowhere']) {
      const { status, headers, body } = await api.call('GET', path, undefined, null);
      expect(status).toBe(401);
      expect(headers.get('www-authenticate')).toBe('Bearer realm="roambridge"');
      expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(body.type).toBe('urn:roambridge:problem:unauthorized');
    }
  });

  test('a viewer reads, the field calls stations, only an admin changes data', async () => {
    await api.call('PUT', '/stations/CP-1', station);
    for (const [token, expected] of [
      ['viewer-token', [200, 403, 403]],
      ['field-token', [200, 200, 403]],
      ['admin-token', [200, 200, 200]],
    ] as const) {
      const statuses = [
        (await api.call('GET', '/stations', undefined, token)).status,
        (await api.call('POST', '/stations/CP-1/ocpp/Reset', { type: 'Soft' }, token)).status,
        (await api.call('PUT', '/stations/CP-1', station, token)).status,
      ];
      expect(statuses).toEqual(expected);
    }
  });

  test('after ten wrong tokens in a minute an address is answered 429; a valid token still works', async () => {
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 12; attempt += 1) {
      statuses.push((await api.call('GET', '/stations', undefined, `wrong-${attempt}`)).status);
    }
    expect(statuses).toEqual([...Array(10).fill(401), 429, 429]);
    const refused = await api.call('GET', '/stations', undefined, 'wrong');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await api.call('GET', '/stations')).status).toBe(200);
  });
});

describe('sign-in to the console', () => {
  const signIn = (code: string) => fetch(`${api.origin}/sign-in?code=${code}`, { redirect: 'manual' });

  test('a one-time link sets a cookie that scripts cannot read, once', async () => {
    const link = await api.call('POST', '/sign-in-links');
    expect(link.status).toBe(201);
    expect(link.body).toEqual({ url: 'http://console.example/sign-in?code=code-1', expires_in_seconds: 900 });

    const response = await signIn('code-1');
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/');
    const setCookie = response.headers.get('set-cookie') ?? '';
    expect(setCookie).toMatch(
      /^roambridge_console=console%20code-1; Path=\/; HttpOnly; SameSite=Strict; Max-Age=3600$/,
    );

    const again = await signIn('code-1');
    expect(again.status).toBe(403);
    expect(again.headers.get('set-cookie')).toBeNull();
    expect(await again.text()).toContain('npm run cli -- sign-in');
  });

  test('the cookie reads; changing something needs the header of the console (CSRF)', async () => {
    await api.call('POST', '/sign-in-links', { role: 'admin' });
    const cookie = ((await signIn('code-1')).headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const call = (method: string, headers: Record<string, string> = {}) =>
      fetch(`${api.origin}/api/v1/stations/CP-1`, {
        method,
        headers: { cookie, 'content-type': 'application/json', ...headers },
        ...(method === 'PUT' ? { body: JSON.stringify(station) } : {}),
      });
    expect((await call('PUT')).status).toBe(403);
    expect((await call('PUT', { 'x-roambridge-console': '1' })).status).toBe(201);
    expect((await call('GET')).status).toBe(200);
  });

  test('a cookie that is not valid any more is taken away', async () => {
    const response = await fetch(`${api.origin}/api/v1/stations`, {
      headers: { cookie: 'roambridge_console=old' },
    });
    expect(response.status).toBe(401);
    expect(response.headers.get('set-cookie')).toContain('Max-Age=0');
  });

  test('signing out ends the session and its streams on the gateway, takes the cookie away and is in the audit log', async () => {
    await api.call('POST', '/sign-in-links', { role: 'viewer' });
    const cookie = ((await signIn('code-1')).headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const console = { cookie, 'x-roambridge-console': '1' };
    const stream = await fetch(`${api.origin}/api/v1/events`, { headers: { cookie } });
    const out = (headers: Record<string, string>) =>
      fetch(`${api.origin}/api/v1/sign-out`, { method: 'POST', headers });
    // Another site cannot sign anybody out.
    expect((await out({ cookie })).status).toBe(403);
    const response = await out(console);
    expect(response.status).toBe(204);
    expect(response.headers.get('set-cookie')).toMatch(
      /^roambridge_console=; Path=\/; HttpOnly;.*Max-Age=0$/,
    );
    // The stream ends; a heartbeat would have noticed it much later.
    expect(await stream.text()).not.toContain('heartbeat');
    expect((await fetch(`${api.origin}/api/v1/stations`, { headers: { cookie } })).status).toBe(401);
    expect((await out(console)).status).toBe(401);
    expect(
      api.edge.state.audit.map(({ action, role, path, status }) => [action, role, path, status]),
    ).toEqual([
      ['Sign out of the console', 'viewer', '/sign-out', 204],
      ['Sign in to the console', 'viewer', '/sign-in', 303],
      [expect.stringContaining('one-time link'), 'admin', '/sign-in-links', 201],
    ]);
  });

  test('a token that is of no session cannot be signed out with, and stays valid', async () => {
    expect((await api.call('POST', '/sign-out')).status).toBe(409);
    expect((await api.call('GET', '/stations')).status).toBe(200);
    expect((await api.call('POST', '/sign-out', undefined, null)).status).toBe(401);
  });

  test('links are made by admins only, and only for roles that exist', async () => {
    expect((await api.call('POST', '/sign-in-links', {}, 'field-token')).status).toBe(403);
    expect((await api.call('POST', '/sign-in-links', { role: 'root' })).body.errors).toMatchObject([
      { pointer: '/role' },
    ]);
  });

  test('with an https console the cookie is Secure', async () => {
    const secure = await startApi({ consoleUrl: 'https://console.example/' });
    expect((await secure.call('POST', '/sign-in-links')).body.url).toBe(
      'https://console.example/sign-in?code=code-1',
    );
    const response = await fetch(`${secure.origin}/sign-in?code=code-1`, { redirect: 'manual' });
    expect(response.headers.get('set-cookie')).toContain('; Secure');
    await secure.close();
  });
});
