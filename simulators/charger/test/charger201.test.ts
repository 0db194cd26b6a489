import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Charger, startCharger } from '../src/index.js';
import type { Payload } from '../src/protocol.js';
import { type Csms, startCsms } from './csms.js';

const PASSWORD = 'correct-horse-201';

function moments(events: Payload[]): unknown[] {
  return events.map((event) => [event.eventType, event.seqNo, event.triggerReason]);
}

describe('OCPP 2.0.1 charger', () => {
  let csms: Csms;
  let charger: Charger;
  beforeEach(async () => {
    csms = await startCsms('ocpp2.0.1', PASSWORD);
    charger = await startCharger({
      url: csms.url,
      identity: 'CS-2011',
      password: PASSWORD,
      protocol: 'ocpp2.0.1',
      outlets: 2,
      retryMs: 5,
    });
  });
  afterEach(async () => {
    await charger.close();
    await csms.close();
  });

  test('a session by card is one transaction whose seqNo has no gaps (E02)', async () => {
    await charger.boot();
    await charger.session({
      outlet: 2,
      idTag: '04A1B2C3',
      seconds: 0.25,
      idleSeconds: 0.05,
      powerW: 3_600_000,
      sampleEverySeconds: 0.1,
    });
    const events = csms.of('TransactionEvent');
    const reasons = moments(events);
    expect(reasons.slice(0, 3)).toEqual([
      ['Started', 0, 'CablePluggedIn'],
      ['Updated', 1, 'Authorized'],
      ['Updated', 2, 'ChargingStateChanged'],
    ]);
    expect(reasons.at(-1)).toEqual(['Ended', events.length - 1, 'StopAuthorized']);
    expect(events.map((event) => event.seqNo)).toEqual(events.map((_, index) => index));
    expect(new Set(events.map((event) => JSON.stringify(transactionId(event)))).size).toBe(1);
    expect(csms.of('StatusNotification').map((payload) => payload.connectorStatus)).toEqual([
      'Occupied',
      'Available',
    ]);
    expect(charger.violations).toEqual([]);
  });

  test('RequestStart carries its remoteStartId into the transaction, RequestStop ends it (F01, F03)', async () => {
    const idToken = { idToken: '7e0f5a0c', type: 'Central' };
    expect(await csms.call('RequestStartTransaction', { remoteStartId: 42, evseId: 1, idToken })).toEqual({
      status: 'Accepted',
    });
    await csms.until(() => csms.of('TransactionEvent').length === 2);
    const [started] = csms.of('TransactionEvent');
    expect(started).toMatchObject({
      eventType: 'Started',
      triggerReason: 'RemoteStart',
      idToken,
      transactionInfo: { remoteStartId: 42 },
      evse: { id: 1, connectorId: 1 },
    });
    const status = () => csms.call('GetTransactionStatus', { transactionId: transactionId(started) });
    // The answer to the last event may still be on its way.
    while (((await status()) as { messagesInQueue?: unknown }).messagesInQueue === true);
    expect(await status()).toEqual({ ongoingIndicator: true, messagesInQueue: false });
    expect(await csms.call('RequestStopTransaction', { transactionId: transactionId(started) })).toEqual({
      status: 'Accepted',
    });
    await csms.until(() => csms.of('TransactionEvent').length === 3);
    expect(csms.of('TransactionEvent')[2]).toMatchObject({
      eventType: 'Ended',
      triggerReason: 'RemoteStop',
      transactionInfo: { stoppedReason: 'Remote' },
    });
  });

  test('events of the time offline are replayed in order and marked (D2-071)', async () => {
    await charger.startTransaction({ outlet: 1, idTag: 'OFFLINE' });
    charger.kill();
    await charger.meterValues(1, 101_000);
    await charger.stopTransaction(1, { reason: 'EVDisconnected' });
    await charger.reconnect();
    const events = csms.of('TransactionEvent');
    expect(events.map((event) => [event.eventType, event.seqNo, event.offline])).toEqual([
      ['Started', 0, undefined],
      ['Updated', 1, true],
      ['Ended', 2, true],
    ]);
    expect(csms.seen.at(-1)?.action).toBe('StatusNotification');
  });

  test('an authorization that is refused ends the transaction without energy', async () => {
    csms.answer('Authorize', () => ({ idTokenInfo: { status: 'Blocked' } }));
    expect(await charger.session({ outlet: 1, idTag: 'B10C', seconds: 1, powerW: 1 })).toBe(false);
    expect(moments(csms.of('TransactionEvent'))).toEqual([
      ['Started', 0, 'CablePluggedIn'],
      ['Ended', 1, 'EVDeparted'],
    ]);
  });

  test('the device model answers reads, writes and a base report (B05, B06, B07)', async () => {
    const variable = { name: 'HeartbeatInterval' };
    const component = { name: 'OCPPCommCtrlr' };
    const set = { getVariableData: [{ component, variable }] };
    expect(
      await csms.call('SetVariables', { setVariableData: [{ component, variable, attributeValue: '60' }] }),
    ).toMatchObject({ setVariableResult: [{ attributeStatus: 'Accepted' }] });
    expect(await csms.call('GetVariables', set)).toMatchObject({
      getVariableResult: [{ attributeStatus: 'Accepted', attributeValue: '60' }],
    });
    expect(await csms.call('GetBaseReport', { requestId: 3, reportBase: 'FullInventory' })).toEqual({
      status: 'Accepted',
    });
    await csms.until(() => csms.of('NotifyReport').length === 1);
    expect(csms.of('NotifyReport')[0]).toMatchObject({ requestId: 3, seqNo: 0 });
    expect(charger.violations).toEqual([]);
  });
});

function transactionId(event: Payload | undefined): unknown {
  return (event?.transactionInfo as Payload | undefined)?.transactionId;
}
