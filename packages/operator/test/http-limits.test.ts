import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startApi, type TestApi } from './support/api.js';

let api: TestApi;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

const put = (body: string, contentType = 'application/json') =>
  fetch(`${api.origin}/api/v1/stations/CP-1`, {
    method: 'PUT',
    headers: { authorization: 'Bearer admin-token', 'content-type': contentType },
    body,
  });

describe('what cannot be read', () => {
  test.each([
    [400, 'broken JSON', '{"security_profile":', 'application/json'],
    [400, 'JSON nested too deep', '['.repeat(100_000), 'application/json'],
    [413, 'a body above 1 MiB', `"${'x'.repeat(1_100_000)}"`, 'application/json'],
    [415, 'a body that is not JSON', 'security_profile=0', 'application/x-www-form-urlencoded'],
    [422, 'JSON that is not an object', '[]', 'application/json'],
    [422, 'null', 'null', 'application/json'],
  ])('%i for %s', async (status, _what, body, contentType) => {
    const response = await put(body, contentType);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await response.json()).toMatchObject({ status, detail: expect.any(String) });
  });

  test('a body of a stranger is not read at all', async () => {
    const response = await fetch(`${api.origin}/api/v1/stations/CP-1`, { method: 'PUT', body: '{' });
    expect(response.status).toBe(401);
  });

  test('a broken percent escape is 400, an unknown path 404, another method 405 with Allow', async () => {
    expect((await api.call('GET', '/stations/%ZZ')).status).toBe(400);
    expect((await api.call('GET', '/nowhere')).status).toBe(404);
    const { status, headers } = await api.call('PATCH', '/stations/CP-1', {});
    expect(status).toBe(405);
    expect(headers.get('allow')).toBe('PUT, GET, DELETE');
  });

  test('a fault of the gateway is 500 and tells nothing of it', async () => {
    api.edge.stations = async () => {
      throw new Error('password of the database is hunter2');
    };
    const { status, body } = await api.call('GET', '/stations');
    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toContain('hunter2');
  });
});

describe('probes', () => {
  test('livez, readyz and metrics answer without a sign-in, to GET only', async () => {
    expect((await fetch(`${api.origin}/livez`)).status).toBe(200);
    expect((await fetch(`${api.origin}/readyz`)).status).toBe(200);
    const metrics = await fetch(`${api.origin}/metrics`);
    expect(metrics.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(await metrics.text()).toContain('roambridge_cdrs_total');
    expect((await fetch(`${api.origin}/metrics`, { method: 'POST' })).status).toBe(405);
  });

  test('readyz is 503 with the reasons while no traffic may come', async () => {
    api.edge.state.ready = { ready: false, reasons: ['draining'] };
    const response = await fetch(`${api.origin}/readyz`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ ready: false, reasons: ['draining'] });
  });
});

describe('the console files', () => {
  let consoleDir: string;
  let site: TestApi;
  beforeEach(async () => {
    consoleDir = await mkdtemp(join(tmpdir(), 'console-'));
    await mkdir(join(consoleDir, 'assets'));
    await writeFile(join(consoleDir, 'index.html'), '<!doctype html><title>console</title>');
    await writeFile(join(consoleDir, 'assets', 'app-1a2b.js'), 'export {}');
    site = await startApi({ consoleDir });
  });
  afterEach(async () => {
    await site.close();
    await rm(consoleDir, { recursive: true });
  });

  test('the page is asked for each time, its hashed files are kept', async () => {
    const page = await fetch(`${site.origin}/`);
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(page.headers.get('content-security-policy')).not.toContain('unsafe-inline');
    const script = await fetch(`${site.origin}/assets/app-1a2b.js`);
    expect(script.headers.get('cache-control')).toContain('immutable');
    expect(script.headers.get('content-type')).toContain('javascript');
  });

  test('a path of the application answers with the page, a missing file and the API do not', async () => {
    const asPage = { headers: { accept: 'text/html' } };
    expect(await (await fetch(`${site.origin}/stations/CP-1`, asPage)).text()).toContain('<title>console');
    expect((await fetch(`${site.origin}/assets/gone.js`, asPage)).status).toBe(404);
    expect((await fetch(`${site.origin}/api/v2/stations`, asPage)).status).toBe(404);
    expect((await fetch(`${site.origin}/..%2f..%2fetc%2fpasswd`)).status).not.toBe(500);
  });

  test('without a built console the page says what to do', async () => {
    expect(await (await fetch(`${api.origin}/`)).text()).toContain('not built');
  });
});
