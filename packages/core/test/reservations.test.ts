import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ManualClock } from '../../../apps/gateway/test/support/manual-clock.js';
import type { Reservation, StationRequest, Store } from '../src/index.js';
import { connection, frame, type RunningCore, startCore } from './support/running-core.js';

const T0 = Date.UTC(2026, 2, 1, 10);
const MINUTE = 60_000;

let clock: ManualClock;
let running: RunningCore;
/** How the charger answers. */
let answer: string;
/** Commits fail. */
let failing = false;

beforeEach(async () => {
  clock = new ManualClock(T0);
  answer = 'Accepted';
  running = await startCore(refusing, {
    clock,
    station: {
      meaningOf: (_station, _action, payload) => payload as StationRequest,
      callRaw: async () => ({ kind: 'result', messageId: 'm', payload: { status: answer } }),
    },
  });
  await pass(20_000);
  await report('Available');
  await pass(1_000);
});

afterEach(() => running.stop());

function refusing(store: Store): Store {
  return {
    ...store,
    commit: (writes) => (failing ? Promise.reject(new Error('refused')) : store.commit(writes)),
  };
}

function pass(ms: number): Promise<void> {
  return clock.moveTo(clock.now() + ms, () => running.core.idle());
}

function report(status: 'Available' | 'Occupied' | 'Faulted' | 'Reserved'): Promise<void> {
  const at = clock.now();
  const seen = { evseId: 1, connectorId: 1, status, rawStatus: status, at };
  return running.core.charger.reportStatus('CS-1', seen, { ...frame('StatusNotification'), at });
}

function call(request: Partial<Extract<StationRequest, { kind: 'reserve-now' | 'cancel-reservation' }>>) {
  return running.core.operator.callStation('CS-1', 'any', request);
}

const reserve = (changes: object = {}) =>
  call({
    kind: 'reserve-now',
    reservationId: 7,
    evseId: 1,
    idToken: { idToken: 'CARD', type: 'unknown' },
    expiresAt: clock.now() + 10 * MINUTE,
    ...changes,
  });

async function statuses(): Promise<Reservation['status'][]> {
  const { items } = await running.core.operator.reservations({ limit: 10, stationId: 'cs-1' });
  return items.map(({ status }) => status);
}

const published = async () => (await running.core.operator.station('CS-1'))?.evses[0]?.status;

describe('reservations that the operator makes with ReserveNow', () => {
  test('hold an EVSE whose charger does not say Reserved after ten seconds, until they run out (D1-050)', async () => {
    await reserve();
    expect(await statuses()).toEqual(['active']);
    await pass(9_999);
    expect(await published()).toBe('AVAILABLE');
    await pass(1);
    expect(await published()).toBe('RESERVED');
    await pass(10 * MINUTE - 10_001);
    expect([await published(), await statuses()]).toEqual(['RESERVED', ['active']]);
    await pass(1);
    expect([await published(), await statuses()]).toEqual(['AVAILABLE', ['expired']]);
    expect((await running.store.reservations.page({ limit: 1 })).items[0]?.status).toBe('active');
    await pass(MINUTE);
    expect((await running.store.reservations.page({ limit: 1 })).items[0]?.status).toBe('expired');
  });

  test('give way to what the charger reports after them (D1-050)', async () => {
    await reserve();
    await pass(5_000);
    await report('Available');
    await pass(10_000);
    expect(await published()).toBe('AVAILABLE');
  });

  test('on any EVSE change no status (D1-051)', async () => {
    await reserve({ evseId: undefined });
    await pass(11_000);
    expect([await published(), await statuses()]).toEqual(['AVAILABLE', ['active']]);
  });

  test('are cancelled by the operator, also where the charger does not know them (D5-046)', async () => {
    await reserve();
    await pass(11_000);
    answer = 'Rejected';
    await call({ kind: 'cancel-reservation', reservationId: 7 });
    expect([await published(), await statuses()]).toEqual(['AVAILABLE', ['cancelled']]);
  });

  test('that the charger refuses are kept as rejected', async () => {
    answer = 'Occupied';
    await reserve();
    await pass(11_000);
    expect([await published(), await statuses()]).toEqual(['AVAILABLE', ['rejected']]);
  });

  test('with the number of an active one replace it', async () => {
    await reserve();
    await reserve({ expiresAt: clock.now() + 20 * MINUTE });
    await pass(15 * MINUTE);
    expect([await published(), await statuses()]).toEqual(['RESERVED', ['active']]);
  });

  test.each([
    ['its number', { reservationId: 7 }],
    ['the reserving token', { idToken: { idToken: 'card', type: 'unknown' } }],
  ])('are used by a transaction that names %s (D5-044)', async (_how, members) => {
    await reserve();
    await pass(11_000);
    await running.core.charger.recordTransactionEvent(
      'CS-1',
      {
        eventType: 'Started',
        naturalKey: 'k',
        at: clock.now(),
        receivedAt: clock.now(),
        offline: false,
        evseId: 1,
        connectorId: 1,
        meterValues: [],
        ...members,
      },
      frame('StartTransaction'),
    );
    const { items } = await running.core.operator.reservations({ limit: 1 });
    expect(items).toMatchObject([{ status: 'used', transactionId: expect.any(String) }]);
    expect(await published()).toBe('CHARGING');
  });

  test('end when the charger says so (D5-045)', async () => {
    await reserve();
    await pass(11_000);
    await running.core.charger.reportReservation(
      'CS-1',
      { reservationId: 7, status: 'cancelled' },
      frame('ReservationStatusUpdate'),
    );
    expect([await published(), await statuses()]).toEqual(['AVAILABLE', ['cancelled']]);
  });

  test('are still there when the station is read from the database again', async () => {
    await reserve();
    failing = true;
    await expect(report('Occupied')).rejects.toThrow('refused');
    failing = false;
    await running.core.charger.connected(connection(2));
    await pass(11_000);
    expect([await published(), await statuses()]).toEqual(['RESERVED', ['active']]);
    await pass(10 * MINUTE);
    expect([await published(), await statuses()]).toEqual(['AVAILABLE', ['expired']]);
  });
});
