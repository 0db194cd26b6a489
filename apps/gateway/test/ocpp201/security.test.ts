import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Payload } from '@roambridge/sim-charger';
import { type Authority, createAuthority, probe } from '../../../../packages/ocpp/test/support/authority.js';
import { eventually } from '../support/eventually.js';
import { now, startWorld201, type World201 } from '../support/ocpp201-world.js';
import { statusOf } from '../support/upgrade.js';

const ID = 'CS-SECURE';
const OPERATOR = 'Tidal Charging';
let world: World201;
let authority: Authority;
let tls: string;

beforeAll(async () => {
  authority = await createAuthority('Charging CA');
  const served = await authority.issue({
    subject: '/O=Gateway/CN=localhost',
    key: 'rsa',
    usage: 'serverAuth',
  });
  world = await startWorld201(ID, {
    OCPP_TLS_PORT: '0',
    OCPP_TLS_CERT: served.certFile,
    OCPP_TLS_KEY: served.keyFile,
    OCPP_TLS_CLIENT_CA: authority.caFile,
    OCPP_TLS_CLIENT_O: OPERATOR,
  });
  tls = world.gateway.gateway.urls.ocppTls ?? '';
});

afterAll(async () => {
  await world?.stop();
  authority?.dispose();
});

const enter = (id: string, security_profile: number, password?: string) =>
  world.gateway.operator.put(`/stations/${id}`, {
    security_profile,
    ...(password === undefined ? {} : { password }),
  });

const attempt = (url: string, id: string, more: object) =>
  statusOf({ url: `${url}${id}`, protocols: ['ocpp2.0.1'], ...more });

const SECRET = 'tidal-charging-password';

describe('TLS', () => {
  test('TC_A_04 a charger that trusts the certificate of the gateway connects over TLS', async () => {
    await enter('TLS-2', 2, SECRET);
    expect(await attempt(tls, 'TLS-2', { user: 'TLS-2', password: SECRET })).toBe(101);
    const { made, output } = await probe(Number(new URL(tls).port), '-tls1_2');
    expect({ made, output }).toMatchObject({ made: true, output: expect.stringContaining('CN = localhost') });
  });

  test('TC_A_06 a version of TLS that is too low is not spoken', async () => {
    const port = Number(new URL(tls).port);
    expect(await probe(port, '-tls1_1', '-cipher', 'ALL:@SECLEVEL=0')).toMatchObject({ made: false });
  });

  test('TC_A_07 a charger with its own certificate connects', async () => {
    await enter('TLS-3', 3);
    const { cert, key } = await authority.issue({ subject: `/O=${OPERATOR}/CN=TLS-3` });
    expect(await attempt(tls, 'TLS-3', { cert, key })).toBe(101);
  });

  test('TC_A_08 a charger with the certificate of another does not', async () => {
    const { cert, key } = await authority.issue({ subject: `/O=${OPERATOR}/CN=TLS-9` });
    expect(await attempt(tls, 'TLS-3', { cert, key })).toBe(401);
  });

  test('TC_A_19 a station goes up to a higher profile and never back', async () => {
    const plain = world.gateway.gateway.urls.ocpp;
    const { password } = world.station;
    const connectionData = {
      messageTimeout: 30,
      ocppCsmsUrl: tls,
      ocppInterface: 'Wired0',
      ocppTransport: 'JSON',
      ocppVersion: 'OCPP20',
      securityProfile: 2,
    };
    await world.send('SetNetworkProfile', { configurationSlot: 2, connectionData }, { status: 'Accepted' });
    const place = {
      component: { name: 'OCPPCommCtrlr' },
      variable: { name: 'NetworkConfigurationPriority' },
    };
    await world.send(
      'SetVariables',
      { setVariableData: [{ ...place, attributeValue: '2,1' }] },
      { setVariableResult: [{ ...place, attributeStatus: 'RebootRequired' }] },
    );
    await world.send('Reset', { type: 'OnIdle' }, { status: 'Accepted' });
    expect(await world.get('')).toMatchObject({ security_profile: 1, next_security_profile: 2 });
    expect(await attempt(tls, ID, { user: ID, password })).toBe(101);
    await eventually('profile 2', async () => (await world.get('')).security_profile === 2);
    expect(await attempt(plain, ID, { user: ID, password })).toBe(401);
    // The cases that follow are played in the clear.
    await enter(ID, 1, password);
    await world.charger.reconnect();
  });
});

describe('the password', () => {
  const place = { component: { name: 'SecurityCtrlr' }, variable: { name: 'BasicAuthPassword' } };
  const change = (attributeValue: string) => ({ setVariableData: [{ ...place, attributeValue }] });
  const answer = (attributeStatus: string) => ({ setVariableResult: [{ ...place, attributeStatus }] });

  beforeAll(() => eventually('connected', async () => (await world.get('')).connected === true));

  test('TC_A_10 a password that the charger refuses is not its password', async () => {
    await world.send('SetVariables', change('refused-password-0001'), answer('Rejected'));
    const plain = world.gateway.gateway.urls.ocpp;
    expect(await attempt(plain, ID, { user: ID, password: 'refused-password-0001' })).toBe(401);
  });

  test('TC_A_09 a password that the charger takes is its password; no journal shows it', async () => {
    await world.send('SetVariables', change('accepted-password-0001'), answer('Accepted'));
    const frames = await world.get('/frames?action=SetVariables&limit=10');
    expect(JSON.stringify(frames)).not.toContain('accepted-password');
    expect(JSON.stringify(await world.get('/device-model'))).not.toContain('accepted-password');
    const plain = world.gateway.gateway.urls.ocpp;
    expect(await attempt(plain, ID, { user: ID, password: 'accepted-password-0001' })).toBe(101);
    expect(await attempt(plain, ID, { user: ID, password: world.station.password })).toBe(401);
  });
});

describe('certificates of the charger', () => {
  let charger: World201['charger'];
  beforeAll(async () => {
    const station = { ...world.station, id: 'CS-CERTS', password: SECRET };
    await enter(station.id, 1, SECRET);
    charger = await world.gateway.connect(station);
  });

  const csr = (name: string) =>
    execFileSync(
      'openssl',
      [
        'req',
        '-new',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-keyout',
        '/dev/null',
        '-subj',
        `/O=Operator/CN=${name}`,
      ],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    );

  async function sign(
    trigger: string,
    certificateType: string | undefined,
    status: string,
  ): Promise<Payload> {
    charger.onCall('TriggerMessage', () => ({ status: 'Accepted' }));
    const path = '/stations/CS-CERTS/ocpp/TriggerMessage';
    await world.gateway.operator.post(path, { requestedMessage: trigger });
    const given = new Promise<Payload>((resolve) => {
      charger.onCall('CertificateSigned', (payload) => {
        resolve(payload);
        return { status };
      });
    });
    const request = { csr: csr('CS-CERTS'), ...(certificateType === undefined ? {} : { certificateType }) };
    expect(await charger.call('SignCertificate', request)).toEqual({ status: 'Accepted' });
    const got = await given;
    expect(new X509Certificate(String(got.certificateChain)).subject).toContain('CN=CS-CERTS');
    expect(charger.violations).toEqual([]);
    return got;
  }

  const newestJob = async () => (await world.gateway.operator.list('/jobs?station_id=CS-CERTS'))[0];

  test.each<[string, string, string | undefined]>([
    ['TC_A_11', 'SignChargingStationCertificate', 'ChargingStationCertificate'],
    ['TC_A_12', 'SignV2GCertificate', 'V2GCertificate'],
    ['TC_A_13', 'SignCombinedCertificate', undefined],
  ])(
    '%s %s: the request is answered, signed, and the certificate has the type that was asked for',
    async (_id, trigger, type) => {
      const given = await sign(trigger, type, 'Accepted');
      expect(given.certificateType).toBe(type);
      await eventually('job done', async () => (await newestJob())?.state === 'done');
    },
  );

  test('TC_A_14 a certificate that the charger does not take: its word is kept, and the event that tells why', async () => {
    await sign('SignChargingStationCertificate', 'ChargingStationCertificate', 'Rejected');
    await eventually('job goes on', async () => (await newestJob())?.status === 'Rejected');
    const event = { type: 'InvalidChargingStationCertificate', timestamp: now() };
    expect(await charger.call('SecurityEventNotification', event)).toEqual({});
    const [told] = await world.gateway.operator.list('/security-events?station_id=CS-CERTS');
    expect(told).toMatchObject({ type: event.type });
  });

  test('a request that is no request is Rejected (A02.FR.12)', async () => {
    expect(await charger.call('SignCertificate', { csr: 'nothing of the kind' })).toEqual({
      status: 'Rejected',
    });
  });
});
