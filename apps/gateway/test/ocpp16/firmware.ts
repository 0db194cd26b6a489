import { expect } from '@jest/globals';
import type { Payload } from '@roambridge/sim-charger';
import { type Cases, type CaseWorld, now } from './cases.js';

const LOCATION = 'https://files.example/fw.bin';

/** A job of the charger: what asks for it, what it tells, and how it ends. */
async function job(
  world: CaseWorld,
  [action, payload, answer]: [string, Payload, Payload],
  [notification, words, more]: [string, string[], Payload],
  ended: Payload,
): Promise<void> {
  expect(await world.send(action, payload, answer)).toMatchObject({ outcome: 'result', payload: answer });
  expect(world.sent(action)).toEqual(payload);
  for (const status of words) expect(await world.tell(notification, { status, ...more })).toEqual({});
  const history = ['Requested', ...words].map((status) => expect.objectContaining({ status }));
  expect(await world.newestJob()).toMatchObject({ action, status: words.at(-1), history, ...ended });
}

const update = (world: CaseWorld, words: string[], state: string) =>
  job(
    world,
    ['UpdateFirmware', { location: LOCATION, retrieveDate: now(), retries: 1, retryInterval: 10 }, {}],
    ['FirmwareStatusNotification', words, {}],
    { kind: 'firmware', state },
  );

const signedUpdate = (requestId: number): [string, Payload, Payload] => [
  'SignedUpdateFirmware',
  {
    requestId,
    firmware: {
      location: LOCATION,
      retrieveDateTime: now(),
      signingCertificate: '-----BEGIN CERTIFICATE-----',
      signature: 'c2lnbmF0dXJl',
    },
  },
  { status: 'Accepted' },
];

const upload = { location: 'https://files.example/upload', retries: 1, retryInterval: 10 };

export const firmware: Cases = {
  TC_044_1: {
    title: 'firmware is downloaded, installed and booted',
    async run(world) {
      await update(world, ['Downloading', 'Downloaded', 'Installing', 'Installed'], 'done');
      expect(await world.charger.boot()).toMatchObject({ status: 'Accepted' });
    },
  },
  TC_044_2: {
    title: 'firmware that cannot be downloaded',
    run: (world) => update(world, ['Downloading', 'DownloadFailed'], 'failed'),
  },
  TC_044_3: {
    title: 'firmware that cannot be installed',
    run: (world) =>
      update(world, ['Downloading', 'Downloaded', 'Installing', 'InstallationFailed'], 'failed'),
  },
  TC_045_1: {
    title: 'diagnostics are uploaded, under the name that the charger gives',
    run: (world) =>
      job(
        world,
        ['GetDiagnostics', upload, { fileName: 'diag.zip' }],
        ['DiagnosticsStatusNotification', ['Uploading', 'Uploaded'], {}],
        { kind: 'log', state: 'done', file_name: 'diag.zip' },
      ),
  },
  TC_045_2: {
    title: 'diagnostics that cannot be uploaded',
    run: (world) =>
      job(
        world,
        ['GetDiagnostics', upload, { fileName: 'diag.zip' }],
        ['DiagnosticsStatusNotification', ['Uploading', 'UploadFailed'], {}],
        { kind: 'log', state: 'failed' },
      ),
  },
  TC_079: {
    title: 'the security log is uploaded',
    run: (world) =>
      job(
        world,
        [
          'GetLog',
          { logType: 'SecurityLog', requestId: 79, log: { remoteLocation: upload.location } },
          { status: 'Accepted', filename: 'security.log' },
        ],
        ['LogStatusNotification', ['Uploading', 'Uploaded'], { requestId: 79 }],
        { kind: 'log', state: 'done', request_id: 79, file_name: 'security.log' },
      ),
  },
  TC_080: {
    title: 'signed firmware is verified and installed',
    run: (world) =>
      job(
        world,
        signedUpdate(80),
        [
          'SignedFirmwareStatusNotification',
          ['Downloading', 'Downloaded', 'SignatureVerified', 'Installing', 'InstallRebooting', 'Installed'],
          { requestId: 80 },
        ],
        { kind: 'firmware', state: 'done', request_id: 80 },
      ),
  },
  TC_081: {
    title: 'firmware with a wrong signature is not installed, and the event is kept',
    async run(world) {
      await job(
        world,
        signedUpdate(81),
        [
          'SignedFirmwareStatusNotification',
          ['Downloading', 'Downloaded', 'InvalidSignature'],
          { requestId: 81 },
        ],
        { kind: 'firmware', state: 'failed', request_id: 81 },
      );
      const event = { type: 'InvalidFirmwareSignature', timestamp: now() };
      expect(await world.tell('SecurityEventNotification', event)).toEqual({});
      const events = await world.operator.list(`/security-events?station_id=${world.station}`);
      expect(events).toMatchObject([{ type: 'InvalidFirmwareSignature' }]);
    },
  },
};
