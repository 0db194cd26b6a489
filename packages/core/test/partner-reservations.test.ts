import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Location, Tariff } from '@roambridge/domain';
import { ManualClock } from '../../../apps/gateway/test/support/manual-clock.js';
import type { Partner, Reservation, ReserveNowCommand, StationRequest, Store } from '../src/index.js';
import { connection, frame, type RunningCore, startCore } from './support/running-core.js';

const MINUTE = 60_000;
const TARIFF = { country_code: 'DE', party_id: 'RBG', id: 'T1' };

const clock = new ManualClock(Date.UTC(2026, 2, 1, 10));
let running: RunningCore;
let partner: Partner;
/** What chargers were asked, and how they answer. */
const asked: { station: string; request: StationRequest }[] = [];
let answer = 'Accepted';
/** Commits fail. */
let failing = false;
let ids = 0;

beforeAll(async () => {
  running = await startCore(refusing, {
    clock,
    station: {
      async call(station, request) {
        asked.push({ station, request });
        return { kind: 'result', messageId: 'm', payload: { status: answer } };
      },
    },
  });
  const { operator, charger } = running.core;
  [partner] = (await running.store.partners.list()) as [Partner];
  await operator.putStation({ id: 'CS-2', security_profile: 1, password: 'a-long-enough-password' });
  const location = (await running.store.locations.get({ ...TARIFF, id: 'L1' })) as Location;
  const [evse] = location.evses as [Location['evses'][number]];
  const capabilities = ['RESERVABLE'];
  await operator.putLocation({
    ...location,
    evses: [
      // Entered ones: what was stored says that they were derived.
      { ...evse, capabilities, ocpp: { station_id: 'CS-1', evse_id: 1 } },
      { ...evse, capabilities, uid: 'E2', ocpp: { station_id: 'CS-1', evse_id: 2 } },
      { ...evse, capabilities, uid: 'E3', ocpp: { station_id: 'CS-2', evse_id: 1 } },
    ],
  });
  await charger.connected({ ...connection(2), stationId: 'CS-2' });
});

afterAll(() => running.stop());

beforeEach(() => {
  answer = 'Accepted';
  ids += 1;
});

const key = () => `RES-${ids}`;

function refusing(store: Store): Store {
  return {
    ...store,
    commit: (writes) => (failing ? Promise.reject(new Error('refused')) : store.commit(writes)),
  };
}

function pass(ms: number): Promise<void> {
  return clock.moveTo(clock.now() + ms, () => running.core.idle());
}

async function reserve(evse_uid: string, changes: Partial<ReserveNowCommand> = {}) {
  const request: ReserveNowCommand = {
    response_url: `http://localhost/results/${clock.now()}/${evse_uid}`,
    token: {
      country_code: 'NL',
      party_id: 'MSP',
      uid: 'CARD',
      type: 'RFID',
      contract_id: 'NL-MSP-1',
      issuer: 'eMSP',
      valid: true,
      whitelist: 'ALWAYS',
      last_updated: '2026-03-01T00:00:00Z',
    },
    expiry_date: new Date(clock.now() + 30 * MINUTE).toISOString(),
    reservation_id: key(),
    location_id: 'L1',
    evse_uid,
    ...changes,
  };
  expect((await running.core.partner.reserveNow(partner, request, 'c')).result).toBe('ACCEPTED');
  await pass(1_000);
}

async function cancel(): Promise<void> {
  const request = { response_url: `http://localhost/${clock.now()}`, reservation_id: key() };
  expect((await running.core.partner.cancelReservation(partner, request, 'c')).result).toBe('ACCEPTED');
  await pass(1_000);
}

async function kept(): Promise<Reservation[]> {
  const { items } = await running.core.operator.reservations({ limit: 50 });
  return items.filter((each) => each.partner?.reservationId === key());
}

async function sessionOf({ partner: known }: Reservation) {
  const record = await running.store.sessions.get(known?.session?.session.id ?? '');
  return record?.session;
}

const cdrsOf = async (reservation: Reservation) =>
  running.store.cdrs.ofSession((await sessionOf(reservation))?.id ?? '');

/** 6 an hour while reserved, 2 more where it runs out. */
async function priceReservations(): Promise<void> {
  const tariff = (await running.store.tariffs.get(TARIFF)) as Tariff;
  await running.core.operator.putTariff({
    ...tariff,
    elements: [
      {
        price_components: [{ type: 'TIME', price: 6, step_size: 1 }],
        restrictions: { reservation: 'RESERVATION' },
      },
      {
        price_components: [{ type: 'FLAT', price: 2, step_size: 1 }],
        restrictions: { reservation: 'RESERVATION_EXPIRES' },
      },
      { price_components: [{ type: 'ENERGY', price: 0.3, step_size: 1 }] },
    ],
  });
}

describe('an id of a partner names one reservation (D5-040)', () => {
  test('made at another station, the old one is given free there and the number stays', async () => {
    await reserve('E1');
    asked.length = 0;
    await reserve('E3');
    expect((await kept()).map(({ stationId, status }) => [stationId, status])).toEqual([
      ['CS-2', 'active'],
      ['CS-1', 'cancelled'],
    ]);
    const [made, old] = (await kept()) as [Reservation, Reservation];
    expect(made.reservationId).toBe(old.reservationId);
    expect(asked).toMatchObject([
      { station: 'CS-2', request: { kind: 'reserve-now' } },
      { station: 'CS-1', request: { kind: 'cancel-reservation', reservationId: old.reservationId } },
    ]);
    expect((await sessionOf(old))?.status).toBe('INVALID');
    expect((await sessionOf(made))?.status).toBe('RESERVATION');
    // CO-20: the partner moved it itself.
    expect(running.told.filter((notice) => JSON.stringify(notice).includes('CANCELED_RESERVATION'))).toEqual(
      [],
    );
    await cancel();
    expect((await kept()).map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
  });

  test('refused at another station, the old one stays and can be cancelled (D5-046)', async () => {
    await reserve('E1');
    answer = 'Occupied';
    await reserve('E3');
    expect((await kept()).map(({ status }) => status)).toEqual(['rejected', 'active']);
    answer = 'Accepted';
    await cancel();
    expect((await kept()).map(({ status }) => status)).toEqual(['rejected', 'cancelled']);
  });

  test('a move that a crash cut in two is finished when the station is read again', async () => {
    await reserve('E1');
    const [old] = (await kept()) as [Reservation];
    // What the process had written before it went away.
    await running.store.commit({
      stationId: 'CS-2',
      reservations: [{ ...old, id: `${old.id}-moved`, stationId: 'CS-2', evseId: 1 }],
    });
    const report = { evseId: 2, connectorId: 1, rawStatus: 'Available', at: clock.now() };
    const tell = () =>
      running.core.charger.reportStatus(
        'CS-1',
        { ...report, status: 'Available' },
        frame('StatusNotification'),
      );
    failing = true;
    await expect(tell()).rejects.toThrow('refused');
    failing = false;
    asked.length = 0;
    await tell();
    await pass(1_000);
    expect((await kept()).map(({ stationId, status }) => [stationId, status])).toEqual([
      ['CS-2', 'active'],
      ['CS-1', 'cancelled'],
    ]);
    expect(asked).toMatchObject([{ station: 'CS-1', request: { kind: 'cancel-reservation' } }]);
    await cancel();
  });
});

describe('a reservation whose tariff has a price (D2 table, TA-30, TA-31)', () => {
  beforeAll(priceReservations);

  test('costs for its time and for running out, and its CDR explains itself', async () => {
    await reserve('E1');
    await pass(31 * MINUTE);
    const [reservation] = (await kept()) as [Reservation];
    const [record] = await cdrsOf(reservation);
    expect(await sessionOf(reservation)).toMatchObject({ status: 'COMPLETED', kwh: '0' });
    expect(record?.cdr).toMatchObject({
      total_cost: { excl_vat: '5' },
      total_reservation_cost: { excl_vat: '5' },
      total_energy: '0',
      charging_periods: [{ dimensions: [{ type: 'RESERVATION_TIME', volume: '0.5' }] }],
    });
    const explained = await running.core.operator.explainCdr(record!.cdr.id);
    expect(explained).toMatchObject({
      addsUp: true,
      bill: {
        sum: '5',
        lines: [
          { member: 'elements/1/price_components/0', line: { amount_excl_vat: '2' } },
          { member: 'elements/0/price_components/0', line: { amount_excl_vat: '3' } },
        ],
      },
    });
    const correct = { reason: 'goodwill', endedAt: reservation.madeAt + 10 * MINUTE };
    const corrected = await running.core.operator.correctCdr(record!.cdr.id, correct);
    expect(corrected?.cdr.cdr).toMatchObject({ total_cost: { excl_vat: '3' } });
    await expect(
      running.core.operator.correctCdr(corrected!.cdr.cdr.id, { reason: 'no', energyWh: 5 }),
    ).rejects.toThrow('a reservation takes no energy');
  });

  test('costs its time when its partner cancels it, and nothing more', async () => {
    await reserve('E1');
    await pass(10 * MINUTE - 1_000);
    await cancel();
    const [reservation] = (await kept()) as [Reservation];
    const [record] = await cdrsOf(reservation);
    expect(record?.cdr).toMatchObject({ total_cost: { excl_vat: '1' }, remark: 'stop=ReservationCancelled' });
  });

  test('moved to another EVSE of the station it is billed for each of them', async () => {
    await reserve('E1');
    await pass(10 * MINUTE - 1_000);
    await reserve('E2');
    const [now, before] = (await kept()) as [Reservation, Reservation];
    expect([before.status, now.status]).toEqual(['cancelled', 'active']);
    expect((await cdrsOf(before))[0]?.cdr).toMatchObject({ total_cost: { excl_vat: '1' } });
    expect(now.madeAt).toBeGreaterThan(before.madeAt);
    await cancel();
    expect(await cdrsOf(now)).toHaveLength(1);
  });

  test('costs nothing when the charger or the operator ends it, or never kept it (D5-045, D5-046)', async () => {
    await reserve('E1');
    const [{ reservationId }] = (await kept()) as [Reservation];
    await running.core.charger.reportReservation(
      'CS-1',
      { reservationId, status: 'cancelled' },
      frame('ReservationStatusUpdate'),
    );
    await pass(1_000);
    const [removed] = (await kept()) as [Reservation];
    expect([(await sessionOf(removed))?.status, await cdrsOf(removed)]).toEqual(['INVALID', []]);
    expect(running.told).toContainEqual(
      expect.objectContaining({ kind: 'command-result', result: 'CANCELED_RESERVATION' }),
    );
    await reserve('E1');
    answer = 'Rejected';
    await cancel();
    const [unknown] = (await kept()) as [Reservation];
    expect([(await sessionOf(unknown))?.status, await cdrsOf(unknown)]).toEqual(['INVALID', []]);
  });

  test('that is named after its transaction began is paid by that session, and its own is void (D5-044)', async () => {
    await reserve('E1');
    const [{ reservationId, madeAt }] = (await kept()) as [Reservation];
    await pass(10 * MINUTE - 1_000);
    const event = {
      at: clock.now(),
      receivedAt: clock.now(),
      offline: false,
      meterValues: [],
      connectorId: 1,
    };
    const card = { idToken: 'CARD', type: 'unknown' as const };
    // On the EVSE beside the reserved one.
    const { ocppTransactionId } = await running.core.charger.recordTransactionEvent(
      'CS-1',
      { ...event, eventType: 'Started', naturalKey: key(), evseId: 2, idToken: card, meterStartWh: 0 },
      frame('StartTransaction'),
    );
    await running.core.charger.recordTransactionEvent(
      'CS-1',
      { ...event, eventType: 'Updated', ocppTransactionId, reservationId },
      frame('MeterValues'),
    );
    await pass(30 * MINUTE);
    await running.core.charger.recordTransactionEvent(
      'CS-1',
      { ...event, eventType: 'Ended', at: clock.now(), ocppTransactionId, meterStopWh: 10_000 },
      frame('StopTransaction'),
    );
    await pass(1_000);
    const [used] = (await kept()) as [Reservation];
    expect([used.status, (await sessionOf(used))?.status]).toEqual(['used', 'INVALID']);
    const { items } = await running.store.cdrs.page({ limit: 1 });
    expect(items[0]?.cdr).toMatchObject({
      start_date_time: new Date(madeAt).toISOString().replace('.000Z', 'Z'),
      total_cost: { excl_vat: '4' },
      total_reservation_cost: { excl_vat: '1' },
      total_energy_cost: { excl_vat: '3' },
    });
    expect(await running.core.operator.explainCdr(items[0]!.cdr.id)).toMatchObject({ addsUp: true });
  });
});
