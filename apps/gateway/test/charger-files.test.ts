import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Charger, Payload, Protocol } from '@roambridge/sim-charger';
import { eventually } from './support/eventually.js';
import { testStation } from './support/master-data.js';
import type { Row } from './support/operator-api.js';
import { startTestGateway, type TestGateway } from './support/test-gateway.js';

const PROTOCOLS: readonly Protocol[] = ['ocpp1.6', 'ocpp2.0.1'];
const stations = {
  'ocpp1.6': testStation('CP-16', 'ocpp1.6', [undefined]),
  'ocpp2.0.1': testStation('CP-201', 'ocpp2.0.1', [undefined]),
};
const chargers = {} as Record<Protocol, Charger>;
let world: TestGateway;

beforeAll(async () => {
  world = await startTestGateway({ FILE_MAX: '100000' });
  for (const protocol of PROTOCOLS) {
    const { id, password } = stations[protocol];
    await world.operator.put(`/stations/${id}`, { security_profile: 1, password, protocols: [protocol] });
    chargers[protocol] = await world.connect(stations[protocol]);
  }
});

afterAll(() => world?.stop());

const api = (path: string, init: RequestInit = {}) =>
  fetch(`${world.gateway.urls.operator}/api/v1${path}`, {
    ...init,
    headers: { authorization: 'Bearer operator-token-of-the-tests', ...init.headers },
  });

async function takeFile(content: string): Promise<string> {
  const answer = await api('/files?name=..%2F..%2Fevil%20firmware.bin', {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: content,
  });
  expect(answer.status).toBe(201);
  const file = (await answer.json()) as Row;
  expect(file).toMatchObject({ name: 'evil firmware.bin', size_bytes: content.length });
  return String(file.id);
}

const urlFor = async (station: string, body: object) =>
  String((await world.operator.post(`/stations/${station}/file-urls`, body)).url);

const newestJob = async (station: string) => (await world.operator.list(`/jobs?station_id=${station}`))[0];

const when = '2030-01-01T00:00:00Z';

/** The requests of each version for the same work. */
const WORDS = {
  'ocpp1.6': {
    firmware: (location: string): [string, Payload] => ['UpdateFirmware', { location, retrieveDate: when }],
    log: (location: string): [string, Payload] => ['GetDiagnostics', { location }],
    logStatus: (status: string): [string, Payload] => ['DiagnosticsStatusNotification', { status }],
    firmwareStatus: (status: string): [string, Payload] => ['FirmwareStatusNotification', { status }],
    logAnswer: { fileName: 'diag.zip' },
    firmwareAnswer: {},
  },
  'ocpp2.0.1': {
    firmware: (location: string): [string, Payload] => [
      'UpdateFirmware',
      { requestId: 7, firmware: { location, retrieveDateTime: when } },
    ],
    log: (remoteLocation: string): [string, Payload] => [
      'GetLog',
      { logType: 'DiagnosticsLog', requestId: 8, log: { remoteLocation } },
    ],
    logStatus: (status: string): [string, Payload] => ['LogStatusNotification', { status, requestId: 8 }],
    firmwareStatus: (status: string): [string, Payload] => [
      'FirmwareStatusNotification',
      { status, requestId: 7 },
    ],
    logAnswer: { status: 'Accepted', filename: 'diag.zip' },
    firmwareAnswer: { status: 'Accepted' },
  },
};

describe.each(PROTOCOLS)('%s', (protocol) => {
  const { id: station } = stations[protocol];
  const words = WORDS[protocol];

  test('firmware is fetched once by its URL, and the job shows how far it is (B-010, B-033, L01)', async () => {
    const charger = chargers[protocol];
    const fileId = await takeFile('the firmware');
    const url = await urlFor(station, { direction: 'download', file_id: fileId });
    const [action, payload] = words.firmware(url);
    charger.onCall(action, () => words.firmwareAnswer);
    expect(await world.operator.post(`/stations/${station}/ocpp/${action}`, payload)).toMatchObject({
      outcome: 'result',
    });
    await charger.call(...words.firmwareStatus('Downloading'));
    expect((await fetch(url, { method: 'HEAD' })).headers.get('content-length')).toBe('12');
    expect(await (await fetch(url)).text()).toBe('the firmware');
    // The transfer is over for us a moment after the last byte has arrived.
    await eventually('used up', async () => (await fetch(url)).status === 404);
    for (const status of ['Downloaded', 'Installing', 'Idle', 'Installed'])
      await charger.call(...words.firmwareStatus(status));
    const job = await newestJob(station);
    expect(job).toMatchObject({
      kind: 'firmware',
      action,
      state: 'done',
      status: 'Installed',
      file_id: fileId,
    });
    expect((job?.history as Row[] | undefined)?.map(({ status }) => status)).toEqual([
      'Requested',
      'Downloading',
      'Downloaded',
      'Installing',
      'Installed',
    ]);
    const frames = await world.operator.list(`/stations/${station}/frames?action=${action}`);
    expect(JSON.stringify(frames)).not.toContain(url.split('/').at(-1));
  });

  test('a log is sent once to its URL and kept with its job; too large ones are refused (B-010, B-034, N01)', async () => {
    const charger = chargers[protocol];
    const url = await urlFor(station, { direction: 'upload' });
    const [action, payload] = words.log(url);
    charger.onCall(action, () => words.logAnswer);
    await world.operator.post(`/stations/${station}/ocpp/${action}`, payload);
    await charger.call(...words.logStatus('Uploading'));
    expect((await fetch(url, { method: 'PUT', body: 'x'.repeat(100_001) })).status).toBe(413);
    expect((await fetch(`${url}/..%2Fdiag.zip`, { method: 'PUT', body: 'a log' })).status).toBe(201);
    expect((await fetch(url, { method: 'PUT', body: 'again' })).status).toBe(404);
    await charger.call(...words.logStatus('Uploaded'));
    const job = await newestJob(station);
    expect(job).toMatchObject({ kind: 'log', state: 'done', status: 'Uploaded', file_name: 'diag.zip' });
    const content = await api(`/files/${job?.file_id}/content`);
    expect(await content.text()).toBe('a log');
    const [file] = await world.operator.list(`/files?station_id=${station}`);
    expect(file).toMatchObject({ id: job?.file_id, name: 'diag.zip', station_id: station });
  });

  test('work that the charger refuses is a failed job (B-033, L01)', async () => {
    const charger = chargers[protocol];
    const [action, payload] = words.log('http://elsewhere.example/');
    charger.onCall(action, () => {
      throw new Error('no');
    });
    await world.operator.post(`/stations/${station}/ocpp/${action}`, payload);
    expect(await newestJob(station)).toMatchObject({ state: 'failed' });
  });

  test('a log that the charger gives up for a newer one is canceled (B-041, N01)', async () => {
    const charger = chargers[protocol];
    const ask = (requestId: number, status: string) => {
      charger.onCall('GetLog', () => ({ status }));
      const log = { remoteLocation: 'ftp://example/' };
      const payload = { logType: 'DiagnosticsLog', requestId, log };
      return world.operator.post(`/stations/${station}/ocpp/GetLog`, payload);
    };
    await ask(21, 'Accepted');
    await ask(22, 'AcceptedCanceled');
    const jobs = await world.operator.list(`/jobs?station_id=${station}`);
    expect(jobs.slice(0, 2)).toMatchObject([
      { request_id: 22, state: 'running' },
      { request_id: 21, state: 'failed', status: 'Canceled' },
    ]);
    await charger.call('LogStatusNotification', { status: 'Uploaded', requestId: 22 });
    expect(await newestJob(station)).toMatchObject({ request_id: 22, state: 'done' });
  });

  test('a certificate request is answered first and then gets its certificate; another name is Rejected (B-012, A02)', async () => {
    const charger = chargers[protocol];
    const order: string[] = [];
    let chain = '';
    const given = new Promise<void>((resolve) => {
      charger.onCall('CertificateSigned', (payload) => {
        order.push('CertificateSigned');
        chain = String(payload.certificateChain);
        resolve();
        return { status: 'Accepted' };
      });
    });
    const answer = await charger.call('SignCertificate', { csr: csr(`/O=Operator/CN=${station}`) });
    order.push(`SignCertificate ${answer.status}`);
    expect(order).toEqual(['SignCertificate Accepted']);
    await given;
    expect(order).toEqual(['SignCertificate Accepted', 'CertificateSigned']);
    expect(new X509Certificate(chain).subject).toContain(`CN=${station}`);
    await eventually('certificate job', async () => {
      const job = await newestJob(station);
      return job?.kind === 'certificate' && job.state === 'done' ? job : undefined;
    });
    expect(await charger.call('SignCertificate', { csr: csr('/O=Operator/CN=SOMEBODY') })).toEqual({
      status: 'Rejected',
    });
    expect(charger.violations).toEqual([]);
  });

  test('security events are kept; a critical one is put on the attention list (B-011, A04)', async () => {
    const charger = chargers[protocol];
    const timestamp = new Date().toISOString();
    for (const type of ['TamperDetectionActivated', 'FailedToAuthenticateAtCsms']) {
      await charger.call('SecurityEventNotification', { type, timestamp, techInfo: 'lid open' });
    }
    const events = await world.operator.list(`/security-events?station_id=${station}`);
    expect(events).toMatchObject([
      { type: 'FailedToAuthenticateAtCsms', critical: false },
      { type: 'TamperDetectionActivated', critical: true, tech_info: 'lid open', at: timestamp },
    ]);
    const attention = await world.operator.list('/attention');
    expect(
      attention.filter(({ kind, station_id }) => kind === 'security-event' && station_id === station),
    ).toHaveLength(1);
  });
});

test('the file endpoint knows its own URLs only, and takes no path from outside', async () => {
  const base = world.gateway.urls.ocpp.replace('ws:', 'http:').replace(/\/ocpp\/$/, '');
  for (const path of ['/files/', '/files/../../secrets.key', `/files/${'a'.repeat(43)}`]) {
    expect([404, 426]).toContain((await fetch(`${base}${path}`)).status);
  }
  expect((await fetch(`${base}/files/${'a'.repeat(43)}`, { method: 'PUT', body: 'x' })).status).toBe(404);
  expect((await fetch(`${base}/files/${'a'.repeat(43)}`, { method: 'DELETE' })).status).toBe(405);
});

function csr(subject: string): string {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-keyout', '/dev/null'];
  return execFileSync('openssl', ['req', '-new', ...key, '-nodes', '-subj', subject], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}
