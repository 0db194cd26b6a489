import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Charger, startCharger } from '../src/index.js';
import { type Csms, startCsms } from './csms.js';

const PASSWORD = 'correct-horse-211';

describe('OCPP 2.1 charger', () => {
  let csms: Csms;
  let charger: Charger;
  beforeAll(async () => {
    csms = await startCsms('ocpp2.1', PASSWORD);
    charger = await startCharger({
      url: csms.url,
      identity: 'CS-2111',
      password: PASSWORD,
      protocol: 'ocpp2.1',
      retryMs: 5,
    });
    csms.answer('OpenPeriodicEventStream', () => ({ status: 'Accepted' }));
    await charger.boot();
  });
  afterAll(async () => {
    await charger.close();
    await csms.close();
  });

  test('a session is that of OCPP 2.0.1, and its samples are streamed too', async () => {
    await charger.session({
      outlet: 1,
      idTag: '04A1B2C3',
      seconds: 0.25,
      powerW: 3_600_000,
      sampleEverySeconds: 0.1,
    });
    const reasons = csms
      .of('TransactionEvent')
      .map(({ eventType, triggerReason }) => [eventType, triggerReason]);
    expect(reasons.at(0)).toEqual(['Started', 'CablePluggedIn']);
    expect(reasons.at(-1)).toEqual(['Ended', 'StopAuthorized']);
    expect(csms.of('OpenPeriodicEventStream')).toEqual([
      { constantStreamData: { id: 1, variableMonitoringId: 9001, params: { interval: 60, values: 1 } } },
    ]);
    await csms.until(() => csms.odd.length > 0);
    expect(csms.odd[0]).toEqual([
      6,
      expect.any(String),
      'NotifyPeriodicEventStream',
      {
        id: 1,
        pending: 0,
        basetime: expect.any(String),
        data: [{ t: 0, v: expect.stringMatching(/^[0-9.]+$/) }],
      },
    ]);
    expect(charger.violations).toEqual([]);
  });

  test('the CSMS reads and changes the streams', async () => {
    const params = { interval: 5, values: 2 };
    expect(await csms.call('AdjustPeriodicEventStream', { id: 1, params })).toEqual({ status: 'Accepted' });
    expect(await csms.call('AdjustPeriodicEventStream', { id: 7, params })).toEqual({ status: 'Rejected' });
    expect(await csms.call('GetPeriodicEventStream', {})).toEqual({
      constantStreamData: [{ id: 1, variableMonitoringId: 9001, params }],
    });
    expect(charger.violations).toEqual([]);
  });
});
