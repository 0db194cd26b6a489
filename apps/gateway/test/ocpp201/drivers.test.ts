import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Payload } from '@roambridge/sim-charger';
import { eventually } from '../support/eventually.js';
import { ended, play, started, transaction, updated } from '../support/ocpp201-transaction.js';
import { CARDS, GROUP, MASTER_GROUP, startWorld201, token, type World201 } from '../support/ocpp201-world.js';

const ID = 'CS-DRIVERS';
let world: World201;

beforeAll(async () => {
  world = await startWorld201(ID);
});

afterAll(() => world?.stop());
afterEach(() => expect(world.charger.violations).toEqual([]));

const groupToken = (group: string) => ({ groupIdToken: { idToken: group, type: 'Central' } });
const accepted = (group?: string) => ({
  idTokenInfo: { status: 'Accepted', ...(group === undefined ? {} : groupToken(group)) },
});
const local = { info: { stoppedReason: 'Local' } };

async function statusOf(uid: string): Promise<unknown> {
  const { idTokenInfo } = await world.charger.call('Authorize', { idToken: token(uid) });
  return (idTokenInfo as Payload).status;
}

describe('authorization', () => {
  test.each<[string, string, string, string[]]>([
    ['TC_C_02', 'not known', CARDS.unknown, ['Invalid', 'Unknown']],
    ['TC_C_06', 'blocked', CARDS.blocked, ['Blocked', 'Invalid']],
    ['TC_C_07', 'expired', CARDS.expired, ['Expired', 'Invalid']],
  ])('%s a card that is %s', async (_id, _what, uid, statuses) => {
    expect(statuses).toContain(await statusOf(uid));
    const { answers } = await play(world, [
      started('Authorized', { card: uid, wh: 1_000 }),
      ended('Deauthorized', { wh: 1_000, info: { stoppedReason: 'DeAuthorized' } }),
    ]);
    const [first] = answers;
    expect(statuses).toContain((first?.idTokenInfo as Payload | undefined)?.status);
  });

  test.each<[string, string, string]>([
    ['TC_C_08', 'accepted by the cache of the charger, and here', CARDS.valid],
    ['TC_C_20', 'accepted by the cache of the charger, and not here any more', CARDS.blocked],
  ])('%s a card that is %s: the token of the event is judged anew (C-035)', async (_id, _what, uid) => {
    const running = transaction(world);
    const { idTokenInfo } = await running.step(started('Authorized', { card: uid, wh: 1_000 }));
    expect((idTokenInfo as Payload).status).toBe(uid === CARDS.valid ? 'Accepted' : 'Blocked');
    await running.step(ended('StopAuthorized', { wh: 1_100, ...local }));
  });

  test.each([
    ['TC_C_39', 'asked for', true],
    ['TC_C_40', 'on the local list of the charger', false],
  ])('%s another card of the group ends the transaction: %s (C-031)', async (_id, _what, asks) => {
    if (asks) await world.tell('Authorize', { idToken: token(CARDS.groupOne) }, accepted(GROUP));
    const running = transaction(world);
    expect(await running.step(started('Authorized', { card: CARDS.groupOne, wh: 1_000 }))).toEqual(
      accepted(GROUP),
    );
    if (asks) await world.tell('Authorize', { idToken: token(CARDS.groupTwo) }, accepted(GROUP));
    const end = ended('StopAuthorized', { card: CARDS.groupTwo, wh: 1_500, ...local });
    expect(await running.step(end)).toEqual(accepted(GROUP));
    expect(await running.record()).toMatchObject({ id_token: CARDS.groupOne, energy_wh: 500, open: false });
  });

  test('TC_C_43 a card of the group that is blocked is refused with its group', async () => {
    const running = transaction(world);
    await running.step(started('Authorized', { card: CARDS.groupOne, wh: 1_000 }));
    const answer = await running.step(updated('StopAuthorized', { card: CARDS.blockedInGroup }));
    expect(answer).toEqual({ idTokenInfo: { status: 'Blocked', ...groupToken(GROUP) } });
    await running.step(ended('StopAuthorized', { card: CARDS.groupOne, wh: 1_200, ...local }));
  });

  test.each<[string, string, number[]]>([
    ['TC_C_47', 'all transactions', [1, 2]],
    ['TC_C_48', 'one of them', [2]],
    ['TC_C_49', 'all, at a charger without a display', [1, 2]],
  ])('%s the master pass ends %s', async (_id, _what, stops) => {
    const running = [1, 2].map((evseId) => transaction(world, evseId));
    for (const [index, one] of running.entries()) {
      await one.step(started('Authorized', { card: index === 0 ? CARDS.valid : CARDS.other, wh: 1_000 }));
    }
    await world.tell('Authorize', { idToken: token(CARDS.master) }, accepted(MASTER_GROUP));
    for (const [index, one] of running.entries()) {
      const byMaster = stops.includes(index + 1);
      const end = byMaster
        ? { card: CARDS.master, wh: 1_300, info: { stoppedReason: 'MasterPass' } }
        : { wh: 1_300, ...local };
      expect(await one.step(ended('StopAuthorized', end))).toEqual(byMaster ? accepted(MASTER_GROUP) : {});
      expect(await one.record()).toMatchObject({
        open: false,
        stop_reason: byMaster ? 'MasterPass' : 'Local',
        id_token: index === 0 ? CARDS.valid : CARDS.other,
      });
    }
  });
});

describe('reservation', () => {
  let next = 100;
  const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
  const ask = (more: Payload = {}) => {
    next += 1;
    return { id: next, expiryDateTime: inAnHour(), idToken: token(CARDS.valid), ...more };
  };

  async function reservation(id: unknown): Promise<Payload | undefined> {
    const rows = await world.gateway.operator.list(`/reservations?station_id=${ID}`);
    return rows.find(({ reservation_id }) => reservation_id === id);
  }

  async function use(id: unknown, uid: string, evseId: number): Promise<Payload[]> {
    const { answers } = await play(
      world,
      [
        started('Authorized', {
          card: uid,
          wh: 1_000,
          more: { reservationId: id, evse: { id: evseId, connectorId: 1 } },
        }),
        ended('StopAuthorized', { card: uid, wh: 1_100, ...local }),
      ],
      evseId,
    );
    await world.charger.status(evseId, 'Available');
    return answers;
  }

  test('TC_H_01 an EVSE is reserved and used by its card', async () => {
    const request = ask({ evseId: 1 });
    await world.send('ReserveNow', request, { status: 'Accepted' });
    await world.charger.status(1, 'Reserved');
    await eventually(
      'EVSE reserved',
      async () => ((await world.get('')).evses as Payload[])[0]?.status === 'RESERVED',
    );
    expect(await reservation(request.id)).toMatchObject({ status: 'active', evse_id: 1 });
    await use(request.id, CARDS.valid, 1);
    expect(await reservation(request.id)).toMatchObject({ status: 'used' });
  });

  test.each([
    ['TC_H_07', 'its time is over', 'Expired', 'expired'],
    ['TC_H_20', 'the EVSE is out of order', 'Removed', 'cancelled'],
  ])('%s a reservation is over because %s', async (_id, _what, reservationUpdateStatus, status) => {
    const request = ask({ evseId: 1 });
    await world.send('ReserveNow', request, { status: 'Accepted' });
    await world.charger.status(1, 'Reserved');
    if (status === 'cancelled') await world.charger.status(1, 'Faulted');
    await world.tell('ReservationStatusUpdate', { reservationId: request.id, reservationUpdateStatus });
    expect(await reservation(request.id)).toMatchObject({ status });
    await world.charger.status(1, 'Available');
  });

  test('TC_H_22 a charger that does not reserve says so', async () => {
    const request = ask({ evseId: 1 });
    await world.send('ReserveNow', request, { status: 'Rejected' });
    expect(await reservation(request.id)).toMatchObject({ status: 'rejected' });
  });

  test('TC_H_19 another card of the group uses the reservation (C-031)', async () => {
    const request = ask({
      evseId: 1,
      idToken: token(CARDS.groupOne),
      groupIdToken: { idToken: GROUP, type: 'Central' },
    });
    await world.send('ReserveNow', request, { status: 'Accepted' });
    await world.charger.status(1, 'Reserved');
    await world.tell('Authorize', { idToken: token(CARDS.groupTwo) }, accepted(GROUP));
    const answers = await use(request.id, CARDS.groupTwo, 1);
    expect(answers).toEqual([accepted(GROUP), accepted(GROUP)]);
    expect(await reservation(request.id)).toMatchObject({ status: 'used' });
  });

  test('TC_H_08 any EVSE is reserved', async () => {
    const request = ask();
    await world.send('ReserveNow', request, { status: 'Accepted' });
    expect(await reservation(request.id)).toMatchObject({ status: 'active' });
    await use(request.id, CARDS.valid, 2);
    expect(await reservation(request.id)).toMatchObject({ status: 'used' });
  });

  test('TC_H_14 as many reservations as EVSEs: all of them are told as reserved', async () => {
    const requests = [ask(), ask({ idToken: token(CARDS.other) })];
    for (const request of requests) await world.send('ReserveNow', request, { status: 'Accepted' });
    for (const evseId of [1, 2]) await world.charger.status(evseId, 'Reserved');
    await eventually('both reserved', async () =>
      ((await world.get('')).evses as Payload[]).every(({ status }) => status === 'RESERVED'),
    );
    for (const { id } of requests) {
      await world.send('CancelReservation', { reservationId: id }, { status: 'Accepted' });
    }
    for (const evseId of [1, 2]) await world.charger.status(evseId, 'Available');
  });

  test('TC_H_15 a connector of a type is reserved', async () => {
    const request = ask({ connectorType: 'cCCS2' });
    await world.send('ReserveNow', request, { status: 'Accepted' });
    await world.send('CancelReservation', { reservationId: request.id }, { status: 'Accepted' });
  });

  test('TC_H_17 a reservation is cancelled', async () => {
    const request = ask({ evseId: 2 });
    await world.send('ReserveNow', request, { status: 'Accepted' });
    await world.send('CancelReservation', { reservationId: request.id }, { status: 'Accepted' });
    expect(await reservation(request.id)).toMatchObject({ status: 'cancelled' });
  });
});
