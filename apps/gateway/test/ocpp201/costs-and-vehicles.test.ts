import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Payload } from '@roambridge/sim-charger';
import { notifyReport, reported } from '../support/device-reports.js';
import { eventually, pause } from '../support/eventually.js';
import { schedule } from '../support/ocpp201-call-cases.js';
import { ended, type Running, started, state, transaction, updated } from '../support/ocpp201-transaction.js';
import { CARDS, now, startWorld201, token, type World201 } from '../support/ocpp201-world.js';

const ID = 'CS-COSTS';
const card = CARDS.valid;
let world: World201;

beforeAll(async () => {
  world = await startWorld201(ID, {
    SESSION_PUSH_MIN_INTERVAL: '50ms',
    LOCAL_LISTS: 'true',
    LOCAL_LIST_DELAY: '100ms',
  });
});

afterAll(() => world?.stop());
afterEach(() => expect(world.charger.violations).toEqual([]));

const received = (action: string, since = 0) =>
  world.charger.received.slice(since).filter((call) => call.action === action);

async function charging(): Promise<Running> {
  const running = transaction(world);
  await running.step(started('Authorized', { card, wh: 1_000, ...state('Charging') }));
  return running;
}

const end = (running: Running, more: object = {}) =>
  running.step(ended('EVDeparted', { wh: 11_000, info: { stoppedReason: 'EVDisconnected' }, ...more }));

describe('cost (C-053, C-090)', () => {
  const shows = (value: string) =>
    notifyReport(world, 900, 0, false, [reported('TariffCostCtrlr', 'Enabled', value, { instance: 'Cost' })]);

  test('a charger that does not show costs is told none', async () => {
    const running = await charging();
    await running.step(updated('MeterValuePeriodic', { wh: 6_000 }));
    expect(await end(running)).toEqual({});
    expect(received('CostUpdated')).toEqual([]);
  });

  test('TC_I_01 the cost so far is told while the transaction runs', async () => {
    await shows('true');
    world.charger.onCall('CostUpdated', () => ({}));
    const running = await charging();
    await pause(60);
    await running.step(updated('MeterValuePeriodic', { wh: 6_000 }));
    // 5 kWh at 0.39 EUR and 20 % VAT.
    const [told] = await eventually('cost', () => {
      const calls = received('CostUpdated');
      return calls.length > 0 && calls;
    });
    expect(told?.payload).toEqual({ totalCost: 2.34, transactionId: running.id });
    await end(running);
  });

  test('TC_I_02 the whole cost is told with the answer to the end', async () => {
    const running = await charging();
    expect(await end(running)).toEqual({ totalCost: 4.68 });
    const second = await charging();
    expect(await end(second, { card })).toEqual({ totalCost: 4.68, idTokenInfo: { status: 'Accepted' } });
  });

  test('a transaction that nobody pays for has no cost, which is not the same as a cost of 0', async () => {
    const running = transaction(world);
    await running.step(started('CablePluggedIn', { wh: 1_000 }));
    expect(await end(running)).toEqual({});
    await shows('false');
  });
});

describe('vehicles that plan (ISO 15118)', () => {
  const needs = {
    requestedEnergyTransfer: 'AC_three_phase',
    acChargingParameters: { energyAmount: 20_000, evMinCurrent: 6, evMaxCurrent: 16, evMaxVoltage: 400 },
  };
  const tellNeeds = (status: string) =>
    world.tell('NotifyEVChargingNeeds', { evseId: 1, chargingNeeds: needs }, { status });
  const tellSchedule = (limit: number, status: string) =>
    world.tell(
      'NotifyEVChargingSchedule',
      { timeBase: now(), evseId: 1, chargingSchedule: schedule(limit) },
      { status },
    );

  async function profileSince(since: number): Promise<Payload> {
    const call = await eventually('profile', () => received('SetChargingProfile', since)[0]);
    return call.payload;
  }

  test('without a transaction there is nothing to plan for (K15.FR.03)', () =>
    tellNeeds('Rejected').then(() => undefined));

  test('TC_K_53 needs are answered and a profile for the transaction follows (K15.FR.08)', async () => {
    world.charger.onCall('SetChargingProfile', () => ({ status: 'Accepted' }));
    const running = await charging();
    const since = world.charger.received.length;
    await tellNeeds('Accepted');
    expect(await profileSince(since)).toMatchObject({
      evseId: 1,
      chargingProfile: { chargingProfilePurpose: 'TxProfile', transactionId: running.id },
    });
    await tellSchedule(100, 'Accepted');
    await end(running);
  });

  test('TC_K_55 a schedule that takes more than the connector gives is rejected', async () => {
    const running = await charging();
    await tellSchedule(501, 'Rejected');
    await end(running);
  });

  test('TC_K_57 the vehicle plans anew: a profile follows each time', async () => {
    const running = await charging();
    for (const limit of [32, 16]) {
      const since = world.charger.received.length;
      await tellNeeds('Accepted');
      await profileSince(since);
      await tellSchedule(limit, 'Accepted');
    }
    await end(running);
  });

  test.each([
    ['TC_K_58', false],
    ['TC_K_59', true],
  ])('%s the operator plans anew; the vehicle tells its needs first: %s', async (_id, tells) => {
    const running = await charging();
    const chargingProfile = {
      id: 7,
      stackLevel: 0,
      chargingProfilePurpose: 'TxProfile',
      chargingProfileKind: 'Relative',
      transactionId: running.id,
      chargingSchedule: [schedule(10)],
    };
    await world.send('SetChargingProfile', { evseId: 1, chargingProfile }, { status: 'Accepted' });
    if (tells) {
      const since = world.charger.received.length;
      await tellNeeds('Accepted');
      await profileSince(since);
    }
    await tellSchedule(10, 'Accepted');
    await end(running);
  });
});

describe('the local list', () => {
  test('TC_N_46 a card whose holder was cleared goes from the list, and does not come back by itself (N10.FR.02)', async () => {
    const list = new Map<string, unknown>();
    let version = 0;
    world.charger.onCall('GetLocalListVersion', () => ({ versionNumber: version }));
    world.charger.onCall('SendLocalList', (payload) => {
      version = Number(payload.versionNumber);
      if (payload.updateType === 'Full') list.clear();
      for (const { idToken, idTokenInfo } of (payload.localAuthorizationList ?? []) as Record<
        string,
        Payload
      >[]) {
        const uid = String(idToken?.idToken);
        if (idTokenInfo) list.set(uid, idTokenInfo);
        else list.delete(uid);
      }
      return { status: 'Accepted' };
    });
    world.charger.kill();
    await world.charger.reconnect();
    await eventually('list told', () => list.has(card) && list.has(CARDS.other));

    const since = world.charger.received.length;
    world.charger.onCall('CustomerInformation', () => ({ status: 'Accepted' }));
    await world.gateway.operator.post(`/stations/${ID}/ocpp/CustomerInformation`, {
      requestId: 46,
      report: false,
      clear: true,
      idToken: token(card),
    });
    await eventually('card taken off', () => !list.has(card));
    const [update] = received('SendLocalList', since);
    expect(update?.payload).toEqual({
      versionNumber: version,
      updateType: 'Differential',
      localAuthorizationList: [{ idToken: { idToken: card, type: expect.any(String) } }],
    });
    // The next change of tokens does not bring it back.
    await world.gateway.operator.put('/local-tokens/04C0FFEE0000AA', { type: 'RFID' });
    await eventually('new card', () => list.has('04C0FFEE0000AA'));
    expect(list.has(card)).toBe(false);
  });
});
