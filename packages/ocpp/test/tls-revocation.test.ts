import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import { createOcppEdge, type OcppEdge, type RevocationPolicy, type TlsMaterial } from '../src/index.js';
import { type Authority, createAuthority, type Issued, type Wanted } from './support/authority.js';
import { realClock, silentLog, until } from './support/gateway.js';
import { RecordingEdge } from './support/recording-edge.js';

const DAY_MS = 86_400_000;
const REVOKED = 'not trusted (CERT_REVOKED)';

let authority: Authority;
let stranger: Authority;
let server: Issued;
let responder: Server;
let responderUrl: string;
let asked = 0;
let answer: (request: Buffer) => Promise<Buffer> | undefined;
let later = 0;
let edge: RecordingEdge;
let ocpp: OcppEdge;

beforeAll(async () => {
  [authority, stranger] = await Promise.all([createAuthority('Charging CA'), createAuthority('Charging CA')]);
  server = await authority.issue({ subject: '/CN=localhost', usage: 'serverAuth', to: 90 });
  responder = createServer(async (request, response) => {
    asked += 1;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = await answer(Buffer.concat(chunks));
    if (body) response.end(body);
    else response.writeHead(503).end();
  });
  responder.listen(0, '127.0.0.1');
  await once(responder, 'listening');
  const address = responder.address();
  responderUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/ocsp`;
});

afterAll(() => {
  responder?.close();
  authority?.dispose();
  stranger?.dispose();
});

beforeEach(() => {
  asked = 0;
  later = 0;
  answer = (request) => authority.respond(request);
  edge = new RecordingEdge();
  edge.stations.set('CP1', {});
});

afterEach(() => ocpp.close());

async function start(revocation: RevocationPolicy, clientCrl?: string): Promise<void> {
  const material: TlsMaterial = {
    certificates: [server.cert],
    keys: [server.key],
    clientCa: readFileSync(authority.caFile, 'utf8'),
    ...(clientCrl === undefined ? {} : { clientCrl: [readFileSync(clientCrl, 'utf8')] }),
  };
  const clock = { ...realClock, now: () => Date.now() + later };
  const tls = { port: 0, load: () => material, revocation };
  ocpp = createOcppEdge({ edge, clock, log: silentLog, port: 0, host: '127.0.0.1', tls });
  port = (await ocpp.listen()).tlsPort ?? 0;
}

let port: number;

/** Why the edge does not believe the certificate; undefined = it does. */
async function faultOf({ cert, key }: Issued): Promise<string | undefined> {
  const before = edge.attempts.length;
  const socket = new WebSocket(`wss://127.0.0.1:${port}/ocpp/CP1`, ['ocpp1.6'], {
    rejectUnauthorized: false,
    ...{ cert, key },
  });
  socket.on('error', () => undefined);
  await until(() => edge.attempts.length > before);
  socket.terminate();
  return edge.attempts.at(-1)?.certificate?.fault;
}

const issue = (more: Partial<Wanted> = {}) =>
  authority.issue({ subject: '/O=Tidal/CN=CP1', responder: responderUrl, ...more });

describe('T-TLS-2: OCSP responders of client certificates (A-040)', () => {
  const soft = { askResponders: true, whenUnknown: 'accept' } as const;
  const strict = { askResponders: true, whenUnknown: 'refuse' } as const;

  test('good is good, and asked once in a while only', async () => {
    await start(strict);
    const issued = await issue();
    expect([await faultOf(issued), await faultOf(issued)]).toEqual([undefined, undefined]);
    expect(asked).toBe(1);
  });

  test('good turns into revoked', async () => {
    await start(soft);
    const issued = await issue();
    expect(await faultOf(issued)).toBeUndefined();
    await authority.revoke(issued);
    later = 6 * 60_000;
    expect(await faultOf(issued)).toBe('not trusted (revoked, says its OCSP responder)');
  });

  const by = (respond: typeof answer) => () => {
    answer = respond;
  };
  const silences: [string, () => void, boolean][] = [
    ['a responder that is down', by(() => undefined), true],
    ['a responder that answers nonsense', by(async () => Buffer.from('nonsense')), true],
    ['an answer that somebody else signed', by((ask) => authority.respond(ask, { signer: stranger })), true],
    ['a responder that does not know it', by((ask) => authority.respond(ask, { books: stranger })), true],
    [
      'an answer that is out of date',
      () => {
        later = 2 * DAY_MS;
      },
      true,
    ],
    ['a certificate that names no responder', () => {}, false],
  ];
  test.each(silences)('%s: soft goes on and tells a person, strict refuses', async (_title, set, named) => {
    const subject = '/O=Tidal/CN=CP1';
    const issued = named ? await issue() : await authority.issue({ subject });
    set();
    await start(soft);
    expect(await faultOf(issued)).toBeUndefined();
    expect(edge.attention).toMatchObject([{ kind: 'revocation-unknown' }]);
    await ocpp.close();
    await start(strict);
    expect(await faultOf(issued)).toBe('revocation not known (an OCSP responder gives no answer)');
  });

  test('nobody is asked about a certificate of somebody else (S10)', async () => {
    await start(soft);
    expect(
      await faultOf(await stranger.issue({ subject: '/O=Tidal/CN=CP1', responder: responderUrl })),
    ).toMatch('not trusted');
    expect(asked).toBe(0);
  });
});

describe('T-TLS-2: revocation lists (A-040)', () => {
  const policy = (whenUnknown: RevocationPolicy['whenUnknown']) => ({ askResponders: false, whenUnknown });

  test('one that is out of date: soft goes on and tells a person, strict refuses; a revoked one stays out', async () => {
    const issued = await issue();
    const revoked = await issue();
    await authority.revoke(revoked);
    await start(policy('accept'), await authority.list(-1));
    expect([await faultOf(issued), await faultOf(revoked)]).toEqual([undefined, REVOKED]);
    expect(edge.attention).toMatchObject([{ kind: 'revocation-unknown' }]);
    await ocpp.close();
    await start(policy('refuse'), await authority.list(-1));
    expect(await faultOf(issued)).toBe('revocation not known (a revocation list is out of date)');
  });

  test('that a certificate has expired does not hide that it was revoked (A-043)', async () => {
    const expired = await issue({ from: -9, to: -1 });
    const both = await issue({ from: -9, to: -1 });
    await authority.revoke(both);
    await start(policy('accept'), await authority.list());
    expect([await faultOf(expired), await faultOf(both)]).toEqual([undefined, REVOKED]);
  });

  test('nor does an old list hide that nobody knows its authority', async () => {
    await start(policy('accept'), await authority.list(-1));
    const forged = await stranger.issue({ subject: '/O=Tidal/CN=CP1' });
    expect(await faultOf(forged)).toMatch(/^not trusted \(/);
  });
});
