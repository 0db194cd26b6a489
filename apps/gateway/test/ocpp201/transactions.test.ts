import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Payload } from '@roambridge/sim-charger';
import {
  ended,
  play,
  reading,
  type Step,
  started,
  state,
  transaction,
  updated,
} from '../support/ocpp201-transaction.js';
import { CARDS, now, startWorld201, token, type World201 } from '../support/ocpp201-world.js';

let world: World201;

beforeAll(async () => {
  world = await startWorld201('CS-TRANSACT');
});

afterAll(() => world?.stop());
afterEach(() => expect(world.charger.violations).toEqual([]));

const card = CARDS.valid;
const ACCEPTED = { idTokenInfo: { status: 'Accepted' } };
const charging = updated('ChargingStateChanged', state('Charging'));
const authorized = updated('Authorized', { card });
const localEnd = ended('StopAuthorized', { card, wh: 2_500, info: { stoppedReason: 'Local' } });

describe('start points (C-054)', () => {
  test.each<[string, string, Step[]]>([
    [
      'TC_E_01',
      'PowerPathClosed',
      [started('ChargingStateChanged', { card, wh: 1_000, ...state('Charging') }), localEnd],
    ],
    [
      'TC_E_02',
      'EnergyTransfer',
      [started('ChargingStateChanged', { card, wh: 1_000, ...state('Charging') }), localEnd],
    ],
    [
      'TC_E_03',
      'cable first',
      [started('CablePluggedIn', { wh: 1_000, ...state('EVConnected') }), authorized, charging, localEnd],
    ],
    [
      'TC_E_04',
      'card first',
      [
        started('Authorized', { card, wh: 1_000 }),
        updated('CablePluggedIn', state('EVConnected')),
        charging,
        localEnd,
      ],
    ],
    [
      'TC_E_09',
      'EVConnected',
      [started('CablePluggedIn', { wh: 1_000, ...state('EVConnected') }), authorized, localEnd],
    ],
    ['TC_E_10', 'Authorized', [started('Authorized', { card, wh: 1_000 }), charging, localEnd]],
    ['TC_E_11', 'DataSigned', [started('SignedDataReceived', { card, wh: 1_000 }), charging, localEnd]],
    ['TC_E_12', 'ParkingBayOccupied', [started('EVDetected', { wh: 1_000 }), authorized, charging, localEnd]],
  ])('%s %s: recorded with card and energy, every token is answered', async (_id, _what, steps) => {
    const { answers, record } = await play(world, steps);
    expect(answers).toEqual(steps.map(({ card: shown }) => (shown === undefined ? {} : ACCEPTED)));
    expect(await record()).toMatchObject({
      open: false,
      evse_id: 1,
      id_token: card,
      energy_wh: 1_500,
      stop_reason: 'Local',
    });
  });
});

describe('stop points (C-054)', () => {
  const begin = [started('Authorized', { card, wh: 1_000, ...state('EVConnected') }), charging];
  const end = (trigger: string, stoppedReason: string, more: Partial<Step> = {}) =>
    ended(trigger, { wh: 2_500, info: { stoppedReason }, ...more });

  test.each<[string, string, Step[], string]>([
    ['TC_E_14', 'unplugged at the station', [end('EVCommunicationLost', 'EVDisconnected')], 'EVDisconnected'],
    [
      'TC_E_20',
      'unplugged at the vehicle',
      [updated('ChargingStateChanged', state('Idle')), end('EVCommunicationLost', 'EVDisconnected')],
      'EVDisconnected',
    ],
    ['TC_E_15', 'stopped by its card', [end('StopAuthorized', 'Local', { card })], 'Local'],
    [
      'TC_E_07',
      'power path opened by its card',
      [updated('StopAuthorized', { card, ...state('EVConnected') }), end('ChargingStateChanged', 'Local')],
      'Local',
    ],
    [
      'TC_E_08',
      'energy stops after its card',
      [updated('StopAuthorized', { card }), end('ChargingStateChanged', 'Local')],
      'Local',
    ],
    [
      'TC_E_17',
      'unplugged at the vehicle takes the right away',
      [end('Deauthorized', 'EVDisconnected')],
      'EVDisconnected',
    ],
    [
      'TC_E_19',
      'the bay is empty',
      [updated('StopAuthorized', { card }), end('EVDeparted', 'Local')],
      'Local',
    ],
    ['TC_E_22', 'the vehicle takes no more', [end('ChargingStateChanged', 'StoppedByEV')], 'StoppedByEV'],
    ['TC_E_39', 'nothing was plugged in in time', [end('EVConnectTimeout', 'Timeout')], 'Timeout'],
  ])('%s %s', async (_id, _what, steps, reason) => {
    const { answers, record } = await play(world, [...begin, ...steps]);
    expect(answers[0]).toEqual(ACCEPTED);
    expect(await record()).toMatchObject({
      open: false,
      stop_reason: reason,
      energy_wh: 1_500,
      id_token: card,
    });
  });

  test('TC_E_21 stopped from afar', async () => {
    const running = transaction(world);
    for (const step of begin) await running.step(step);
    await world.send('RequestStopTransaction', { transactionId: running.id }, { status: 'Accepted' });
    await running.step(end('RemoteStop', 'Remote'));
    expect(await running.record()).toMatchObject({ open: false, stop_reason: 'Remote' });
  });

  test('TC_E_16 a card that is not known is refused in the answer, and the charger ends the transaction', async () => {
    const running = transaction(world);
    const answer = await running.step(started('Authorized', { card: CARDS.unknown, wh: 1_000 }));
    expect(['Invalid', 'Unknown']).toContain((answer.idTokenInfo as Payload).status);
    await running.step(end('Deauthorized', 'DeAuthorized'));
    expect(await running.record()).toMatchObject({ open: false, stop_reason: 'DeAuthorized' });
  });

  test('TC_E_26 a transaction that the vehicle suspends goes on', async () => {
    const steps = [
      ...begin,
      updated('ChargingStateChanged', { ...state('SuspendedEV'), wh: 1_400 }),
      updated('EVCommunicationLost', state('Idle')),
      updated('CablePluggedIn', state('EVConnected')),
      charging,
      localEnd,
    ];
    const { record } = await play(world, steps);
    expect(await record()).toMatchObject({ open: false, energy_wh: 1_500 });
  });

  test('TC_E_38 a vehicle that is not ready takes nothing', async () => {
    const running = transaction(world);
    await running.step(started('CablePluggedIn', { wh: 1_000, ...state('EVConnected') }));
    expect(await running.step(authorized)).toEqual(ACCEPTED);
    await running.step(updated('ChargingStateChanged', state('SuspendedEV')));
    const { evses } = await world.get('');
    expect((evses as Payload[])[0]).toMatchObject({ charging_state: 'SuspendedEV', energy_wh: 0 });
    await running.step(ended('EVDeparted', { wh: 1_000, info: { stoppedReason: 'EVDisconnected' } }));
    expect(await running.record()).toMatchObject({ open: false, energy_wh: 0 });
  });

  test('TC_E_53 the numbers of events begin at 0 with each transaction', async () => {
    for (const _round of [1, 2]) {
      const { record } = await play(world, [...begin, localEnd]);
      expect(await record()).toMatchObject({ open: false, energy_wh: 1_500 });
    }
  });
});

describe('remote control', () => {
  const request = (more: Payload = {}) => ({
    remoteStartId: 4_711,
    idToken: token(card),
    evseId: 1,
    ...more,
  });
  const info = { remoteStartId: 4_711 };
  const end = ended('RemoteStop', { wh: 2_000, info: { stoppedReason: 'Remote' } });

  test('TC_F_01 the cable is in: the transaction that runs becomes the one asked for', async () => {
    const running = transaction(world);
    await running.step(started('CablePluggedIn', { wh: 1_000, ...state('EVConnected') }));
    await world.send('RequestStartTransaction', request(), { status: 'Accepted', transactionId: running.id });
    expect(await running.step(updated('RemoteStart', { card, info }))).toEqual(ACCEPTED);
    await running.step(end);
    expect(await running.record()).toMatchObject({ open: false, id_token: card, energy_wh: 1_000 });
  });

  test.each([
    ['TC_F_02', true],
    ['TC_F_03', false],
  ])('%s asked for before the cable is in; the charger authorizes first: %s', async (_id, asks) => {
    await world.send('RequestStartTransaction', request(), { status: 'Accepted' });
    if (asks) await world.tell('Authorize', { idToken: token(card) }, ACCEPTED);
    const { answers, record } = await play(world, [
      started('RemoteStart', { card, wh: 1_000, info }),
      updated('CablePluggedIn', state('EVConnected')),
      charging,
      end,
    ]);
    expect(answers[0]).toEqual(ACCEPTED);
    expect(await record()).toMatchObject({ open: false, id_token: card, stop_reason: 'Remote' });
  });

  test('TC_F_04 nothing is plugged in: the transaction ends by itself', async () => {
    await world.send('RequestStartTransaction', request(), { status: 'Accepted' });
    const { record } = await play(world, [
      started('RemoteStart', { card, wh: 1_000, info }),
      ended('EVConnectTimeout', { wh: 1_000, info: { stoppedReason: 'Timeout' } }),
    ]);
    expect(await record()).toMatchObject({ open: false, stop_reason: 'Timeout', energy_wh: 0 });
  });

  test('TC_K_37 asked for with a charging profile', async () => {
    const chargingProfile = {
      id: 1,
      stackLevel: 0,
      chargingProfilePurpose: 'TxProfile',
      chargingProfileKind: 'Relative',
      chargingSchedule: [
        { id: 1, chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 10 }] },
      ],
    };
    await world.send('RequestStartTransaction', request({ chargingProfile }), { status: 'Accepted' });
  });

  test('TC_K_60 a profile for the transaction that runs', async () => {
    const running = transaction(world);
    await running.step(started('Authorized', { card, wh: 1_000 }));
    const chargingProfile = {
      id: 2,
      stackLevel: 0,
      chargingProfilePurpose: 'TxProfile',
      chargingProfileKind: 'Relative',
      transactionId: running.id,
      chargingSchedule: [
        { id: 2, chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 10 }] },
      ],
    };
    await world.send('SetChargingProfile', { evseId: 1, chargingProfile }, { status: 'Accepted' });
    await running.step(updated('ChargingRateChanged', { wh: 1_200 }));
    await running.step(localEnd);
  });

  test.each<[string, Payload]>([
    ['TC_F_13', { requestedMessage: 'TransactionEvent', evse: { id: 1 } }],
    ['TC_F_14', { requestedMessage: 'TransactionEvent' }],
  ])('%s the state of transactions is told when it is asked for: %j', async (_id, trigger) => {
    const running = transaction(world);
    await running.step(started('Authorized', { card, wh: 1_000, ...state('Charging') }));
    await world.send('TriggerMessage', trigger, { status: 'Accepted' });
    expect(await running.step(updated('Trigger', { wh: 1_300, context: 'Trigger' }))).toEqual({});
    const { evses } = await world.get('');
    expect((evses as Payload[])[0]).toMatchObject({ energy_wh: 300, charging_state: 'Charging' });
    await running.step(localEnd);
  });
});

describe('meter values', () => {
  const signed = {
    signedMeterValue: {
      signedMeterData: Buffer.from('OCMF|{}|{}').toString('base64'),
      signingMethod: 'ECDSA-secp256r1-SHA256',
      encodingMethod: 'OCMF',
      publicKey: '',
    },
  };

  test('TC_J_01 by the clock, without a transaction', async () => {
    await world.tell('MeterValues', { evseId: 0, meterValue: [reading(1, 'Sample.Clock')] });
    await world.tell('MeterValues', { evseId: 1, meterValue: [reading(1, 'Sample.Clock')] });
  });

  test.each<[string, string, Step[]]>([
    ['TC_J_02', 'by the clock', [updated('MeterValueClock', { wh: 1_600, context: 'Sample.Clock' })]],
    ['TC_J_09', 'every so many seconds', [updated('MeterValuePeriodic', { wh: 1_600 })]],
    [
      'TC_J_04',
      'signed, by the clock',
      [updated('MeterValueClock', { more: { meterValue: [reading(1_600, 'Sample.Clock', signed)] } })],
    ],
    [
      'TC_J_11',
      'signed, every so many seconds',
      [updated('MeterValuePeriodic', { more: { meterValue: [reading(1_600, 'Sample.Periodic', signed)] } })],
    ],
  ])('%s of a transaction, %s', async (_id, _what, steps) => {
    const running = transaction(world);
    await running.step(started('Authorized', { card, wh: 1_000 }));
    for (const step of steps) expect(await running.step(step)).toEqual({});
    expect(((await world.get('')).evses as Payload[])[0]).toMatchObject({ energy_wh: 600 });
    await running.step(localEnd);
    expect(await running.record()).toMatchObject({ energy_wh: 1_500 });
  });

  test.each<[string, string]>([
    ['TC_J_03', 'Sample.Clock'],
    ['TC_J_10', 'Sample.Periodic'],
  ])('%s the end has all readings: %s', async (_id, context) => {
    const meterValue = [
      reading(1_000, 'Transaction.Begin'),
      reading(1_700, context),
      reading(2_500, 'Transaction.End'),
    ];
    const { record } = await play(world, [
      started('Authorized', { card }),
      ended('StopAuthorized', { card, info: { stoppedReason: 'Local' }, more: { meterValue } }),
    ]);
    expect(await record()).toMatchObject({ open: false, energy_wh: 1_500 });
  });

  test('TC_J_07 the start has the first reading', async () => {
    const { record } = await play(world, [started('CablePluggedIn', { wh: 1_000 }), authorized, localEnd]);
    expect(await record()).toMatchObject({ energy_wh: 1_500 });
  });

  test('TC_J_08 the first reading comes when the EVSE is known (C-051)', async () => {
    // Without an EVSE at the start: it is told with the cable.
    const first = { eventType: 'Started', triggerReason: 'Authorized', timestamp: now(), seqNo: 0 };
    const transactionInfo = { transactionId: 'tx-late-evse' };
    expect(
      await world.charger.call('TransactionEvent', { ...first, transactionInfo, idToken: token(card) }),
    ).toEqual(ACCEPTED);
    await world.tell('TransactionEvent', {
      eventType: 'Updated',
      triggerReason: 'CablePluggedIn',
      timestamp: now(),
      seqNo: 1,
      transactionInfo,
      evse: { id: 2, connectorId: 1 },
      meterValue: [reading(1_000, 'Transaction.Begin')],
    });
    await world.tell('TransactionEvent', {
      eventType: 'Ended',
      triggerReason: 'EVDeparted',
      timestamp: now(),
      seqNo: 2,
      transactionInfo: { ...transactionInfo, stoppedReason: 'EVDisconnected' },
      meterValue: [reading(2_500, 'Transaction.End')],
    });
    const { items } = await world.gateway.operator.get('/transactions?station_id=CS-TRANSACT&limit=1');
    expect((items as Payload[])[0]).toMatchObject({
      ocpp_transaction_id: 'tx-late-evse',
      evse_id: 2,
      energy_wh: 1_500,
      open: false,
    });
  });
});
