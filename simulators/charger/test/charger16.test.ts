import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { CallRefusal, type Charger, startCharger } from '../src/index.js';
import { type Csms, startCsms } from './csms.js';

const PASSWORD = 'correct-horse-16';

describe('OCPP 1.6 charger', () => {
  let csms: Csms;
  let charger: Charger;
  beforeEach(async () => {
    csms = await startCsms('ocpp1.6', PASSWORD);
    charger = await startCharger({
      url: csms.url,
      identity: 'CS-1601',
      password: PASSWORD,
      protocol: 'ocpp1.6',
      outlets: 2,
      retryMs: 5,
    });
  });
  afterEach(async () => {
    await charger.close();
    await csms.close();
  });

  test('a wrong password is refused with HTTP 401 (A-025)', async () => {
    await expect(
      startCharger({ url: csms.url, identity: 'CS-X', password: 'wrong', protocol: 'ocpp1.6' }),
    ).rejects.toMatchObject({ code: 401 });
  });

  test('a session by card goes from Preparing to Available with its energy', async () => {
    await charger.boot();
    const done = await charger.session({
      outlet: 1,
      idTag: '04A1B2C3D4E5F6',
      seconds: 0.3,
      powerW: 3_600_000,
      sampleEverySeconds: 0.1,
    });
    expect(done).toBe(true);
    const statuses = csms.of('StatusNotification').map((payload) => payload.status);
    expect(statuses).toEqual(['Preparing', 'Charging', 'Finishing', 'Available']);
    const [start] = csms.of('StartTransaction');
    const [stop] = csms.of('StopTransaction');
    expect(start).toMatchObject({ connectorId: 1, idTag: '04A1B2C3D4E5F6', meterStart: 100_000 });
    expect(stop).toMatchObject({ transactionId: 1, reason: 'Local' });
    // 3.6 MW for 0.3 s is 300 Wh.
    expect(Number(stop?.meterStop) - 100_000).toBeGreaterThanOrEqual(290);
    expect(csms.of('MeterValues').length).toBeGreaterThanOrEqual(2);
    expect(charger.violations).toEqual([]);
  });

  test('a refused card starts no transaction', async () => {
    csms.answer('Authorize', () => ({ idTagInfo: { status: 'Blocked' } }));
    expect(await charger.session({ outlet: 1, idTag: 'B10C', seconds: 1, powerW: 1 })).toBe(false);
    expect(csms.of('StartTransaction')).toEqual([]);
  });

  test('a start that the CSMS does not accept ends as DeAuthorized', async () => {
    csms.answer('StartTransaction', () => ({ transactionId: 7, idTagInfo: { status: 'Invalid' } }));
    expect(await charger.session({ outlet: 1, idTag: 'C0FFEE', seconds: 1, powerW: 1 })).toBe(false);
    expect(csms.of('StopTransaction')[0]).toMatchObject({ transactionId: 7, reason: 'DeAuthorized' });
  });

  test('RemoteStart starts a real transaction and RemoteStop ends it', async () => {
    expect(await csms.call('RemoteStartTransaction', { connectorId: 2, idTag: 'REMOTE1' })).toEqual({
      status: 'Accepted',
    });
    await csms.until(() => csms.of('StatusNotification').some((payload) => payload.status === 'Charging'));
    expect(csms.seen.map((call) => call.action)).toEqual([
      'StatusNotification',
      'Authorize',
      'StartTransaction',
      'StatusNotification',
    ]);
    expect(await csms.call('RemoteStartTransaction', { connectorId: 2, idTag: 'OTHER' })).toEqual({
      status: 'Rejected',
    });
    expect(await csms.call('RemoteStopTransaction', { transactionId: 99 })).toEqual({ status: 'Rejected' });
    expect(await csms.call('RemoteStopTransaction', { transactionId: 1 })).toEqual({ status: 'Accepted' });
    await csms.until(() => csms.of('StopTransaction').length === 1);
    expect(csms.of('StopTransaction')[0]).toMatchObject({ transactionId: 1, reason: 'Remote' });
  });

  test('a transaction that ran offline is replayed in order with the id learnt late (D2-070)', async () => {
    charger.kill();
    await charger.startTransaction({ outlet: 1, idTag: 'OFFLINE' });
    await charger.meterValues(1, 101_000);
    await charger.meterValues(1, 102_000);
    await charger.stopTransaction(1, { reason: 'EVDisconnected' });
    expect(charger.queueLength()).toBe(4);
    expect(csms.seen).toEqual([]);

    await charger.reconnect();
    expect(csms.seen.map((call) => call.action).slice(0, 4)).toEqual([
      'StartTransaction',
      'MeterValues',
      'MeterValues',
      'StopTransaction',
    ]);
    expect(csms.of('MeterValues').map((payload) => payload.transactionId)).toEqual([1, 1]);
    expect(csms.of('StopTransaction')[0]).toMatchObject({ transactionId: 1, meterStop: 102_000 });
    expect(charger.queueLength()).toBe(0);
  });

  test('a start is tried three times, then the stop carries the id -1 (D2-057)', async () => {
    csms.answer('StartTransaction', () => {
      throw new Error('database is away');
    });
    await charger.startTransaction({ outlet: 1, idTag: 'UNLUCKY' });
    await charger.stopTransaction(1);
    expect(csms.of('StartTransaction')).toHaveLength(3);
    expect(csms.of('StopTransaction')[0]).toMatchObject({ transactionId: -1 });
  });

  test('the answer to an action can be scripted, also as CALLERROR', async () => {
    charger.onCall('RemoteStartTransaction', () => ({ status: 'Rejected' }));
    expect(await csms.call('RemoteStartTransaction', { idTag: 'A' })).toEqual({ status: 'Rejected' });
    charger.onCall('Reset', () => {
      throw new CallRefusal('InternalError', 'fuse');
    });
    await expect(csms.call('Reset', { type: 'Soft' })).rejects.toMatchObject({
      rpcErrorCode: 'InternalError',
    });
    await expect(csms.call('GetDiagnostics', { location: 'ftp://x' })).rejects.toMatchObject({
      rpcErrorCode: 'NotImplemented',
    });
    expect(charger.received.map((call) => call.action)).toEqual([
      'RemoteStartTransaction',
      'Reset',
      'GetDiagnostics',
    ]);
  });

  test('configuration, triggers and reset answer like a charger', async () => {
    expect(await csms.call('GetConfiguration', { key: ['NumberOfConnectors', 'Nonsense'] })).toEqual({
      configurationKey: [{ key: 'NumberOfConnectors', value: '2', readonly: true }],
      unknownKey: ['Nonsense'],
    });
    expect(await csms.call('ChangeConfiguration', { key: 'HeartbeatInterval', value: '60' })).toEqual({
      status: 'Accepted',
    });
    expect(
      await csms.call('TriggerMessage', { requestedMessage: 'StatusNotification', connectorId: 1 }),
    ).toEqual({ status: 'Accepted' });
    await csms.until(() => csms.of('StatusNotification').length === 1);
    expect(await csms.call('Reset', { type: 'Hard' })).toEqual({ status: 'Accepted' });
    await csms.until(() => csms.of('BootNotification').length === 1);
    await csms.until(() => csms.of('StatusNotification').length === 3);
  });

  test('a CALL of our own that breaks the schema fails and never leaves', async () => {
    await expect(charger.call('Authorize', { idTag: 'x'.repeat(21) })).rejects.toThrow(
      'Authorize breaks its schema',
    );
    expect(csms.seen).toEqual([]);
  });
});
