import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { RawCharger, startGateway, type TestGateway, until } from './support/gateway.js';

let gateway: TestGateway;

beforeEach(async () => {
  gateway = await startGateway();
});

afterEach(() => gateway.ocpp.close());

/** How long a socket stays open that the gateway keeps open, and one that it closes, at most. */
const OPEN_MS = 40;
const CLOSED_MS = 30_000;

/** Sends an upgrade request as text and gives back what comes back. */
async function rawUpgrade(target: string, headers: string[] = [], openMs = OPEN_MS): Promise<Buffer> {
  const socket = connect(gateway.port, '127.0.0.1');
  const lines = [
    `GET ${target} HTTP/1.1`,
    'Host: x',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    ...headers,
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    if (Buffer.concat(chunks).includes(Buffer.from([0x03, 0xea]))) socket.end();
  });
  socket.on('error', () => {});
  await once(socket, 'data');
  const timer = setTimeout(() => socket.destroy(), openMs);
  await once(socket, 'close');
  clearTimeout(timer);
  return Buffer.concat(chunks);
}

const statusLine = async (target: string, headers?: string[]) =>
  (await rawUpgrade(target, headers)).toString('latin1').split('\r\n', 1)[0];

const OCPP16 = ['Sec-WebSocket-Protocol: ocpp1.6'];
const basic = (credentials: string | Buffer) => ({
  headers: { Authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
});

describe('identity in the path', () => {
  test.each([
    ['an escape is decoded once as UTF-8 (A-002)', '/ocpp/CP%20%C3%A4', 'CP ä'],
    ['a slash may be escaped (A-002)', '/ocpp/a%2Fb', 'a/b'],
    ['a doubly escaped percent sign stays one (A-002)', '/ocpp/a%2520b', 'a%20b'],
    ['empty segments are ignored (A-003, Q-04)', '//ocpp//CP1', 'CP1'],
    ['one trailing slash is ignored (A-003)', '/ocpp/CP1/', 'CP1'],
    ['the query is no identity (A-003)', '/ocpp/CP1?x=/CP9', 'CP1'],
    ['the prefix may carry a tenant (A-001)', '/ocpp/tenant/CP1', 'CP1'],
  ])('%s', async (_title, target, identity) => {
    gateway.edge.stations.set(identity, {});
    expect(await statusLine(target, OCPP16)).toBe('HTTP/1.1 101 Switching Protocols');
    expect(gateway.edge.attempts.at(-1)?.identity).toBe(identity);
  });

  test.each([
    ['a broken escape is a bad request (A-002)', '/ocpp/%E0%A4%A', 400],
    ['an escape that is not hexadecimal is a bad request (A-002)', '/ocpp/%ZZ', 400],
    ['bytes that are not UTF-8 are a bad request (A-002)', '/ocpp/%FF', 400],
    ['control characters are a bad request (A-004)', '/ocpp/a%00b', 400],
    ['more than 255 characters are a bad request (A-004)', `/ocpp/${'x'.repeat(256)}`, 400],
    ['an empty identity is not found (A-003)', '/ocpp/', 404],
    ['another path is not found', '/elsewhere/CP1', 404],
    ['an unknown station is not found (A-007)', '/ocpp/CP9', 404],
  ])('%s', async (_title, target, status) => {
    expect(await statusLine(target, OCPP16)).toMatch(`HTTP/1.1 ${status} `);
    const charger = await new RawCharger(`${gateway.url}/CP1`).open();
    expect(await charger.ask([2, '1', 'Heartbeat', {}])).toHaveLength(3);
  });
});

describe('Basic auth', () => {
  test('a wrong password is refused with a challenge (A-025)', async () => {
    gateway.edge.stations.set('CP1', { secret: 'right' });
    const answer = await rawUpgrade('/ocpp/CP1', [
      ...OCPP16,
      `Authorization: ${basic('CP1:wrong').headers.Authorization}`,
    ]);
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 401 Unauthorized\r\n/);
    expect(answer.toString()).toContain('WWW-Authenticate: Basic realm="ocpp"');
    expect(gateway.ocpp.counters.refused[401]).toBe(1);
  });

  test.each([
    ['a password may contain colons (A-021)', Buffer.from('a:b:c')],
    ['a password is bytes, not text (A-022)', Buffer.from([0, 0xff, 0x3a, 0x80, 0xfe])],
  ])('%s', async (_title, secret) => {
    gateway.edge.stations.set('CP1', { secret });
    const credentials = Buffer.concat([Buffer.from('CP1:'), secret]);
    await new RawCharger(`${gateway.url}/CP1`, ['ocpp1.6'], basic(credentials)).open();
    expect(gateway.ocpp.connections()).toBe(1);
  });

  test('an unreadable Authorization header counts as none', async () => {
    expect(await statusLine('/ocpp/CP1', [...OCPP16, 'Authorization: Basic %%%'])).toMatch(' 101 ');
    expect(gateway.edge.attempts.at(-1)?.basic).toBeUndefined();
  });
});

describe('subprotocol', () => {
  test.each([
    ['the first offered name that is spoken is chosen (A-010)', 'ocpp1.6, ocpp2.0.1', 'ocpp1.6'],
    ['the client decides about the order (A-010)', 'ocpp2.0.1,ocpp1.6', 'ocpp2.0.1'],
    ['unknown names are passed over (A-011)', 'ocpp0.1, ocpp1.6', 'ocpp1.6'],
    ['repeated and empty items do no harm (A-010)', 'ocpp1.6,, ocpp1.6', 'ocpp1.6'],
  ])('%s', async (_title, offered, chosen) => {
    const answer = await rawUpgrade('/ocpp/CP1', [`Sec-WebSocket-Protocol: ${offered}`]);
    expect(answer.toString('latin1')).toContain(`Sec-WebSocket-Protocol: ${chosen}\r\n`);
    await until(() => gateway.edge.connections.length === 1);
    expect(gateway.edge.connections[0]?.protocol).toBe(chosen);
  });

  test('several header lines are one list (A-010)', async () => {
    const answer = await rawUpgrade('/ocpp/CP1', [
      'Sec-WebSocket-Protocol: ocpp9',
      'Sec-WebSocket-Protocol: ocpp2.0.1',
    ]);
    expect(answer.toString('latin1')).toContain('Sec-WebSocket-Protocol: ocpp2.0.1\r\n');
  });

  test.each([
    ['none in common', ['Sec-WebSocket-Protocol: ocpp0.1']],
    ['none offered', []],
    ['another case', ['Sec-WebSocket-Protocol: OCPP1.6']],
    ['a historic name', ['Sec-WebSocket-Protocol: ocpp1.5, ocpp2.0']],
  ])(
    '%s: the handshake completes without one and the socket is closed with 1002 (A-012)',
    async (_title, headers) => {
      const answer = await rawUpgrade('/ocpp/CP1', headers, CLOSED_MS);
      const [head = ''] = answer.toString('latin1').split('\r\n\r\n', 1);
      expect(head).toMatch(/^HTTP\/1\.1 101 /);
      expect(head).not.toContain('Sec-WebSocket-Protocol');
      const close = answer.subarray(head.length + 4);
      expect(close[0]).toBe(0x88);
      expect(close.readUInt16BE(2)).toBe(1002);
      expect(gateway.edge.connections).toEqual([]);
    },
  );

  test('the station may be restricted to versions (A-014)', async () => {
    gateway.edge.stations.set('CP1', { protocols: ['ocpp2.0.1'] });
    const charger = await new RawCharger(`${gateway.url}/CP1`, ['ocpp1.6', 'ocpp2.0.1']).open();
    expect(charger.socket.protocol).toBe('ocpp2.0.1');
  });

  test('a charger that offers nothing is served as the version that its quirk names, and is answered no name (A-013, A-015, Q-01)', async () => {
    gateway.edge.stations.set('CP1', { quirks: ['assume_subprotocol=ocpp1.6'] });
    const charger = await new RawCharger(`${gateway.url}/CP1`, []).open();
    expect(charger.socket.protocol).toBe('');
    expect(await charger.ask([2, '1', 'Heartbeat', {}])).toEqual([
      3,
      '1',
      { currentTime: expect.any(String) },
    ]);
  });

  test('compression is negotiated with OCPP 2.0.1 and not with 1.6 (A-051)', async () => {
    const old = await new RawCharger(`${gateway.url}/CP1`, ['ocpp1.6']).open();
    const young = await new RawCharger(`${gateway.url}/CP2`, ['ocpp2.0.1']).open();
    expect(old.socket.extensions).toBe('');
    expect(young.socket.extensions).toContain('permessage-deflate');
  });
});

describe('limits of the listener', () => {
  test('a plain HTTP request is told to upgrade', async () => {
    expect((await fetch(`http://127.0.0.1:${gateway.port}/ocpp/CP1`)).status).toBe(426);
  });

  test('HTTP/1.0 and names of headers in any case are served (A-050)', async () => {
    const socket = connect(gateway.port, '127.0.0.1');
    socket.on('error', () => {});
    const headers = ['HOST: x', 'UPGRADE: websocket', 'connection: upgrade', 'sec-websocket-version: 13'];
    const rest = ['SEC-WEBSOCKET-KEY: AAAAAAAAAAAAAAAAAAAAAA==', 'Sec-WebSocket-Protocol: ocpp1.6', '', ''];
    socket.write(['GET /ocpp/CP1 HTTP/1.0', ...headers, ...rest].join('\r\n'));
    const [answer] = await once(socket, 'data');
    socket.destroy();
    expect(String(answer)).toMatch(/^HTTP\/1\.1 101 /);
  });

  test('garbage instead of HTTP is a bad request', async () => {
    const socket = connect(gateway.port, '127.0.0.1');
    socket.write('garbage\r\n\r\n');
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1\.1 400 /);
  });

  test('more connection attempts than allowed are asked to come back (A-058)', async () => {
    const small = await startGateway({ upgradesPerSecond: 1, upgradeBurst: 1 });
    const first = await new RawCharger(`${small.url}/CP1`).open();
    const second = new RawCharger(`${small.url}/CP2`);
    const [, response] = await once(second.socket, 'unexpected-response');
    expect(response.statusCode).toBe(503);
    expect(Number(response.headers['retry-after'])).toBeGreaterThan(0);
    first.socket.close();
    await small.ocpp.close();
  });

  test('a core that cannot judge makes the charger come back', async () => {
    gateway.edge.admit = async () => {
      throw new Error('database down');
    };
    expect(await statusLine('/ocpp/CP1', OCPP16)).toMatch(' 503 ');
  });

  test('a core that takes too long makes the charger come back', async () => {
    const impatient = await startGateway({ admissionTimeoutMs: 20 });
    impatient.edge.admit = () => new Promise(() => {});
    const charger = new RawCharger(`${impatient.url}/CP1`);
    const [, response] = await once(charger.socket, 'unexpected-response');
    expect(response.statusCode).toBe(503);
    await impatient.ocpp.close();
  });
});
