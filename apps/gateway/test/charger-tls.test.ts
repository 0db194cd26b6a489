import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  type Authority,
  createAuthority,
  type Issued,
  probe,
  type Wanted,
} from '../../../packages/ocpp/test/support/authority.js';
import { startTestGateway, type TestGateway } from './support/test-gateway.js';
import { type Attempt, statusOf } from './support/upgrade.js';

const OPERATOR = 'Tidal Charging';
const PASSWORD = 'correct:horse:battery';

let authority: Authority;
let stranger: Authority;
let world: TestGateway;
let plain: string;
let tls: string;
let port: number;

beforeAll(async () => {
  [authority, stranger] = await Promise.all([createAuthority('Charging CA'), createAuthority('Another CA')]);
  const [rsa, ecdsa] = await Promise.all([
    authority.issue({ subject: '/O=Gateway/CN=localhost', key: 'rsa', usage: 'serverAuth' }),
    authority.issue({ subject: '/O=Gateway/CN=localhost', usage: 'serverAuth' }),
  ]);
  world = await startTestGateway({
    OCPP_TLS_PORT: '0',
    OCPP_TLS_CERT: `${rsa.certFile},${ecdsa.certFile}`,
    OCPP_TLS_KEY: `${ecdsa.keyFile},${rsa.keyFile}`,
    OCPP_TLS_CLIENT_CA: authority.caFile,
    OCPP_TLS_CLIENT_CRL: await authority.list(),
    OCPP_TLS_CLIENT_O: OPERATOR,
  });
  plain = world.gateway.urls.ocpp;
  tls = world.gateway.urls.ocppTls ?? '';
  port = Number(new URL(tls).port);
  for (const profile of [0, 1, 2, 3]) {
    await world.operator.put(`/stations/P${profile}`, {
      security_profile: profile,
      ...(profile === 0 ? {} : { password: PASSWORD }),
    });
  }
  // Guesses are limited, but not those from where the station itself comes.
  const issued = await authority.issue({ subject: `/O=${OPERATOR}/CN=P3` });
  expect(await statusOf({ url: `${tls}P3`, cert: issued.cert, key: issued.key })).toBe(101);
  for (const id of ['P1', 'P2']) {
    expect(await statusOf({ url: `${tls}${id}`, user: id, password: PASSWORD })).toBe(101);
  }
  await world.operator.put('/stations/OTHER', { security_profile: 1, password: 'other-password-000' });
});

afterAll(async () => {
  await world?.stop();
  authority?.dispose();
  stranger?.dispose();
});

describe('T-TLS-1: protocols and suites, by openssl', () => {
  const tls12 = (suite: string) => ['-tls1_2', '-cipher', suite];
  test.each([
    ['TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 (A-031)', tls12('ECDHE-ECDSA-AES128-GCM-SHA256')],
    ['TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 (A-031)', tls12('ECDHE-ECDSA-AES256-GCM-SHA384')],
    ['TLS_RSA_WITH_AES_128_GCM_SHA256 (A-031)', tls12('AES128-GCM-SHA256')],
    ['TLS_RSA_WITH_AES_256_GCM_SHA384 (A-031)', tls12('AES256-GCM-SHA384')],
    ['ECDHE with the RSA certificate (A-031)', tls12('ECDHE-RSA-AES128-GCM-SHA256')],
    ['TLS 1.3 (A-030)', ['-tls1_3']],
  ])('%s is spoken, without compression', async (_title, args) => {
    const { made, output } = await probe(port, ...args);
    expect({ made, output }).toMatchObject({ made: true });
    expect(output).toContain('Compression: NONE');
  });

  test.each([
    ['TLS 1.0 (A-030, TC_086)', ['-tls1', '-cipher', 'ALL:@SECLEVEL=0']],
    ['TLS 1.1 (A-030, TC_A_06)', ['-tls1_1', '-cipher', 'ALL:@SECLEVEL=0']],
    ['AES-CBC with SHA-1', tls12('AES128-SHA:@SECLEVEL=0')],
    ['ECDHE with AES-CBC', tls12('ECDHE-RSA-AES128-SHA256:ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0')],
    ['no encryption at all', tls12('NULL:@SECLEVEL=0')],
  ])('%s is refused', async (_title, args) => {
    expect(await probe(port, ...args)).toMatchObject({ made: false });
  });

  test('an ECDSA and an RSA certificate are served on one port (A-031)', async () => {
    const key = async (suite: string) =>
      /Server public key is (\d+) bit/.exec((await probe(port, ...tls12(suite))).output)?.[1];
    expect(await key('ECDHE-ECDSA-AES128-GCM-SHA256')).toBe('256');
    expect(await key('ECDHE-RSA-AES128-GCM-SHA256')).toBe('2048');
  });

  test('a charger that sends no server name is served (A-032)', async () => {
    expect(await probe(port, '-noservername', '-tls1_2')).toMatchObject({ made: true });
  });
});

describe('T-TLS-2: which client certificate opens the door (A-040..A-043, S24)', () => {
  const subject = `/O=${OPERATOR}/CN=P3`;
  const refused: [string, Wanted, string][] = [
    ['that of another station', { subject: `/O=${OPERATOR}/CN=P2` }, 'CN is "P2"'],
    ['a CN that begins with the identity', { subject: `/O=${OPERATOR}/CN=P3-evil` }, 'CN is "P3-evil"'],
    ['a CN that ends with the identity', { subject: `/O=${OPERATOR}/CN=evil-P3` }, 'CN is "evil-P3"'],
    ['a CN that looks alike', { subject: `/O=${OPERATOR}/CN=Р3` }, 'CN is "Р3"'],
    ['two CNs of which one is right', { subject: `/O=${OPERATOR}/CN=P3/CN=P2` }, 'CN is missing'],
    ['another organization (A-041)', { subject: '/O=Tidal/CN=P3' }, 'O is "Tidal"'],
    ['no organization (A-041)', { subject: '/CN=P3' }, 'O is missing'],
    ['an expired one (A-043)', { subject, from: -10, to: -1 }, 'expired'],
    ['one that is not valid yet', { subject, from: 1 }, 'CERT_NOT_YET_VALID'],
    ['no purpose', { subject, usage: 'none' }, 'not made for client authentication'],
    ['the purpose of a server', { subject, usage: 'serverAuth' }, 'INVALID_PURPOSE'],
    ['an RSA key of 1024 bits', { subject, key: 'rsa-weak' }, '1024'],
    ['one that it signed itself', { subject, signedBy: 'itself' }, 'not trusted'],
  ];

  const reasonOf = async (id: string) =>
    (await world.operator.list('/unknown-stations')).find((entry) => entry.id === id)?.reason;

  test.each(refused)('%s does not', async (_title, wanted, reason) => {
    expect(await present(await authority.issue(wanted))).toBe(401);
    expect(await reasonOf('P3')).toContain(reason);
  });

  test('one of another authority does not', async () => {
    expect(await present(await stranger.issue({ subject }))).toBe(401);
    expect(await present(await stranger.issue({ subject, from: -10, to: -1 }))).toBe(401);
  });

  test('none does not, whatever the password', async () => {
    expect(await statusOf({ url: `${tls}P3`, user: 'P3', password: PASSWORD })).toBe(401);
  });

  test.each(['ec', 'rsa'] as const)('its own does (%s)', async (key) => {
    expect(await present(await authority.issue({ subject, key }))).toBe(101);
  });

  test('a station may have another CN, and its own is no longer any (A-042)', async () => {
    await world.operator.put('/stations/P3CN', { security_profile: 3, certificate_cn: 'SN-77' });
    const issued = await authority.issue({ subject: `/O=${OPERATOR}/CN=SN-77` });
    expect(await present(issued, 'P3CN')).toBe(101);
    expect(await present(await authority.issue({ subject: `/O=${OPERATOR}/CN=P3CN` }), 'P3CN')).toBe(401);
  });

  async function present({ cert, key }: Issued, identity = 'P3'): Promise<number> {
    return statusOf({ url: `${tls}${identity}`, cert, key });
  }
});

describe('who gets in, by security profile (A-006, A-020, S1)', () => {
  let right: Record<string, Issued>;
  beforeAll(async () => {
    const issue = (cn: string) => authority.issue({ subject: `/O=${OPERATOR}/CN=${cn}` });
    const [P0, P1, P2, P3] = await Promise.all(['P0', 'P1', 'P2', 'P3'].map(issue));
    right = { P0, P1, P2, P3 } as Record<string, Issued>;
  });

  const who: Record<string, (id: string) => Partial<Attempt>> = {
    'no credentials': () => ({}),
    'a wrong password': (id) => ({ user: id, password: 'wrong-password-000' }),
    'the password of another station': (id) => ({ user: id, password: 'other-password-000' }),
    'another station’s user and password': () => ({ user: 'OTHER', password: 'other-password-000' }),
    'the right password': (id) => ({ user: id, password: PASSWORD }),
    'the certificate of another station': (id) => pem(right[id === 'P3' ? 'P2' : 'P3']),
    'the right certificate': (id) => pem(right[id]),
  };
  const pem = (issued: Issued | undefined) => ({ cert: issued?.cert ?? '', key: issued?.key ?? '' });

  // Stations by their profile that are let in, over plain and over TLS.
  const legal: [keyof typeof who, { plain: string[]; tls: string[] }][] = [
    ['no credentials', { plain: ['P0'], tls: ['P0'] }],
    ['a wrong password', { plain: ['P0'], tls: ['P0'] }],
    ['the password of another station', { plain: ['P0'], tls: ['P0'] }],
    ['another station’s user and password', { plain: ['P0'], tls: ['P0'] }],
    ['the right password', { plain: ['P0', 'P1'], tls: ['P0', 'P1', 'P2'] }],
    ['the certificate of another station', { plain: ['P0'], tls: ['P0'] }],
    ['the right certificate', { plain: ['P0'], tls: ['P0', 'P3'] }],
  ];

  test.each(legal)('%s', async (name, expected) => {
    const before = await world.operator.list('/stations');
    for (const [way, base] of Object.entries({ plain, tls })) {
      const statuses: Record<string, number> = {};
      for (const id of ['P0', 'P1', 'P2', 'P3', `NOBODY ${name}`]) {
        statuses[id] = await statusOf({ url: `${base}${encodeURIComponent(id)}`, ...who[name]?.(id) });
      }
      const legalHere = way === 'plain' ? expected.plain : expected.tls;
      const wanted = Object.keys(statuses).map((id) => [id, legalHere.includes(id) ? 101 : 401]);
      expect({ way, ...statuses }).toEqual({ way, ...Object.fromEntries(wanted) });
    }
    expect((await world.operator.list('/stations')).length).toBe(before.length);
  });

  test('what a proxy would say is not believed (A-044, S23)', async () => {
    const headers = {
      'x-forwarded-proto': 'https',
      'x-forwarded-for': '10.0.0.1',
      'x-client-cert': encodeURIComponent(right.P3?.cert ?? ''),
      'x-ssl-client-verify': 'SUCCESS',
    };
    expect(await statusOf({ url: `${plain}P3`, headers })).toBe(401);
    expect(await statusOf({ url: `${plain}P2`, user: 'P2', password: PASSWORD, headers })).toBe(401);
  });
});
