import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { EvCertificateRequest } from '@roambridge/core';
import type { Payload } from '@roambridge/sim-charger';
import { type Authority, createAuthority } from '../../../../packages/ocpp/test/support/authority.js';
import { ended, started, transaction } from '../support/ocpp201-transaction.js';
import { CARDS, startWorld201, token, type World201 } from '../support/ocpp201-world.js';
import { ISSUER, startResponder } from '../support/ocsp-responder.js';

const ID = 'CS-MAINTAIN';
const SERIAL = '0a1b2c';
let world: World201;
let authority: Authority;
let responder: Awaited<ReturnType<typeof startResponder>>;
/** What vehicles asked of their mobility operator, and what it answers. */
const askedByVehicles: EvCertificateRequest[] = [];
let exiResponse: string | undefined;

beforeAll(async () => {
  responder = await startResponder(SERIAL);
  authority = await createAuthority('Contract root');
  world = await startWorld201(
    ID,
    { CONTRACT_ROOTS: authority.caFile },
    {
      contractCertificates: {
        async request(request) {
          askedByVehicles.push(request);
          return exiResponse === undefined
            ? { kind: 'failed', reason: 'UnknownContract' }
            : { kind: 'answered', exiResponse };
        },
      },
    },
  );
});

afterAll(async () => {
  await world?.stop();
  await responder?.stop();
  authority?.dispose();
});
afterEach(() => expect(world.charger.violations).toEqual([]));

const jobs = () => world.gateway.operator.list(`/jobs?station_id=${ID}`);

async function job(requestId: number): Promise<Payload | undefined> {
  return (await jobs()).find(({ request_id }) => request_id === requestId);
}

describe('firmware', () => {
  const update = (requestId: number, more: Payload = {}): Payload => ({
    requestId,
    firmware: {
      location: 'https://files.example/firmware.bin',
      retrieveDateTime: '2026-01-01T00:00:00.000Z',
      signingCertificate: 'MIIB',
      signature: 'c2lnbmVk',
      ...more,
    },
  });

  const tell = async (requestId: number, ...statuses: string[]) => {
    for (const status of statuses) await world.tell('FirmwareStatusNotification', { status, requestId });
  };

  const later = '2030-01-01T00:00:00.000Z';

  test.each<[string, string, Payload, string[], string]>([
    [
      'TC_L_01',
      'is installed',
      {},
      ['Downloading', 'Downloaded', 'SignatureVerified', 'Installing', 'InstallRebooting', 'Installed'],
      'done',
    ],
    [
      'TC_L_02',
      'is installed at a later time',
      { installDateTime: later },
      ['Downloading', 'Downloaded', 'SignatureVerified', 'InstallScheduled', 'Installing', 'Installed'],
      'done',
    ],
    [
      'TC_L_03',
      'is fetched at a later time',
      { retrieveDateTime: later },
      [
        'DownloadScheduled',
        'DownloadPaused',
        'Downloading',
        'Downloaded',
        'SignatureVerified',
        'Installing',
        'Installed',
      ],
      'done',
    ],
    ['TC_L_06', 'has a wrong signature', {}, ['Downloading', 'Downloaded', 'InvalidSignature'], 'failed'],
    ['TC_L_07', 'cannot be fetched', {}, ['Downloading', 'DownloadFailed'], 'failed'],
    [
      'TC_L_08',
      'does not stand its check',
      {},
      ['Downloading', 'Downloaded', 'SignatureVerified', 'Installing', 'InstallVerificationFailed'],
      'failed',
    ],
    [
      'TC_L_09',
      'cannot be installed',
      {},
      ['Downloading', 'Downloaded', 'SignatureVerified', 'Installing', 'InstallationFailed'],
      'failed',
    ],
  ])('%s firmware %s: every step is kept with its job', async (id, _what, more, statuses, state) => {
    const requestId = Number(id.slice(-2));
    await world.send('UpdateFirmware', update(requestId, more), { status: 'Accepted' });
    await tell(requestId, ...statuses);
    const found = await job(requestId);
    expect(found).toMatchObject({
      kind: 'firmware',
      state,
      status: statuses.at(-1),
      history: ['Requested', ...statuses].map((status) => ({ status })),
    });
  });

  test.each([
    ['TC_L_04', 'RevokedCertificate'],
    ['TC_L_05', 'InvalidCertificate'],
  ])('%s firmware whose certificate is not good is refused: %s', async (id, status) => {
    const requestId = Number(id.slice(-2));
    await world.send('UpdateFirmware', update(requestId), { status });
    expect(await job(requestId)).toMatchObject({ state: 'failed', status });
  });

  test('TC_L_10 a second update takes the place of the first', async () => {
    await world.send('UpdateFirmware', update(110), { status: 'Accepted' });
    await tell(110, 'Downloading');
    await world.send('UpdateFirmware', update(111), { status: 'AcceptedCanceled' });
    await tell(111, 'Downloading', 'Downloaded', 'SignatureVerified', 'Installing', 'Installed');
    expect([(await job(110))?.state, (await job(111))?.state]).toEqual(['failed', 'done']);
  });

  test('TC_L_11 a charger that cannot leave the first one refuses the second', async () => {
    await world.send('UpdateFirmware', update(112), { status: 'Accepted' });
    await tell(112, 'Installing');
    await world.send('UpdateFirmware', update(113), { status: 'Rejected' });
    await tell(112, 'Installed');
    expect([(await job(112))?.state, (await job(113))?.state]).toEqual(['done', 'failed']);
  });

  test('TC_L_13 firmware waits for the end of a transaction', async () => {
    const running = transaction(world);
    await running.step(started('Authorized', { card: CARDS.valid, wh: 1_000 }));
    await world.send('UpdateFirmware', update(114), { status: 'Accepted' });
    await tell(114, 'Downloading', 'Downloaded', 'SignatureVerified', 'InstallScheduled');
    await world.charger.status(2, 'Unavailable');
    await running.step(
      ended('StopAuthorized', { card: CARDS.valid, wh: 1_100, info: { stoppedReason: 'Local' } }),
    );
    await tell(114, 'Installing');
    const { evses } = await world.get('');
    expect((evses as Payload[]).map(({ status }) => status)).toEqual(['INOPERATIVE', 'INOPERATIVE']);
    await tell(114, 'Installed');
    for (const evseId of [1, 2]) await world.charger.status(evseId, 'Available');
    expect(await job(114)).toMatchObject({ state: 'done' });
  });
});

describe('logs', () => {
  const ask = (requestId: number, logType = 'DiagnosticsLog'): Payload => ({
    requestId,
    logType,
    log: { remoteLocation: 'https://files.example/logs', oldestTimestamp: '2026-01-01T00:00:00.000Z' },
  });

  test.each([
    ['TC_N_25', 'DiagnosticsLog'],
    ['TC_N_35', 'SecurityLog'],
  ])('%s a log is sent: %s', async (id, logType) => {
    const requestId = 1_000 + Number(id.slice(-2));
    await world.send('GetLog', ask(requestId, logType), { status: 'Accepted', filename: 'log.txt' });
    for (const status of ['Uploading', 'Uploaded']) {
      await world.tell('LogStatusNotification', { status, requestId });
    }
    expect(await job(requestId)).toMatchObject({ kind: 'log', state: 'done', file_name: 'log.txt' });
  });

  test('TC_N_34 a log that the charger does not give', async () => {
    await world.send('GetLog', ask(1_034), { status: 'Rejected' });
    expect(await job(1_034)).toMatchObject({ state: 'failed', status: 'Rejected' });
  });

  test('TC_N_36 a second request takes the place of the first', async () => {
    await world.send('GetLog', ask(1_036), { status: 'Accepted', filename: 'one.txt' });
    await world.tell('LogStatusNotification', { status: 'Uploading', requestId: 1_036 });
    await world.send('GetLog', ask(1_037), { status: 'AcceptedCanceled', filename: 'two.txt' });
    await world.tell('LogStatusNotification', { status: 'AcceptedCanceled', requestId: 1_036 });
    for (const status of ['Uploading', 'Uploaded']) {
      await world.tell('LogStatusNotification', { status, requestId: 1_037 });
    }
    expect([(await job(1_036))?.state, (await job(1_037))?.state]).toEqual(['failed', 'done']);
  });
});

describe('contracts of vehicles (ISO 15118)', () => {
  const request = (action: string) => ({
    iso15118SchemaVersion: 'urn:iso:15118:2:2013:MsgDef',
    action,
    exiRequest: 'AQID',
  });

  test.each([
    ['TC_M_26', 'Install'],
    ['TC_M_28', 'Update'],
  ])('%s a vehicle gets the certificate of its contract from the provider: %s', async (_id, action) => {
    exiResponse = 'BAUG';
    await world.tell('Get15118EVCertificate', request(action), { status: 'Accepted', exiResponse });
    expect(askedByVehicles.at(-1)).toEqual({
      stationId: ID,
      action,
      schemaVersion: 'urn:iso:15118:2:2013:MsgDef',
      exiRequest: 'AQID',
    });
  });

  test('a contract that the provider does not know fails with its reason (C-130)', async () => {
    exiResponse = undefined;
    const statusInfo = { reasonCode: 'UnknownContract' };
    await world.tell('Get15118EVCertificate', request('Install'), {
      status: 'Failed',
      exiResponse: '',
      statusInfo,
    });
  });

  const hash = (serialNumber = SERIAL): Payload => ({
    hashAlgorithm: 'SHA256',
    issuerNameHash: ISSUER,
    issuerKeyHash: ISSUER,
    serialNumber,
    responderURL: responder.url,
  });

  test('TC_M_24 the status of a certificate is what its responder says, signed as it came', async () => {
    responder.says('good');
    const answer = await world.charger.call('GetCertificateStatus', { ocspRequestData: hash() });
    expect(answer).toMatchObject({ status: 'Accepted', ocspResult: expect.any(String) });
    expect(Buffer.from(String(answer.ocspResult), 'base64')[0]).toBe(0x30);
    await world.tell(
      'GetCertificateStatus',
      { ocspRequestData: hash('ff') },
      {
        status: 'Failed',
        statusInfo: { reasonCode: 'NoAnswer' },
      },
    );
  });

  const contract = 'DERBGC12345678';
  const authorize = (more: Payload) =>
    world.charger.call('Authorize', { idToken: token(contract, 'eMAID'), ...more });

  test('TC_C_50 a contract that the charger checked and whose certificates are good is accepted', async () => {
    await world.gateway.operator.put(`/local-tokens/${contract}`, { type: 'OTHER' });
    responder.says('good');
    expect(await authorize({ iso15118CertificateHashData: [hash()] })).toMatchObject({
      idTokenInfo: { status: 'Accepted' },
      certificateStatus: 'Accepted',
    });
  });

  test('TC_C_52 a chain that the charger did not check is checked here, against the roots of the operator', async () => {
    await world.gateway.operator.put(`/local-tokens/${contract}`, { type: 'OTHER' });
    const { cert } = await authority.issue({ subject: `/CN=${contract}` });
    expect(await authorize({ certificate: cert })).toMatchObject({
      idTokenInfo: { status: 'Accepted' },
      certificateStatus: 'Accepted',
    });
    const stranger = await createAuthority('Another root');
    const { cert: other } = await stranger.issue({ subject: `/CN=${contract}` });
    stranger.dispose();
    expect(await authorize({ certificate: other })).toMatchObject({
      idTokenInfo: { status: 'Invalid' },
      certificateStatus: 'CertChainError',
    });
  });

  test('TC_C_51 one whose certificate is revoked, or whose token is blocked, is not', async () => {
    responder.says('revoked');
    expect(await authorize({ iso15118CertificateHashData: [hash()] })).toMatchObject({
      idTokenInfo: { status: 'Invalid' },
      certificateStatus: 'CertificateRevoked',
    });
    responder.says('good');
    await world.gateway.operator.put(`/local-tokens/${contract}`, { type: 'OTHER', blocked: true });
    expect(await authorize({ iso15118CertificateHashData: [hash()] })).toMatchObject({
      idTokenInfo: { status: 'Blocked' },
      certificateStatus: 'ContractCancelled',
    });
  });
});
