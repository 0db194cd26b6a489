import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { run } from '../src/run.js';
import { readSettings } from '../src/settings.js';
import { lastMonth } from '../src/what-if.js';

interface Seen {
  method: string;
  url: string;
  authorization: string | undefined;
  body: unknown;
}

let server: Server;
let url: string;
let seen: Seen[];
let answers: Record<string, { status?: number; body: unknown }>;
let dir: string;

beforeEach(async () => {
  seen = [];
  answers = {};
  dir = await mkdtemp(join(tmpdir(), 'cli-'));
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      seen.push({
        method,
        url: path,
        authorization: headers.authorization,
        body: text === '' ? null : JSON.parse(text),
      });
      const answer = answers[`${method} ${path}`] ?? {
        status: 404,
        body: { title: 'Not found', detail: path },
      };
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' });
      response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(dir, { recursive: true });
});

async function cli(args: string[], env: Record<string, string> = { OPERATOR_TOKEN: 'secret' }) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await run(args, {
    env: { OPERATOR_URL: url, DATA_DIR: dir, ...env },
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

const stationOne = {
  id: 'CP-1',
  connected: true,
  connected_since: '2026-01-01T10:00:00Z',
  protocol: 'ocpp1.6',
  evses: [{ evse_id: 1, status: 'CHARGING', connectors: [{ raw_status: 'SuspendedEV' }] }],
  open_transactions: ['17'],
};

/** An address on which nothing listens. */
async function freeAddress(): Promise<string> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return `http://127.0.0.1:${port}`;
}

describe('command line of the operator', () => {
  test('stations are read page by page and shown as a table', async () => {
    answers['GET /api/v1/stations?limit=500'] = { body: { items: [stationOne], next_cursor: 'n' } };
    answers['GET /api/v1/stations?limit=500&cursor=n'] = {
      body: { items: [{ id: 'CP-2' }], next_cursor: null },
    };
    const { code, out } = await cli(['stations']);
    expect(code).toBe(0);
    expect(out.split('\n')[0]).toMatch(/^ID +STATE +SINCE +PROTOCOL/);
    expect(out).toMatch(/CP-1 +connected .*1 CHARGING \(SuspendedEV\) +1$/m);
    expect(out).toMatch(/CP-2 +not connected/);
    expect(seen[0]?.authorization).toBe('Bearer secret');
  });

  test('--json prints what the gateway answered', async () => {
    answers['GET /api/v1/stations/CP%201'] = { body: stationOne };
    const { out } = await cli(['--json', 'station', 'CP 1']);
    expect(JSON.parse(out)).toEqual(stationOne);
  });

  test('what-if prices a span page by page and sums the amounts exactly', async () => {
    const file = join(dir, 'tariff.json');
    const tariff = { country_code: 'DE', party_id: 'RBG', id: 'T2', currency: 'EUR', elements: [{}] };
    await writeFile(file, JSON.stringify(tariff));
    const cost = (excl_vat: number) => ({ currency: 'EUR', total_cost: { excl_vat } });
    const path = 'POST /api/v1/tariffs/what-if?limit=100';
    answers[path] = {
      body: {
        items: [
          { cdr_id: 'C2', station_id: 'CP-1', total_energy: 2, billed: cost(0.1), what_if: cost(0.2) },
          { cdr_id: 'C1', station_id: 'CP-1', total_energy: 1, unpriceable: 'elements: is empty' },
        ],
        next_cursor: 'n',
      },
    };
    answers[`${path}&cursor=n`] = {
      body: { items: [{ cdr_id: 'C0', billed: cost(0.2), what_if: cost(0.1001) }], next_cursor: null },
    };
    const span = ['--from', '2026-01-01T00:00:00Z', '--to', '2026-02-01T00:00:00Z'];
    const { code, out } = await cli(['tariff', 'what-if', file, ...span]);
    expect(code).toBe(0);
    expect(out).toMatch(/C2 +CP-1 .*0\.1 EUR +0\.2 EUR/);
    expect(out).toContain('elements: is empty');
    expect(out).toContain(
      '2 sessions: billed 0.3 EUR, with this tariff 0.3001 EUR (+0.0001, +0.0 %), without taxes',
    );
    expect(out).toContain('1 sessions are not compared');
    expect(seen[0]?.body).toEqual({ tariff, from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' });
    await writeFile(file, JSON.stringify([tariff, tariff]));
    expect((await cli(['tariff', 'what-if', file])).err).toContain('must hold one tariff');
  });

  test('the span is last month unless another one is named', () => {
    expect(lastMonth(new Date('2026-01-15T12:00:00Z'))).toEqual({
      from: '2025-12-01T00:00:00Z',
      to: '2026-01-01T00:00:00Z',
    });
  });

  test('a call sends its payload; an outcome other than result ends with 1', async () => {
    const path = 'POST /api/v1/stations/CP-1/ocpp/Reset';
    answers[path] = { body: { message_id: 'm', outcome: 'result', payload: { status: 'Accepted' } } };
    const done = await cli(['call', 'CP-1', 'Reset', '{"type":"Soft"}']);
    expect(done).toMatchObject({ code: 0, out: expect.stringContaining('{"status":"Accepted"}') });
    expect(seen[0]?.body).toEqual({ type: 'Soft' });
    answers[path] = { body: { message_id: null, outcome: 'not_connected' } };
    expect(await cli(['call', 'CP-1', 'Reset'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('not_connected'),
    });
    expect(await cli(['call', 'CP-1', 'Reset', '{'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('not JSON'),
    });
  });

  test('frames, sessions, CDRs, attention and partners are listed', async () => {
    const list = (items: unknown[]) => ({ body: { items, next_cursor: null } });
    answers['GET /api/v1/stations/CP-1/frames?action=Heartbeat&limit=5'] = list([
      { direction: 'in', raw: '[2,"\u001b[2J"]' },
    ]);
    answers['GET /api/v1/sessions?limit=50'] = list([
      { id: 'S1', kwh: 7.1, total_cost: { excl_vat: 2 }, currency: 'EUR' },
    ]);
    answers['GET /api/v1/cdrs?limit=50'] = list([
      { id: 'C1', hold: 'NO_TARIFF' },
      { id: 'C2', delivery: { state: 'acknowledged' } },
    ]);
    answers['GET /api/v1/attention?limit=50'] = list([]);
    answers['GET /api/v1/partners'] = list([{ id: 'p-1', name: 'MSP', paused: true, backlog: 3 }]);
    const frames = await cli(['frames', 'CP-1', '--action', 'Heartbeat', '--limit', '5']);
    expect(frames.out).toContain('\\x1b[2J');
    expect((await cli(['sessions'])).out).toMatch(/S1 .*7\.1 +2 EUR/);
    expect((await cli(['cdrs'])).out).toMatch(/C1 .*held: NO_TARIFF[\s\S]*C2 .*acknowledged/);
    expect((await cli(['attention'])).out).toBe('(none)');
    expect((await cli(['partners'])).out).toMatch(/p-1 +MSP .*paused +3/);
  });

  test('a partner is invited, and a sign-in link is made', async () => {
    answers['POST /api/v1/partners'] = {
      body: { id: 'p', registration_token: 'TOKEN_A', versions_url: 'http://g/v' },
    };
    answers['POST /api/v1/sign-in-links'] = {
      body: { url: 'http://c/sign-in?code=1', expires_in_seconds: 600 },
    };
    expect((await cli(['partner', 'invite', 'MSP'])).out).toMatch(/http:\/\/g\/v[\s\S]*TOKEN_A/);
    expect((await cli(['sign-in'])).out).toContain('http://c/sign-in?code=1');
    expect(seen[0]?.body).toEqual({ name: 'MSP' });
  });

  test('a station is put, and the pointer of a refusal is shown', async () => {
    answers['PUT /api/v1/stations/CP-1'] = {
      status: 422,
      body: { title: 'Broken rule', detail: 'no', errors: [{ pointer: '/password', detail: 'too short' }] },
    };
    const { code, err } = await cli(['put-station', 'CP-1', '--profile', '1', '--password', 'x']);
    expect(code).toBe(1);
    expect(err).toContain('/password: too short');
    expect(seen[0]?.body).toEqual({ security_profile: 1, password: 'x' });
  });

  test('locations and tariffs of files are put under their keys', async () => {
    const tariff = { country_code: 'DE', party_id: 'RBG', id: 'T 1', elements: [] };
    const location = { country_code: 'DE', party_id: 'RBG', id: 'L1', coordinates: {} };
    await writeFile(join(dir, 'both.json'), JSON.stringify([tariff, location]));
    await writeFile(join(dir, 'other.json'), '{"id":"x"}');
    answers['PUT /api/v1/tariffs/DE/RBG/T%201'] = { body: tariff };
    answers['PUT /api/v1/locations/DE/RBG/L1'] = { body: location };
    const { code, out } = await cli(['put', join(dir, 'both.json')]);
    expect({ code, out }).toEqual({ code: 0, out: 'stored tariffs/DE/RBG/T 1\nstored locations/DE/RBG/L1' });
    expect(await cli(['put', join(dir, 'other.json')])).toMatchObject({
      code: 1,
      err: expect.stringContaining('neither'),
    });
    expect(await cli(['put', join(dir, 'gone.json')])).toMatchObject({
      code: 1,
      err: expect.stringContaining('gone.json'),
    });
  });

  test('the token comes from the file in DATA_DIR when the environment has none', async () => {
    answers['GET /api/v1/partners'] = { body: { items: [] } };
    expect(await cli(['partners'], {})).toMatchObject({
      code: 1,
      err: expect.stringContaining('OPERATOR_TOKEN'),
    });
    await writeFile(join(dir, 'operator-token'), 'from-file\n');
    expect((await cli(['partners'], {})).code).toBe(0);
    expect(seen[0]?.authorization).toBe('Bearer from-file');
  });

  test('without OPERATOR_URL the gateway is where its own settings say', () => {
    const url = (env: Record<string, string>) => readSettings({ OPERATOR_TOKEN: 'x', ...env }).url;
    expect(url({})).toBe('http://127.0.0.1:8081');
    expect(url({ OPERATOR_PORT: '9081' })).toBe('http://127.0.0.1:9081');
    expect(url({ OPERATOR_HOST: '0.0.0.0', OPERATOR_URL: '' })).toBe('http://127.0.0.1:8081');
    expect(url({ OPERATOR_HOST: 'gw.example', OPERATOR_PORT: '1' })).toBe('http://gw.example:1');
  });

  test('what goes wrong is told in one line with exit code 1', async () => {
    const env = { OPERATOR_TOKEN: 'x', OPERATOR_URL: await freeAddress() };
    expect(await cli(['partners'], env)).toMatchObject({
      code: 1,
      err: expect.stringContaining('cannot be reached: ECONNREFUSED'),
    });
    expect(await cli(['partners'], { ...env, OPERATOR_URL: 'ftp://x' })).toMatchObject({ code: 1 });
    answers['GET /api/v1/partners'] = { status: 401, body: { title: 'Sign-in needed', detail: 'not valid' } };
    expect(await cli(['partners'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('OPERATOR_TOKEN'),
    });
    answers['GET /api/v1/partners'] = { body: '<html>' };
    expect(await cli(['partners'])).toMatchObject({ code: 1, err: expect.stringContaining('not JSON') });
    expect(await cli(['fly'])).toMatchObject({ code: 1, err: expect.stringContaining('unknown command') });
    expect(await cli(['cdrs', '--limit', 'x'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('whole number'),
    });
    expect((await cli(['--help'])).code).toBe(0);
  });
});

test("the operator's own cards are stored, listed and forgotten", async () => {
  answers['PUT /api/v1/local-tokens/04DD'] = { status: 201, body: { uid: '04DD', type: 'RFID' } };
  answers['DELETE /api/v1/local-tokens/04DD'] = { status: 204, body: '' };
  const put = await cli(['put-local-token', '04DD', '--blocked', '--group', 'STAFF']);
  expect(put).toMatchObject({ code: 0 });
  expect(put.out).toContain('card 04DD is stored');
  expect(seen[0]?.body).toEqual({ type: 'RFID', blocked: true, group_id: 'STAFF' });
  expect(await cli(['remove-local-token', '04DD'])).toMatchObject({ code: 0 });
});
