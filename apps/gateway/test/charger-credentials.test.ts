import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startCharger } from '@roambridge/sim-charger';
import {
  type Authority,
  createAuthority,
  type Issued,
} from '../../../packages/ocpp/test/support/authority.js';
import { type AnsweringCharger, answeringCharger, boot } from './support/answering-charger.js';
import { eventually } from './support/eventually.js';
import type { Row } from './support/operator-api.js';
import { startTestGateway, type TestGateway } from './support/test-gateway.js';
import { type Attempt, statusOf } from './support/upgrade.js';

const OLD = 'the-old-password-0';
const NEW = 'the-new-password-1';
/** Bytes that are no text, with a colon among them. */
const KEY = Buffer.from('00ff3a80fe0102030405060708090a0b0c0d0e0f', 'hex');

let authority: Authority;
let world: TestGateway;
const open: AnsweringCharger[] = [];

beforeAll(async () => {
  authority = await createAuthority('Charging CA');
  const server = await authority.issue({ subject: '/CN=localhost', usage: 'serverAuth' });
  world = await startTestGateway({
    OCPP_TLS_PORT: '0',
    OCPP_TLS_CERT: server.certFile,
    OCPP_TLS_KEY: server.keyFile,
    OCPP_TLS_CLIENT_CA: authority.caFile,
    BUSINESS_NAME: 'Tidal',
  });
});

afterAll(async () => {
  for (const { socket } of open) socket.terminate();
  await world?.stop();
  authority?.dispose();
});

const plain = (id: string) => `${world.gateway.urls.ocpp}${id}`;
const secure = (id: string) => `${world.gateway.urls.ocppTls}${id}`;
const station = (id: string) => world.operator.get(`/stations/${id}`);
const enter = (id: string, body: object) => world.operator.put(`/stations/${id}`, body);
const send = (id: string, action: string, payload: object) =>
  world.operator.post(`/stations/${id}/ocpp/${action}`, payload);
const login = (id: string, password: string | Buffer, more: Partial<Attempt> = {}) =>
  statusOf({ url: plain(id), user: id, password, ...more });

async function connect(
  attempt: Attempt,
  answer: Parameters<typeof answeringCharger>[1],
): Promise<AnsweringCharger> {
  const charger = await answeringCharger(attempt, answer);
  open.push(charger);
  return charger;
}

describe('passwords are bytes', () => {
  const V16 = { protocols: ['ocpp1.6'] };
  const V201 = { protocols: ['ocpp2.0.1'] };

  test('OCPP 1.6: a key that was entered in hex is shown as its bytes or as its digits (A-022, Q-06)', async () => {
    await enter('HEXKEY', { security_profile: 1, password: KEY.toString('hex') });
    expect(await login('HEXKEY', KEY, V16)).toBe(101);
    expect(await login('HEXKEY', KEY.toString('hex'), V16)).toBe(101);
    expect(await login('HEXKEY', KEY.toString('hex').toUpperCase(), V16)).toBe(101);
    expect(await login('HEXKEY', KEY.subarray(1), V16)).toBe(401);
  });

  test('OCPP 1.6: a text is shown as it is or as the hex digits that configured it (A-022, TC_073)', async () => {
    await enter('TEXT', { security_profile: 1, password: OLD });
    expect(await login('TEXT', OLD, V16)).toBe(101);
    expect(await login('TEXT', Buffer.from(OLD).toString('hex'), V16)).toBe(101);
  });

  test('OCPP 2.0.1: only the text itself is the password (A-023)', async () => {
    await enter('TEXT201', { security_profile: 1, password: OLD });
    await enter('HEX201', { security_profile: 1, password: KEY.toString('hex') });
    expect(await login('TEXT201', OLD, V201)).toBe(101);
    expect(await login('TEXT201', Buffer.from(OLD).toString('hex'), V201)).toBe(401);
    expect(await login('HEX201', KEY.toString('hex'), V201)).toBe(101);
    expect(await login('HEX201', KEY, V201)).toBe(401);
  });

  test('the user is compared ignoring case, and the password may have colons (A-005, A-021)', async () => {
    await enter('Colon', { security_profile: 1, password: 'a:colon:in:the:password' });
    const attempt = { url: plain('COLON'), user: 'colon', password: 'a:colon:in:the:password' };
    expect(await statusOf(attempt)).toBe(101);
    expect(await statusOf({ ...attempt, password: 'a' })).toBe(401);
  });
});

describe('a password that the operator sends (A-026, A01)', () => {
  const change16 = (value: string) => ({ key: 'AuthorizationKey', value });
  const change201 = (attributeValue: string) => ({
    setVariableData: [
      { component: { name: 'OCPPCommCtrlr' }, variable: { name: 'HeartbeatInterval' }, attributeValue: '60' },
      { component: { name: 'SecurityCtrlr' }, variable: { name: 'BasicAuthPassword' }, attributeValue },
    ],
  });
  const result201 = (status: string) => ({
    setVariableResult: [
      {
        attributeStatus: 'Accepted',
        component: { name: 'OCPPCommCtrlr' },
        variable: { name: 'HeartbeatInterval' },
      },
      {
        attributeStatus: status,
        component: { name: 'SecurityCtrlr' },
        variable: { name: 'BasicAuthPassword' },
      },
    ],
  });
  const versions = [
    {
      protocol: 'ocpp1.6',
      action: 'ChangeConfiguration',
      payload: change16(Buffer.from(NEW).toString('hex')),
      answer: (status: string): Row => ({ status }),
    },
    { protocol: 'ocpp2.0.1', action: 'SetVariables', payload: change201(NEW), answer: result201 },
  ];

  for (const { protocol, action, payload, answer } of versions) {
    async function told(id: string, status: string): Promise<void> {
      await enter(id, { security_profile: 1, password: OLD });
      const attempt = { url: plain(id), user: id, password: OLD, protocols: [protocol] };
      const charger = await connect(attempt, () => answer(status));
      await boot(charger, 'SN');
      expect(await send(id, action, payload)).toMatchObject({ outcome: 'result' });
    }

    test.each(['Accepted', 'RebootRequired'])(
      `${protocol}, answered %s: both count until the new one is used, then it alone (A01.FR.03, TC_073, TC_A_09)`,
      async (status) => {
        const id = `${status}-${protocol}`;
        await told(id, status);
        expect(await station(id)).toMatchObject({ password_rotation: { accepted: true } });
        expect(await login(id, OLD, { protocols: [protocol] })).toBe(101);
        expect(await login(id, NEW, { protocols: [protocol] })).toBe(101);
        await eventually('the end of the old one', async () => !('password_rotation' in (await station(id))));
        expect(await login(id, OLD, { protocols: [protocol] })).toBe(401);
        expect(await login(id, NEW, { protocols: [protocol] })).toBe(101);
      },
    );

    test(`${protocol}, answered Rejected: the old one goes on alone (A01.FR.04, TC_A_10)`, async () => {
      const id = `Rejected-${protocol}`;
      await told(id, 'Rejected');
      expect(await station(id)).not.toHaveProperty('password_rotation');
      expect(await login(id, NEW, { protocols: [protocol] })).toBe(401);
      expect(await login(id, OLD, { protocols: [protocol] })).toBe(101);
    });
  }

  test('a second one that is refused does not forget the first one that was accepted', async () => {
    await enter('TWICE', { security_profile: 1, password: OLD });
    const answers = ['Accepted', 'Rejected'];
    const charger = await connect({ url: plain('TWICE'), user: 'TWICE', password: OLD }, () => ({
      status: answers.shift(),
    }));
    await boot(charger, 'SN');
    await send('TWICE', 'ChangeConfiguration', change16(KEY.toString('hex')));
    await send('TWICE', 'ChangeConfiguration', change16(Buffer.from(NEW).toString('hex')));
    expect(await login('TWICE', NEW)).toBe(401);
    expect(await login('TWICE', OLD)).toBe(101);
    expect(await login('TWICE', KEY)).toBe(101);
  });

  test('it is nowhere in the journal (A-024)', async () => {
    const frames = JSON.stringify(await world.operator.list('/stations/Accepted-ocpp2.0.1/frames'));
    expect(frames).toContain('BasicAuthPassword');
    expect(frames).not.toContain(NEW);
  });
});

describe('client certificates of stations', () => {
  const certificate = (cn: string, more: { from?: number; to?: number } = {}) =>
    authority.issue({ subject: `/O=Tidal/CN=${cn}`, ...more });
  const attempt = (id: string, { cert, key }: Issued): Attempt => ({ url: secure(id), cert, key });

  test('a charger whose serial number is not the CN is turned away at its boot (A-042, B01.FR.11, B01.FR.12)', async () => {
    await enter('SERIAL', { security_profile: 3, certificate_cn: 'SN-1', cn_binding: 'serial' });
    const issued = await certificate('SN-1');
    const right = await connect(attempt('SERIAL', issued), () => ({}));
    expect(await boot(right, 'SN-1')).toMatchObject({ status: 'Accepted' });
    expect(await station('SERIAL')).toMatchObject({
      connection_security_profile: 3,
      certificate: { common_name: 'SN-1', expires_at: expect.any(String) },
    });
    const wrong = await connect(attempt('SERIAL', issued), () => ({}));
    const closed = once(wrong.socket, 'close');
    void boot(wrong, 'SN-2');
    expect((await closed)[0]).toBe(1008);
  });

  test('an expired one opens the door to its renewal only (A-043, A00.FR.429)', async () => {
    await enter('RENEW', { security_profile: 3, allow_expired_certificate: true });
    await enter('RENEW201', { security_profile: 3, allow_expired_certificate: true });
    for (const [id, protocol, action, requestedMessage] of [
      ['RENEW', 'ocpp1.6', 'ExtendedTriggerMessage', 'SignChargePointCertificate'],
      ['RENEW201', 'ocpp2.0.1', 'TriggerMessage', 'SignChargingStationCertificate'],
    ] as const) {
      const expired = await certificate(id, { from: -9, to: -1 });
      const charger = await connect({ ...attempt(id, expired), protocols: [protocol] }, () => ({
        status: 'Accepted',
      }));
      expect(await boot(charger, 'SN')).toMatchObject({ status: 'Pending' });
      const asked = await eventually('renewal', () => charger.calls.find((call) => call.action === action));
      expect(asked.payload).toEqual({ requestedMessage });
      const renewed = await connect(
        { ...attempt(id, await certificate(id)), protocols: [protocol] },
        () => ({}),
      );
      expect(await boot(renewed, 'SN')).toMatchObject({ status: 'Accepted' });
    }
    // Of a stranger nothing is expired: it is not believed at all.
    const other = await createAuthority('Charging CA');
    const forged = await other.issue({ subject: '/O=Tidal/CN=RENEW', from: -9, to: -1 });
    expect(await statusOf(attempt('RENEW', forged))).toBe(401);
    other.dispose();
  });

  test('the one before counts beside its successor', async () => {
    await enter('ROTATE', { security_profile: 3 });
    const before = await certificate('ROTATE', { from: -5 });
    const after = await certificate('ROTATE', { from: -1 });
    expect(await statusOf(attempt('ROTATE', before))).toBe(101);
    expect(await statusOf(attempt('ROTATE', after))).toBe(101);
    expect(await statusOf(attempt('ROTATE', before))).toBe(101);
  });
});

describe('from profile 1 to 2 and 3 (A-020, A05, TC_083, TC_A_19)', () => {
  const NETWORK = {
    ocppVersion: 'OCPP20',
    ocppTransport: 'JSON',
    ocppInterface: 'Wired0',
    messageTimeout: 30,
    ocppCsmsUrl: 'wss://gateway.example/ocpp',
  };
  const steps = {
    'ocpp1.6': {
      action: 'ChangeConfiguration',
      payload: (profile: number) => ({ key: 'SecurityProfile', value: String(profile) }),
    },
    'ocpp2.0.1': {
      action: 'SetNetworkProfile',
      payload: (securityProfile: number) => ({
        configurationSlot: 1,
        connectionData: { ...NETWORK, securityProfile },
      }),
    },
  };

  test.each(['ocpp1.6', 'ocpp2.0.1'] as const)(
    '%s: a charger goes up in the middle of a transaction, and never down again',
    async (protocol) => {
      const id = `UP-${protocol}`;
      const { action, payload } = steps[protocol];
      await enter(id, { security_profile: 1, password: OLD });
      const { cert, key } = await authority.issue({ subject: `/O=Tidal/CN=${id}` });
      const ca = readFileSync(authority.caFile, 'utf8');
      const base = (url: string | undefined) => (url ?? '').replace(/\/$/, '');
      const { ocpp, ocppTls } = world.gateway.urls;
      const charger = await startCharger({ url: base(ocpp), identity: id, password: OLD, protocol });
      charger.onCall(action, () => ({ status: 'Accepted' }));
      await charger.boot();
      await charger.startTransaction({ outlet: 1, idTag: 'CARD', meterStartWh: 1_000 });
      const access = {
        2: { url: base(ocppTls), password: OLD, tls: { ca } },
        3: { url: base(ocppTls), tls: { ca, cert, key } },
      };
      for (const profile of [2, 3] as const) {
        expect(await send(id, action, payload(profile))).toMatchObject({ payload: { status: 'Accepted' } });
        expect(await station(id)).toMatchObject({ next_security_profile: profile });
        charger.kill();
        await charger.reconnect(access[profile]);
        const reached = await eventually('the new profile', async () => {
          const shown = await station(id);
          return shown.security_profile === profile ? shown : undefined;
        });
        expect(reached).toMatchObject({ connected: true, connection_security_profile: profile });
        expect(reached).not.toHaveProperty('next_security_profile');
        expect(await login(id, OLD, { protocols: [protocol] })).toBe(401);
      }
      expect(await statusOf({ url: secure(id), user: id, password: OLD })).toBe(401);
      await charger.stopTransaction(1, { meterStopWh: 3_500, idTag: 'CARD' });
      const [transaction] = await world.operator.list(`/transactions?station_id=${id}`);
      expect(transaction).toMatchObject({ open: false, energy_wh: 2_500 });
      expect(charger.violations).toEqual([]);
      await charger.close();
    },
  );
});

describe('guesses (A-025, S2)', () => {
  test('are limited for each identity, and never shut the station out from where it last came', async () => {
    await enter('GUESSED', { security_profile: 1, password: OLD });
    const statuses: number[] = [];
    for (let n = 0; n < 12; n += 1) statuses.push(await login('GUESSED', `guess-${n}`));
    expect(statuses).toEqual([...Array(10).fill(401), 429, 429]);
    // Not even the right one is looked at: ten guesses a minute are all.
    expect(await login('GUESSED', OLD)).toBe(429);
    await enter('KNOWN', { security_profile: 1, password: OLD });
    expect(await login('KNOWN', OLD)).toBe(101);
    for (let n = 0; n < 12; n += 1) await login('KNOWN', `guess-${n}`);
    expect(await login('KNOWN', OLD)).toBe(101);
  });
});
