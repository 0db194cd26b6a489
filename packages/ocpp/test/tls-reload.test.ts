import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Clock } from '@roambridge/core';
import { WebSocket } from 'ws';
import { createOcppEdge, type OcppEdge, type TlsMaterial } from '../src/index.js';
import { pairCertificates } from '../src/tls/pair-certificates.js';
import { type Authority, createAuthority, type Issued } from './support/authority.js';
import { realClock } from './support/gateway.js';
import { RecordingEdge } from './support/recording-edge.js';

const SOCKETS = 1_000;
const AT_A_TIME = 50;
const DAY_MS = 86_400_000;

let authority: Authority;
let first: Issued;
let second: Issued;
let charger: Issued;
let material: TlsMaterial;
let ocpp: OcppEdge;
let port: number;
let later = 0;
const warnings: string[] = [];
const errors: string[] = [];
const edge = new RecordingEdge();
const clock: Clock = { ...realClock, now: () => Date.now() + later };

beforeAll(async () => {
  authority = await createAuthority('Charging CA');
  [first, second, charger] = await Promise.all([
    authority.issue({ subject: '/CN=first', usage: 'serverAuth' }),
    authority.issue({ subject: '/CN=second', usage: 'serverAuth', to: 60 }),
    authority.issue({ subject: '/O=Tidal/CN=CP1' }),
  ]);
  material = {
    certificates: [first.cert],
    keys: [first.key],
    clientCa: readFileSync(authority.caFile, 'utf8'),
    clientCrl: [readFileSync(await authority.list(), 'utf8')],
  };
  const log = {
    debug() {},
    info() {},
    warn: (_fields: unknown, message: string) => void warnings.push(message),
    error: (_fields: unknown, message: string) => void errors.push(message),
  };
  const tls = { port: 0, load: () => material };
  ocpp = createOcppEdge({ edge, clock, log, port: 0, host: '127.0.0.1', tls });
  port = (await ocpp.listen()).tlsPort ?? 0;
});

afterAll(async () => {
  await ocpp?.close();
  authority?.dispose();
});

const url = (id: string) => `wss://127.0.0.1:${port}/ocpp/${id}`;

function openSocket(id: string, options: { cert?: string; key?: string } = {}): WebSocket {
  const socket = new WebSocket(url(id), ['ocpp1.6'], { rejectUnauthorized: false, ...options });
  socket.on('error', () => undefined);
  return socket;
}

async function shownCertificate(): Promise<string> {
  const socket: TLSSocket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const { subject } = socket.getPeerCertificate();
  socket.destroy();
  return subject.CN;
}

test('T-TLS-3: a certificate is replaced under 1,000 open sockets, and the next handshake shows the new one', async () => {
  const sockets: WebSocket[] = [];
  let closed = 0;
  for (let at = 0; at < SOCKETS; at += AT_A_TIME) {
    const batch = Array.from({ length: AT_A_TIME }, (_, n) => {
      const id = `STATION-${at + n}`;
      edge.stations.set(id, {});
      const socket = openSocket(id);
      socket.on('close', () => {
        closed += 1;
      });
      return socket;
    });
    await Promise.all(batch.map((socket) => once(socket, 'open')));
    sockets.push(...batch);
  }
  expect(await shownCertificate()).toBe('first');
  material = { ...material, certificates: [second.cert], keys: [second.key] };
  ocpp.reloadCertificates();
  expect(await shownCertificate()).toBe('second');
  const answers = sockets.map((socket) => once(socket, 'message'));
  for (const socket of sockets) socket.send('[2,"1","Heartbeat",{}]');
  expect((await Promise.all(answers)).length).toBe(SOCKETS);
  expect({ closed, connections: ocpp.connections() }).toEqual({ closed: 0, connections: SOCKETS });
  for (const socket of sockets) socket.terminate();
});

test('T-TLS-3: files that do not belong together change nothing', async () => {
  const good = material;
  material = { ...material, certificates: [first.cert] };
  ocpp.reloadCertificates();
  expect(errors).toContain('new certificates for chargers cannot be used; the present ones stay');
  expect(await shownCertificate()).toBe('second');
  material = good;
  ocpp.reloadCertificates();
});

test('T-TLS-3: the end of a certificate is told 30, 14 and 3 days before, once each', () => {
  warnings.length = 0;
  for (const days of [20, 31, 31, 47, 58, 61]) {
    later = days * DAY_MS;
    ocpp.reloadCertificates();
  }
  later = 0;
  expect(warnings.map((text) => text.replace(/ \(.*/, ''))).toEqual([
    'the certificate for chargers ends in 29 days',
    'the certificate for chargers ends in 13 days',
    'the certificate for chargers ends in 2 days',
    'the certificate for chargers has expired',
  ]);
});

test('T-TLS-2: a certificate that is revoked meanwhile closes the door, also to a resumed session (A-040)', async () => {
  const faultOf = async () => {
    const socket = openSocket('CP1', charger);
    await once(socket, 'open');
    socket.terminate();
    return edge.attempts.at(-1)?.certificate?.fault;
  };
  edge.stations.set('CP1', {});
  let session: Buffer | undefined;
  const before = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false, ...charger });
  before.on('session', (ticket: Buffer) => {
    session = ticket;
  });
  await once(before, 'session');
  before.destroy();
  expect(await faultOf()).toBeUndefined();
  material = { ...material, clientCrl: [readFileSync(await authority.revoke(charger), 'utf8')] };
  ocpp.reloadCertificates();
  expect(await faultOf()).toBe('not trusted (CERT_REVOKED)');
  const resumed = connectTls({
    ...{ port, host: '127.0.0.1', rejectUnauthorized: false, ...charger },
    ...(session === undefined ? {} : { session }),
  });
  await once(resumed, 'secureConnect');
  expect(resumed.isSessionReused()).toBe(false);
  resumed.destroy();
});

test('keys and certificates find each other in any order, and no root is sent (A-032)', async () => {
  const root = readFileSync(authority.caFile, 'utf8');
  const rsa = await authority.issue({ subject: '/CN=rsa', key: 'rsa', usage: 'serverAuth' });
  const pairs = pairCertificates([`${root}${rsa.cert}`, first.cert], [first.key, rsa.key]);
  expect(pairs.map(({ leaf }) => leaf.subject)).toEqual(['CN=first', 'CN=rsa']);
  expect(pairs.map(({ chain }) => chain.match(/BEGIN/g)?.length)).toEqual([1, 1]);
  expect(new X509Certificate(pairs[1]?.chain ?? '').subject).toBe('CN=rsa');
  expect(() => pairCertificates([first.cert], [rsa.key])).toThrow('belongs to none');
  expect(() => pairCertificates([], [rsa.key])).toThrow('no certificate');
  const weak = await authority.issue({ subject: '/CN=weak', key: 'rsa-weak' });
  expect(() => pairCertificates([weak.cert], [weak.key])).toThrow('too weak: RSA key of 1024 bits');
});
