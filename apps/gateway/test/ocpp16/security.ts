import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import { type Payload, startCharger } from '@roambridge/sim-charger';
import { type Authority, probe } from '../../../../packages/ocpp/test/support/authority.js';
import { statusOf } from '../support/upgrade.js';
import { type Cases, type CaseWorld, now, PASSWORD } from './cases.js';

const hash = (serialNumber: string): Payload => ({
  hashAlgorithm: 'SHA256',
  issuerNameHash: 'ab',
  issuerKeyHash: 'cd',
  serialNumber,
});

async function install(world: CaseWorld, certificateType: string): Promise<void> {
  const certificate = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';
  const payload = { certificateType, certificate };
  expect(await world.send('InstallCertificate', payload, { status: 'Accepted' })).toMatchObject({
    payload: { status: 'Accepted' },
  });
  expect(world.sent('InstallCertificate')).toEqual(payload);
  const installed = { status: 'Accepted', certificateHashData: [hash('75')] };
  const answer = await world.send('GetInstalledCertificateIds', { certificateType }, installed);
  expect(answer).toMatchObject({ payload: installed });
}

async function event(world: CaseWorld, type: string): Promise<void> {
  expect(await world.tell('SecurityEventNotification', { type, timestamp: now() })).toEqual({});
  const events = await world.operator.list(`/security-events?station_id=${world.station}`);
  expect(events).toMatchObject([{ type, critical: false }]);
}

/** HTTP status of an upgrade without TLS. */
const plain = (world: CaseWorld, password: string, protocols = ['ocpp1.6']) =>
  statusOf({
    url: `${world.gateway.gateway.urls.ocpp}${world.station}`,
    user: world.station,
    password,
    protocols,
  });

const tlsUrl = (world: CaseWorld) => world.gateway.gateway.urls.ocppTls ?? '';

/** Of the organization that the gateway asks client certificates for. */
export const OPERATOR = 'Case Charging';

export const security = (authority: () => Authority): Cases => ({
  TC_073: {
    title: 'the password is changed as hex digits; after that only the new one opens the door',
    async run(world) {
      const value = Buffer.from('new-password-of-it').toString('hex');
      const answer = await world.send(
        'ChangeConfiguration',
        { key: 'AuthorizationKey', value },
        { status: 'Accepted' },
      );
      expect(answer).toMatchObject({ payload: { status: 'Accepted' } });
      const frames = await world.operator.list(
        `/stations/${world.station}/frames?action=ChangeConfiguration`,
      );
      expect(JSON.stringify(frames)).not.toContain(value);
      expect(await plain(world, 'new-password-of-it')).toBe(101);
      expect(await plain(world, PASSWORD)).toBe(401);
    },
  },
  TC_074: {
    title: 'the charger is asked for a new certificate, its request is signed and the certificate sent',
    async run(world) {
      const triggered = { requestedMessage: 'SignChargePointCertificate' };
      expect(await world.send('ExtendedTriggerMessage', triggered, { status: 'Accepted' })).toMatchObject({
        payload: { status: 'Accepted' },
      });
      world.charger.onCall('CertificateSigned', () => ({ status: 'Accepted' }));
      expect(await world.tell('SignCertificate', { csr: csr(world.station) })).toEqual({
        status: 'Accepted',
      });
      const signed = await world.until('CertificateSigned', () => world.sent('CertificateSigned'));
      expect(new X509Certificate(String(signed.certificateChain)).subject).toContain(`CN=${world.station}`);
      await world.until('installed', async () =>
        (await world.newestJob())?.state === 'done' ? true : undefined,
      );
    },
  },
  TC_075_1: {
    title: 'a root of the manufacturer is installed and listed',
    run: (world) => install(world, 'ManufacturerRootCertificate'),
  },
  TC_075_2: {
    title: 'a root of the central system is installed and listed',
    run: (world) => install(world, 'CentralSystemRootCertificate'),
  },
  TC_076: {
    title: 'a certificate is deleted by the hash that the charger told',
    async run(world) {
      const reported = { status: 'Accepted', certificateHashData: [hash('76')] };
      const certificateType = 'CentralSystemRootCertificate';
      await world.send('GetInstalledCertificateIds', { certificateType }, reported);
      const payload = { certificateHashData: hash('76') };
      expect(await world.send('DeleteCertificate', payload, { status: 'Accepted' })).toMatchObject({
        payload: { status: 'Accepted' },
      });
      expect(world.sent('DeleteCertificate')).toEqual(payload);
    },
  },
  TC_077: {
    title: 'the event of a wrong charger certificate is answered and kept',
    run: (world) => event(world, 'InvalidChargePointCertificate'),
  },
  TC_078: {
    title: 'the event of a wrong certificate of the central system is answered and kept',
    run: (world) => event(world, 'InvalidCentralSystemCertificate'),
  },
  TC_083: {
    title: 'the security profile is raised from 2 to 3; the old one is refused after that',
    async run(world) {
      const { station } = world;
      await world.operator.put(`/stations/${station}`, { security_profile: 2, password: PASSWORD });
      const basic = { url: `${tlsUrl(world)}${station}`, user: station, password: PASSWORD };
      expect(await statusOf(basic)).toBe(101);
      await world.charger.close();
      const ca = readFileSync(authority().caFile, 'utf8');
      const charger = await startCharger({
        url: tlsUrl(world).replace(/\/$/, ''),
        identity: station,
        password: PASSWORD,
        tls: { ca },
        protocol: 'ocpp1.6',
      });
      await charger.boot();
      charger.onCall('ChangeConfiguration', () => ({ status: 'Accepted' }));
      const wanted = { key: 'SecurityProfile', value: '3' };
      expect(
        await world.operator.post(`/stations/${station}/ocpp/ChangeConfiguration`, wanted),
      ).toMatchObject({
        payload: { status: 'Accepted' },
      });
      await charger.close();
      const { cert, key } = await authority().issue({ subject: `/O=${OPERATOR}/CN=${station}` });
      expect(await statusOf({ url: `${tlsUrl(world)}${station}`, cert, key })).toBe(101);
      expect(await statusOf(basic)).not.toBe(101);
    },
  },
  TC_085: {
    title: 'Basic authentication: the right password only',
    async run(world) {
      expect(await plain(world, PASSWORD)).toBe(101);
      expect(await plain(world, 'another-password-0')).toBe(401);
      expect(await statusOf({ url: `${world.gateway.gateway.urls.ocpp}${world.station}` })).toBe(401);
    },
  },
  TC_086: {
    title: 'TLS with Basic authentication: TLS 1.2 and above, the right password only',
    async run(world) {
      const { station } = world;
      await world.operator.put(`/stations/${station}`, { security_profile: 2, password: PASSWORD });
      const basic = { url: `${tlsUrl(world)}${station}`, user: station };
      expect(await statusOf({ ...basic, password: PASSWORD })).toBe(101);
      expect(await statusOf({ ...basic, password: 'another-password-0' })).toBe(401);
      const port = Number(new URL(tlsUrl(world)).port);
      const suite = ['-tls1_2', '-cipher', 'ECDHE-ECDSA-AES128-GCM-SHA256'];
      expect(await probe(port, ...suite)).toMatchObject({ made: true });
      expect(await probe(port, '-tls1_1', '-cipher', 'ALL:@SECLEVEL=0')).toMatchObject({ made: false });
    },
  },
  TC_087: {
    title: 'TLS with a client certificate: that of the station only',
    async run(world) {
      const { station } = world;
      await world.operator.put(`/stations/${station}`, { security_profile: 3 });
      const url = `${tlsUrl(world)}${station}`;
      const own = await authority().issue({ subject: `/O=${OPERATOR}/CN=${station}` });
      const other = await authority().issue({ subject: `/O=${OPERATOR}/CN=SOMEBODY` });
      expect(await statusOf({ url, cert: own.cert, key: own.key })).toBe(101);
      expect(await statusOf({ url, cert: other.cert, key: other.key })).not.toBe(101);
      expect(await statusOf({ url })).not.toBe(101);
    },
  },
  TC_088: {
    title: 'the subprotocol ocpp1.6 is chosen; one that is not spoken gets no connection',
    async run(world) {
      expect(await plain(world, PASSWORD, ['ocpp1.5', 'ocpp1.6'])).toBe(101);
      expect(await plain(world, PASSWORD, ['ocpp1.2'])).not.toBe(101);
    },
  },
});

function csr(name: string): string {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-keyout', '/dev/null'];
  return execFileSync('openssl', ['req', '-new', ...key, '-nodes', '-subj', `/O=${OPERATOR}/CN=${name}`], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}
