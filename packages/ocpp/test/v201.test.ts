import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { RawCharger, startGateway, type TestGateway } from './support/gateway.js';

let gateway: TestGateway;
let cp: RawCharger;
let sent = 0;

beforeEach(async () => {
  gateway = await startGateway();
  cp = await new RawCharger(`${gateway.url}/CP1`, ['ocpp2.0.1']).open();
});

afterEach(() => gateway.ocpp.close());

const ask = async (action: string, payload: unknown) => {
  sent += 1;
  return (await cp.ask([2, `id${sent}`, action, payload])).slice(2);
};

const AT = Date.UTC(2026, 0, 1, 10);
const TIME = '2026-01-01T10:00:00Z';

test('BootNotification (C-020)', async () => {
  const chargingStation = { vendorName: 'V', model: 'M', serialNumber: 'S', firmwareVersion: '1' };
  expect(await ask('BootNotification', { reason: 'PowerUp', chargingStation })).toEqual([
    { status: 'Accepted', currentTime: '2030-01-01T00:00:00.000Z', interval: 300 },
  ]);
  expect(gateway.edge.boots).toEqual([
    { vendor: 'V', model: 'M', serialNumber: 'S', firmwareVersion: '1', reason: 'PowerUp' },
  ]);
});

describe('actions', () => {
  test('unknown, not served, and errors in the spelling of the version (A-077, A-082, G41)', async () => {
    expect((await ask('Foo', {}))[0]).toBe('NotImplemented');
    expect((await ask('Reset', {}))[0]).toBe('NotSupported');
    expect((await ask('Authorize', {}))[0]).toBe('OccurrenceConstraintViolation');
    expect((await ask('Authorize', { idToken: {} }))[0]).toBe('OccurrenceConstraintViolation');
    expect((await ask('Authorize', { idToken: 'A' }))[0]).toBe('TypeConstraintViolation');
    expect((await ask('Authorize', 'A'))[0]).toBe('FormatViolation');
  });

  test.each([
    'FirmwareStatusNotification',
    'NotifyReport',
    'NotifyEvent',
    'SecurityEventNotification',
    'LogStatusNotification',
    'NotifyMonitoringReport',
    'ReportChargingProfiles',
  ])('%s is journaled and acknowledged', async (action) => {
    expect(await ask(action, {})).toEqual([{}]);
    expect(gateway.edge.journaled.at(-1)?.action).toBe(action);
  });

  test('a part of a report is told with its number; without tbc it is the last; secrets are not kept (C-002, A-024)', async () => {
    const item = {
      component: { name: 'SecurityCtrlr' },
      variable: { name: 'BasicAuthPassword' },
      variableAttribute: [{ value: 'told-by-mistake', mutability: 'WriteOnly' }],
    };
    expect(await ask('NotifyReport', { requestId: 7, seqNo: 1, tbc: true, reportData: [item] })).toEqual([
      {},
    ]);
    expect(await ask('NotifyMonitoringReport', { requestId: 8 })).toEqual([{}]);
    expect(gateway.edge.reportParts).toMatchObject([
      { kind: 'inventory', requestId: 7, seqNo: 1, last: false },
      { kind: 'monitoring', requestId: 8, last: true, items: [] },
    ]);
    expect(JSON.stringify(gateway.edge.reportParts)).not.toContain('told-by-mistake');
    const [told] = gateway.edge.reportParts[0]?.variables ?? [];
    expect(told?.attributes).toEqual([{ type: 'Actual', mutability: 'WriteOnly', at: expect.any(Number) }]);
  });

  test('limits of the station are told with their EVSE, none for the whole station (D6-022, TC_K_53)', async () => {
    const limit = { chargingLimit: { chargingLimitSource: 'EMS' } };
    expect(await ask('NotifyChargingLimit', { ...limit, evseId: 2 })).toEqual([{}]);
    expect(await ask('NotifyChargingLimit', limit)).toEqual([{}]);
    expect(await ask('ClearedChargingLimit', { chargingLimitSource: 'EMS', evseId: 0 })).toEqual([{}]);
    expect(gateway.edge.changedLimits).toEqual([2, undefined, undefined]);
    expect(gateway.edge.journaled.at(-1)?.action).toBe('ClearedChargingLimit');
  });

  test('the schedule of a vehicle is accepted, its needs are not planned for (C-113)', async () => {
    const schedule = {
      timeBase: '2026-03-01T10:00:00Z',
      evseId: 1,
      chargingSchedule: { id: 1, chargingRateUnit: 'A', chargingSchedulePeriod: [] },
    };
    expect(await ask('NotifyEVChargingSchedule', schedule)).toEqual([{ status: 'Accepted' }]);
    expect(gateway.edge.changedLimits).toEqual([1]);
    const needs = { evseId: 1, chargingNeeds: { requestedEnergyTransfer: 'AC_three_phase' } };
    expect(await ask('NotifyEVChargingNeeds', needs)).toEqual([{ status: 'Rejected' }]);
  });

  test('ReservationStatusUpdate tells that a reservation is over (D5-045)', async () => {
    const update = { reservationId: 7, reservationUpdateStatus: 'Removed' };
    expect(await ask('ReservationStatusUpdate', update)).toEqual([{}]);
    expect(await ask('ReservationStatusUpdate', { ...update, reservationUpdateStatus: 'Expired' })).toEqual([
      {},
    ]);
    expect(gateway.edge.reservations).toEqual([
      { reservationId: 7, status: 'cancelled' },
      { reservationId: 7, status: 'expired' },
    ]);
    expect((await ask('ReservationStatusUpdate', { reservationId: 7 }))[0]).toBe(
      'OccurrenceConstraintViolation',
    );
  });

  test('DataTransfer: no vendor is known', async () => {
    expect(await ask('DataTransfer', { vendorId: 'x' })).toEqual([{ status: 'UnknownVendorId' }]);
  });
});

describe('Authorize', () => {
  test('the decision with group, expiry and language (C-030, C-031)', async () => {
    gateway.edge.decision = { status: 'Accepted', groupId: 'G', expiresAt: AT, language: 'de' };
    expect(await ask('Authorize', { idToken: { idToken: 'A', type: 'ISO14443' } })).toEqual([
      {
        idTokenInfo: {
          status: 'Accepted',
          cacheExpiryDateTime: '2026-01-01T10:00:00.000Z',
          groupIdToken: { idToken: 'G', type: 'Central' },
          language1: 'de',
        },
      },
    ]);
  });

  test.each(['NoCredit', 'NotAtThisLocation', 'Unknown', 'ConcurrentTx'] as const)(
    '%s stays what it is',
    async (status) => {
      gateway.edge.decision = { status };
      expect(await ask('Authorize', { idToken: { idToken: 'A', type: 'iso14443' } })).toEqual([
        { idTokenInfo: { status } },
      ]);
      expect(gateway.edge.authorizations).toEqual([{ idToken: { idToken: 'A', type: 'ISO14443' } }]);
    },
  );

  test('a key code does not reach the journal (C-033)', async () => {
    await ask('Authorize', { idToken: { idToken: '4711', type: 'KeyCode' } });
    expect(gateway.edge.authorizations[0]?.idToken.idToken).toBe('4711');
    expect(JSON.stringify(gateway.edge.journaled)).not.toContain('4711');
  });
});

describe('StatusNotification', () => {
  test('is taken as it is (D1.3)', async () => {
    const status = { timestamp: TIME, connectorStatus: 'Occupied', evseId: 2, connectorId: 3 };
    expect(await ask('StatusNotification', status)).toEqual([{}]);
    expect(gateway.edge.statuses).toEqual([
      { evseId: 2, connectorId: 3, status: 'Occupied', rawStatus: 'Occupied', at: AT },
    ]);
  });

  test('0 and 0 is the station, a missing connector the first (Q-73)', async () => {
    await ask('StatusNotification', {
      timestamp: TIME,
      connectorStatus: 'Faulted',
      evseId: 0,
      connectorId: 0,
    });
    await ask('StatusNotification', { timestamp: TIME, connectorStatus: 'Available', evseId: 2 });
    expect(gateway.edge.statuses).toMatchObject([
      { evseId: 0, connectorId: 0 },
      { evseId: 2, connectorId: 1 },
    ]);
  });

  test('an unknown status is acknowledged and kept in quarantine (A-092)', async () => {
    expect(await ask('StatusNotification', { timestamp: TIME, connectorStatus: 'Busy', evseId: 1 })).toEqual([
      {},
    ]);
    expect(gateway.edge.journaled[0]?.verdict).toBe('quarantined');
  });
});

describe('TransactionEvent', () => {
  const event = {
    eventType: 'Started',
    timestamp: TIME,
    triggerReason: 'CablePluggedIn',
    seqNo: 0,
    transactionInfo: { transactionId: 't1', chargingState: 'EVConnected', remoteStartId: 9 },
    evse: { id: 1, connectorId: 2 },
    idToken: { idToken: 'A', type: 'ISO14443' },
    reservationId: 3,
    offline: true,
    meterValue: [
      {
        timestamp: TIME,
        sampledValue: [
          {
            value: 1.5,
            context: 'Transaction.Begin',
            unitOfMeasure: { unit: 'Wh', multiplier: 3 },
            signedMeterValue: {
              signedMeterData: 'x',
              signingMethod: '',
              encodingMethod: 'OCMF',
              publicKey: '',
            },
          },
        ],
      },
    ],
  };

  test('is taken as it is (C-050)', async () => {
    expect(await ask('TransactionEvent', event)).toEqual([{ idTokenInfo: { status: 'Accepted' } }]);
    expect(gateway.edge.events).toEqual([
      {
        eventType: 'Started',
        ocppTransactionId: 't1',
        seqNo: 0,
        at: AT,
        receivedAt: expect.any(Number),
        offline: true,
        triggerReason: 'CablePluggedIn',
        evseId: 1,
        connectorId: 2,
        idToken: { idToken: 'A', type: 'ISO14443' },
        chargingState: 'EVConnected',
        remoteStartId: 9,
        reservationId: 3,
        meterValues: [
          {
            at: AT,
            sampledValues: [
              {
                value: 1.5,
                context: 'Transaction.Begin',
                unit: 'Wh',
                multiplier: 3,
                signed: { data: 'x', form: 'base64', encodingMethod: 'OCMF' },
              },
            ],
          },
        ],
      },
    ]);
    expect(gateway.edge.journaled[0]).toMatchObject({ verdict: 'ok', anomalies: [] });
  });

  test('idTokenInfo only where an idToken was sent; a missing reason is Local (C-053, C-056)', async () => {
    const { idToken: _, ...rest } = { ...event, eventType: 'Ended' };
    expect(await ask('TransactionEvent', rest)).toEqual([{}]);
    expect(gateway.edge.events[0]?.stoppedReason).toBe('Local');
  });

  test('a missing trigger, sequence number and time, and numbers as text, do no harm (Q-76, A-093)', async () => {
    const lean = {
      eventType: 'updated',
      transactionInfo: { transactionId: 5 },
      meterValue: [{ timestamp: TIME, sampledValue: [{ value: '7,5' }] }],
      evse: { id: '1' },
    };
    expect(await ask('TransactionEvent', lean)).toEqual([{}]);
    expect(gateway.edge.events).toMatchObject([
      {
        eventType: 'Updated',
        ocppTransactionId: '5',
        evseId: 1,
        meterValues: [{ sampledValues: [{ value: 7.5 }] }],
      },
    ]);
    expect(gateway.edge.journaled[0]?.verdict).toBe('repaired');
  });

  test('a token without authorization has no text (C-033)', async () => {
    await ask('TransactionEvent', { ...event, idToken: { idToken: '', type: 'NoAuthorization' } });
    expect(gateway.edge.events[0]?.idToken).toEqual({ idToken: '', type: 'NoAuthorization' });
  });

  test.each([
    ['nothing', {}, {}],
    ['no transaction', { ...event, transactionInfo: {} }, { idTokenInfo: { status: 'Invalid' } }],
    ['an unknown type of event', { ...event, eventType: 'Paused' }, { idTokenInfo: { status: 'Invalid' } }],
  ])('with %s it is acknowledged and kept in quarantine (A-092)', async (_title, payload, answer) => {
    expect(await ask('TransactionEvent', payload)).toEqual([answer]);
    expect(gateway.edge.journaled[0]?.verdict).toBe('quarantined');
    expect(gateway.edge.events).toEqual([]);
  });
});

describe('MeterValues', () => {
  test('are telemetry (C-100)', async () => {
    const meterValue = [
      { timestamp: TIME, sampledValue: [{ value: 3, measurand: 'Voltage', phase: 'L1-N' }] },
    ];
    expect(await ask('MeterValues', { evseId: 1, meterValue })).toEqual([{}]);
    expect(gateway.edge.telemetry).toEqual([
      {
        at: AT,
        evseId: 1,
        meterValues: [{ at: AT, sampledValues: [{ value: 3, measurand: 'Voltage', phase: 'L1-N' }] }],
      },
    ]);
  });

  test('unusable ones are acknowledged and kept in quarantine (A-092)', async () => {
    expect(await ask('MeterValues', {})).toEqual([{}]);
    expect(gateway.edge.journaled[0]?.verdict).toBe('quarantined');
  });
});
