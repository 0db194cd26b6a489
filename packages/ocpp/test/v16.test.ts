import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { RawCharger, startGateway, type TestGateway } from './support/gateway.js';

let gateway: TestGateway;
let cp: RawCharger;
let sent = 0;

beforeEach(async () => {
  gateway = await startGateway();
  cp = await new RawCharger(`${gateway.url}/CP1`, ['ocpp1.6']).open();
});

afterEach(() => gateway.ocpp.close());

const ask = async (action: string, payload: unknown) => {
  sent += 1;
  return (await cp.ask([2, `id${sent}`, action, payload])).slice(2);
};

const AT = Date.UTC(2026, 0, 1, 10);
const TIME = '2026-01-01T10:00:00Z';
const start = { connectorId: 2, idTag: 'Ab12', meterStart: 100, timestamp: TIME };

test('BootNotification: the charger and our time with Z (B-001)', async () => {
  const boot = {
    chargePointVendor: 'V',
    chargePointModel: 'M',
    chargeBoxSerialNumber: 'S',
    firmwareVersion: '1',
    meterSerialNumber: 'MS',
  };
  expect(await ask('BootNotification', boot)).toEqual([
    { status: 'Accepted', currentTime: '2030-01-01T00:00:00.000Z', interval: 300 },
  ]);
  expect(gateway.edge.boots).toEqual([
    { vendor: 'V', model: 'M', serialNumber: 'S', firmwareVersion: '1', meterSerialNumber: 'MS' },
  ]);
});

describe('actions', () => {
  test('an unknown action is NotImplemented, one that we do not serve NotSupported (A-077, G41)', async () => {
    expect((await ask('Foo', {}))[0]).toBe('NotImplemented');
    expect((await ask('__proto__', {}))[0]).toBe('NotImplemented');
    expect((await ask('Reset', { type: 'Hard' }))[0]).toBe('NotSupported');
  });

  test('DataTransfer: no vendor is known (B-009)', async () => {
    expect(await ask('DataTransfer', { vendorId: 'x', data: 'y' })).toEqual([{ status: 'UnknownVendorId' }]);
  });

  test.each([
    'DiagnosticsStatusNotification',
    'FirmwareStatusNotification',
    'SecurityEventNotification',
    'LogStatusNotification',
    'SignedFirmwareStatusNotification',
  ])('%s is journaled and acknowledged (B-010, B-011)', async (action) => {
    expect(await ask(action, { status: 'Idle' })).toEqual([{}]);
    expect(gateway.edge.journaled.at(-1)?.action).toBe(action);
  });
});

describe('Authorize', () => {
  test.each([
    ['Accepted', 'Accepted'],
    ['Blocked', 'Blocked'],
    ['Expired', 'Expired'],
    ['Invalid', 'Invalid'],
    ['NoCredit', 'Blocked'],
    ['NotAtThisLocation', 'Invalid'],
    ['Unknown', 'Invalid'],
  ] as const)('%s is written as %s (D4.2)', async (status, written) => {
    gateway.edge.decision = { status };
    expect(await ask('Authorize', { idTag: 'A' })).toEqual([{ idTagInfo: { status: written } }]);
  });

  test('group and expiry are told; a long group always gets the same short name (D4-035)', async () => {
    gateway.edge.decision = { status: 'Accepted', groupId: 'G', expiresAt: AT };
    expect(await ask('Authorize', { idTag: 'A' })).toEqual([
      { idTagInfo: { status: 'Accepted', parentIdTag: 'G', expiryDate: '2026-01-01T10:00:00.000Z' } },
    ]);
    gateway.edge.decision = { status: 'Accepted', groupId: 'g'.repeat(36) };
    const [{ idTagInfo }] = (await ask('Authorize', { idTag: 'A' })) as [
      { idTagInfo: { parentIdTag: string } },
    ];
    expect(idTagInfo.parentIdTag).toMatch(/^[0-9A-F]{20}$/);
  });

  test('a connectorId tells where the driver stands; long and dirty idTags are kept (Q-29, Q-31)', async () => {
    await ask('Authorize', { idTag: ' 04A1B2C3D4E5F6\u0000 and more than 20 ', connectorId: 2 });
    expect(gateway.edge.authorizations).toEqual([
      { idToken: { idToken: '04A1B2C3D4E5F6 and more than 20', type: 'unknown' }, evseId: 2 },
    ]);
    expect(gateway.edge.journaled[0]?.verdict).toBe('repaired');
  });

  test('without an idTag it is an error in the spelling of the version (A-082, G41)', async () => {
    expect((await ask('Authorize', {}))[0]).toBe('OccurenceConstraintViolation');
    expect((await ask('Authorize', { idTag: {} }))[0]).toBe('TypeConstraintViolation');
    expect((await ask('Authorize', { idTag: '' }))[0]).toBe('PropertyConstraintViolation');
    expect((await ask('Authorize', 'A'))[0]).toBe('FormationViolation');
    expect(gateway.edge.noted.filter((frame) => frame.verdict === 'rejected')).toHaveLength(4);
  });
});

describe('StatusNotification', () => {
  test.each([
    ['Available', 'Available', undefined],
    ['Preparing', 'Occupied', 'EVConnected'],
    ['Charging', 'Occupied', 'Charging'],
    ['SuspendedEV', 'Occupied', 'SuspendedEV'],
    ['SuspendedEVSE', 'Occupied', 'SuspendedEVSE'],
    ['Finishing', 'Occupied', 'EVConnected'],
    ['Reserved', 'Reserved', undefined],
    ['Unavailable', 'Unavailable', undefined],
    ['Faulted', 'Faulted', undefined],
  ])('%s is %s (D1.2)', async (raw, status, chargingState) => {
    expect(await ask('StatusNotification', { connectorId: 2, errorCode: 'NoError', status: raw })).toEqual([
      {},
    ]);
    const [report] = gateway.edge.statuses;
    expect(report).toMatchObject({ evseId: 2, connectorId: 1, status, rawStatus: raw, errorCode: 'NoError' });
    expect(report?.chargingState).toBe(chargingState);
  });

  test('connector 0 is the station (D1-010); times, errors and infos are kept', async () => {
    await ask('StatusNotification', {
      connectorId: 0,
      errorCode: 'Error',
      status: 'faulted',
      timestamp: '2026-01-01T10:00:00',
      info: 'x'.repeat(80),
      vendorErrorCode: 'E1',
    });
    expect(gateway.edge.statuses).toEqual([
      {
        evseId: 0,
        connectorId: 0,
        status: 'Faulted',
        rawStatus: 'Faulted',
        errorCode: 'OtherError',
        vendorErrorCode: 'E1',
        info: 'x'.repeat(80),
        at: AT,
      },
    ]);
    expect(gateway.edge.journaled[0]).toMatchObject({ verdict: 'repaired' });
    expect(gateway.edge.journaled[0]?.anomalies).toEqual(
      expect.arrayContaining([
        'MISSPELLED /errorCode',
        'ENUM_CASE /status',
        'TIME_WITHOUT_ZONE /timestamp',
        'SCHEMA maxLength /info',
      ]),
    );
  });

  test('an unknown status is acknowledged, changes nothing and is visible (D1.2, A-092)', async () => {
    expect(await ask('StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Idle' })).toEqual(
      [{}],
    );
    expect(gateway.edge.statuses).toEqual([]);
    expect(gateway.edge.journaled[0]?.verdict).toBe('quarantined');
    expect(gateway.ocpp.counters.quarantined).toBe(1);
  });
});

describe('StartTransaction', () => {
  test('becomes Started with the register and a key that a repetition shares (B-005, D2-051)', async () => {
    expect(await ask('StartTransaction', { ...start, reservationId: 5 })).toEqual([
      { transactionId: 1, idTagInfo: { status: 'Accepted' } },
    ]);
    expect(gateway.edge.events).toEqual([
      {
        eventType: 'Started',
        at: AT,
        receivedAt: expect.any(Number),
        offline: false,
        evseId: 2,
        connectorId: 1,
        naturalKey: `2|ab12|${TIME}|100`,
        idToken: { idToken: 'Ab12', type: 'unknown' },
        reservationId: 5,
        meterStartWh: 100,
        meterValues: [],
      },
    ]);
  });

  test('a refused token has an id all the same (B-005)', async () => {
    gateway.edge.decision = { status: 'ConcurrentTx' };
    expect(await ask('StartTransaction', start)).toEqual([
      { transactionId: 1, idTagInfo: { status: 'ConcurrentTx' } },
    ]);
  });

  test('numbers as text and a time of 1970 are repaired (A-093, A-094, G39)', async () => {
    const before = Date.now();
    await ask('StartTransaction', {
      ...start,
      connectorId: '2',
      meterStart: ' 100.5 ',
      timestamp: '1970-01-01T00:00:10Z',
    });
    const [event] = gateway.edge.events;
    expect(event).toMatchObject({ evseId: 2, meterStartWh: 100.5 });
    expect(event?.at).toBeGreaterThanOrEqual(before);
    expect(gateway.edge.journaled[0]?.anomalies).toEqual(
      expect.arrayContaining(['NUMBER_AS_TEXT /connectorId', 'TIME_IMPLAUSIBLE /timestamp']),
    );
  });

  test.each([
    ['nothing', {}, 'Invalid'],
    ['no object', 'x', 'Invalid'],
    ['no connector', { ...start, connectorId: undefined }, 'Accepted'],
    ['connector 0', { ...start, connectorId: 0 }, 'Accepted'],
    ['no register', { ...start, meterStart: 'full' }, 'Accepted'],
    ['a register that no meter has', { ...start, meterStart: Number.MAX_VALUE }, 'Accepted'],
    ['no time', { ...start, timestamp: undefined }, 'Accepted'],
  ])(
    'with %s it still gets an id, and its token is judged if it can be read (A-092, G41)',
    async (_title, payload, status) => {
      expect(await ask('StartTransaction', payload)).toEqual([{ transactionId: 1, idTagInfo: { status } }]);
      expect(gateway.edge.journaled[0]?.verdict).toBe('quarantined');
      expect(gateway.edge.events[0]).not.toHaveProperty('meterStartWh');
      expect(gateway.edge.events[0]?.naturalKey).toMatch(/^unusable\|/);
    },
  );

  test('without an idTag the energy is kept and nobody pays for it', async () => {
    const { idTag: _, ...anonymous } = start;
    expect(await ask('StartTransaction', anonymous)).toEqual([
      { transactionId: 1, idTagInfo: { status: 'Invalid' } },
    ]);
    expect(gateway.edge.events[0]).toMatchObject({ evseId: 2, meterStartWh: 100 });
  });
});

describe('MeterValues', () => {
  const sample = (value: unknown, more = {}) => ({ timestamp: TIME, sampledValue: [{ value, ...more }] });

  test('become an update of the transaction, samples as they came (B-007)', async () => {
    const payload = {
      connectorId: 2,
      transactionId: 7,
      meterValue: [
        sample('12.5', { measurand: 'Energy.Active.Import.Register', unit: 'kWh', context: 'Sample.Clock' }),
        sample('31', { measurand: 'Temperature', unit: 'Celcius', location: 'Body' }),
      ],
    };
    expect(await ask('MeterValues', payload)).toEqual([{}]);
    expect(gateway.edge.events).toEqual([
      {
        eventType: 'Updated',
        ocppTransactionId: '7',
        at: AT,
        receivedAt: expect.any(Number),
        offline: false,
        evseId: 2,
        connectorId: 1,
        meterValues: [
          {
            at: AT,
            sampledValues: [
              {
                value: '12.5',
                measurand: 'Energy.Active.Import.Register',
                unit: 'kWh',
                context: 'Sample.Clock',
              },
            ],
          },
          {
            at: AT,
            sampledValues: [{ value: '31', measurand: 'Temperature', unit: 'Celcius', location: 'Body' }],
          },
        ],
      },
    ]);
    expect(gateway.edge.journaled[0]).toMatchObject({ verdict: 'ok', anomalies: [] });
  });

  test.each([
    ['0', '0', '0'],
    ['-1', '-1', '-1'],
    ['2^63-1', '9223372036854775807', undefined],
    ['text', '"42"', '42'],
    ['nothing', 'null', undefined],
  ])('a transaction id of %s does no harm (D2-055, G16)', async (_title, id, passed) => {
    cp.send(
      `[2,"m","MeterValues",{"connectorId":1,"transactionId":${id},"meterValue":[${JSON.stringify(sample('1'))}]}]`,
    );
    expect(await cp.next()).toEqual([3, 'm', {}]);
    expect(gateway.edge.events[0]?.ocppTransactionId).toBe(passed);
    expect(gateway.edge.events[0]?.evseId).toBe(1);
  });

  test('numbers, decimal commas, blanks and single objects are repaired (Q-25, Q-26, A-091, A-093)', async () => {
    await ask('MeterValues', {
      connectorId: 1,
      meterValue: {
        timestamp: TIME,
        sampledValue: [
          { value: 5 },
          { value: '9,6' },
          { value: '  7 ' },
          { value: '' },
          { value: null },
          'x',
        ],
      },
    });
    expect(gateway.edge.events[0]?.meterValues).toEqual([
      { at: AT, sampledValues: [{ value: 5 }, { value: '9.6' }, { value: '7' }] },
    ]);
  });

  test('connector 0 is the main meter: telemetry (B-007)', async () => {
    await ask('MeterValues', { connectorId: 0, transactionId: 7, meterValue: [sample('1')] });
    expect(gateway.edge.events).toEqual([]);
    expect(gateway.edge.telemetry).toMatchObject([{ evseId: 0, at: AT }]);
  });

  test('without any sample they are only journaled (Q-26)', async () => {
    expect(await ask('MeterValues', { connectorId: 1, meterValue: [] })).toEqual([{}]);
    expect(
      await ask('MeterValues', { connectorId: 1, meterValue: [{ timestamp: TIME, sampledValue: [] }] }),
    ).toEqual([{}]);
    expect(gateway.edge.journaled).toHaveLength(2);
    expect(gateway.edge.events).toEqual([]);
  });

  test('unusable ones are acknowledged and kept in quarantine (A-092, G41)', async () => {
    expect(await ask('MeterValues', { connectorId: 'x' })).toEqual([{}]);
    expect(gateway.edge.journaled[0]?.verdict).toBe('quarantined');
  });
});

describe('StopTransaction', () => {
  const stop = { transactionId: 7, meterStop: 5_000, timestamp: TIME };

  test('becomes Ended; idTagInfo only where an idTag was sent, the reason is Local (B-006)', async () => {
    expect(await ask('StopTransaction', stop)).toEqual([{}]);
    expect(await ask('StopTransaction', { ...stop, idTag: 'A', reason: 'HardReset' })).toEqual([
      { idTagInfo: { status: 'Accepted' } },
    ]);
    expect(gateway.edge.events).toMatchObject([
      { eventType: 'Ended', ocppTransactionId: '7', meterStopWh: 5_000, stoppedReason: 'Local', at: AT },
      { stoppedReason: 'HardReset', idToken: { idToken: 'A' } },
    ]);
  });

  test('its transaction data are meter values (B-006)', async () => {
    const transactionData = [{ timestamp: TIME, sampledValue: [{ value: '1', context: 'Transaction.End' }] }];
    await ask('StopTransaction', { ...stop, transactionData });
    expect(gateway.edge.events[0]?.meterValues).toEqual([
      { at: AT, sampledValues: [{ value: '1', context: 'Transaction.End' }] },
    ]);
  });

  test.each([
    [
      JSON.stringify({ signedMeterData: 'T0NNRg==', encodingMethod: 'OCMF', publicKey: 'b2Nh' }),
      { data: 'T0NNRg==', form: 'base64', encodingMethod: 'OCMF', publicKey: 'b2Nh' },
    ],
    [' OCMF|{"RV":1,5}|{} ', { data: ' OCMF|{"RV":1,5}|{} ', form: 'text' }],
    ['{"vendor":"own"}', { data: '{"vendor":"own"}', form: 'text' }],
    ['12,5', { data: '12,5', form: 'text' }],
  ])('a signed value is kept to the character, in either form (D3-020): %s', async (value, signed) => {
    const sample = { value, context: 'Transaction.End', format: 'SignedData' };
    await ask('StopTransaction', { ...stop, transactionData: [{ timestamp: TIME, sampledValue: [sample] }] });
    expect(gateway.edge.events[0]?.meterValues[0]?.sampledValues).toEqual([
      { value: '', context: 'Transaction.End', format: 'SignedData', signed },
    ]);
  });

  test.each([0, -1, 999_999])(
    'an id of %p goes to core as it is (D2-054, Q-43, Q-44)',
    async (transactionId) => {
      await ask('StopTransaction', { ...stop, transactionId });
      expect(gateway.edge.events[0]?.ocppTransactionId).toBe(String(transactionId));
    },
  );

  test('with nothing readable it is acknowledged and kept in quarantine (A-092)', async () => {
    expect(await ask('StopTransaction', {})).toEqual([{}]);
    expect(gateway.edge.journaled[0]?.verdict).toBe('quarantined');
    expect(gateway.edge.events).toEqual([]);
  });
});
