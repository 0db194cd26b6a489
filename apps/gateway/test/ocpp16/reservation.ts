import { expect } from '@jest/globals';
import type { Payload } from '@roambridge/sim-charger';
import { type Cases, type CaseWorld, now } from './cases.js';

const TAG = 'CERT-TAG-1';
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

async function reserve(world: CaseWorld, answer: string, more: Payload = {}): Promise<Payload> {
  const payload = { connectorId: 1, expiryDate: inAnHour(), idTag: TAG, reservationId: 41, ...more };
  expect(await world.send('ReserveNow', payload, { status: answer })).toMatchObject({
    outcome: 'result',
    payload: { status: answer },
  });
  expect(world.sent('ReserveNow')).toEqual(payload);
  return payload;
}

const statusOf = async (world: CaseWorld) => (await world.reservations())[0]?.status;

async function refused(world: CaseWorld, answer: string): Promise<void> {
  await reserve(world, answer);
  expect(await statusOf(world)).toBe('rejected');
}

export const reservation: Cases = {
  TC_046: {
    title: 'a reservation is used by the transaction that names it',
    async run(world) {
      await reserve(world, 'Accepted');
      await world.status(1, 'Reserved');
      expect(await statusOf(world)).toBe('active');
      const answer = await world.tell('StartTransaction', {
        connectorId: 1,
        idTag: TAG,
        meterStart: 0,
        timestamp: now(),
        reservationId: 41,
      });
      expect(answer).toMatchObject({ idTagInfo: { status: 'Accepted' } });
      expect(await world.reservations()).toMatchObject([
        { status: 'used', transaction_id: expect.any(String) },
      ]);
    },
  },
  TC_047: {
    title: 'a reservation that nobody uses expires',
    async run(world) {
      await reserve(world, 'Accepted', { expiryDate: new Date(Date.now() + 1_500).toISOString() });
      await world.status(1, 'Reserved');
      await world.until('expiry', async () => ((await statusOf(world)) === 'expired' ? true : undefined));
      expect(await world.status(1, 'Available')).toEqual({});
    },
  },
  TC_048_1: {
    title: 'a reservation of a faulted connector is told to be so',
    async run(world) {
      await world.status(1, 'Faulted', 'OtherError');
      await refused(world, 'Faulted');
    },
  },
  TC_048_2: {
    title: 'a reservation of an occupied connector is told to be so',
    async run(world) {
      await world.status(1, 'Preparing');
      await refused(world, 'Occupied');
    },
  },
  TC_048_3: {
    title: 'a reservation of a connector out of operation is told to be so',
    async run(world) {
      const inoperative = { connectorId: 1, type: 'Inoperative' };
      expect(await world.send('ChangeAvailability', inoperative, { status: 'Accepted' })).toMatchObject({
        payload: { status: 'Accepted' },
      });
      await world.status(1, 'Unavailable');
      await refused(world, 'Unavailable');
    },
  },
  TC_048_4: {
    title: 'a reservation that is Rejected is told to be so',
    run: (world) => refused(world, 'Rejected'),
  },
  TC_049: {
    title: 'connector 0 is reserved: any of them',
    async run(world) {
      await reserve(world, 'Accepted', { connectorId: 0 });
      const [made] = await world.reservations();
      expect(made).toMatchObject({ reservation_id: 41, status: 'active' });
      expect(made).not.toHaveProperty('evse_id');
    },
  },
  TC_051: {
    title: 'a reservation is cancelled',
    async run(world) {
      await reserve(world, 'Accepted');
      const answer = await world.send('CancelReservation', { reservationId: 41 }, { status: 'Accepted' });
      expect(answer).toMatchObject({ payload: { status: 'Accepted' } });
      expect(await statusOf(world)).toBe('cancelled');
    },
  },
  TC_052: {
    title: 'the cancellation of an unknown reservation is sent, and Rejected told',
    async run(world) {
      const answer = await world.send('CancelReservation', { reservationId: 99_999 });
      expect(answer).toMatchObject({ outcome: 'result', payload: { status: 'Rejected' } });
      expect(world.sent('CancelReservation')).toEqual({ reservationId: 99_999 });
    },
  },
  TC_053: {
    title: 'a reservation for a group is used by another card of it',
    async run(world) {
      await reserve(world, 'Accepted', { parentIdTag: 'CERT-GROUP' });
      expect(await world.tell('Authorize', { idTag: 'CERT-TAG-2' })).toEqual({
        idTagInfo: { status: 'Accepted', parentIdTag: 'CERT-GROUP' },
      });
      const answer = await world.tell('StartTransaction', {
        connectorId: 1,
        idTag: 'CERT-TAG-2',
        meterStart: 0,
        timestamp: now(),
        reservationId: 41,
      });
      expect(answer).toMatchObject({ idTagInfo: { status: 'Accepted', parentIdTag: 'CERT-GROUP' } });
      expect(await statusOf(world)).toBe('used');
    },
  },
};
