import { expect } from '@jest/globals';
import type { Payload } from '@roambridge/sim-charger';
import { type Cases, type CaseWorld, now } from './cases.js';

const TAG = 'CERT003';

/** The charger does as it is told by itself: authorize, start, and stop when it is asked. */
async function remoteStart(world: CaseWorld, more: Payload = {}): Promise<string> {
  const payload = { idTag: TAG, connectorId: 1, ...more };
  expect(await world.send('RemoteStartTransaction', payload)).toMatchObject({
    outcome: 'result',
    payload: { status: 'Accepted' },
  });
  expect(world.sent('RemoteStartTransaction')).toEqual(payload);
  const [open] = await world.until('transaction', async () => {
    const found = await world.transactions();
    return found[0]?.open === true ? found : undefined;
  });
  expect(open).toMatchObject({ id_token: TAG, evse_id: 1 });
  return String(open?.ocpp_transaction_id);
}

const ended = (world: CaseWorld, reason: string) =>
  world.until(`transaction ended by ${reason}`, async () => {
    const [found] = await world.transactions();
    return found?.open === false && found.stop_reason === reason ? found : undefined;
  });

async function reset(world: CaseWorld, type: 'Hard' | 'Soft'): Promise<void> {
  await remoteStart(world);
  const since = (await world.operator.get(`/stations/${world.station}`)).booted_at;
  expect(await world.send('Reset', { type })).toMatchObject({ payload: { status: 'Accepted' } });
  await ended(world, `${type}Reset`);
  await world.until('boot after the reset', async () => {
    const view = await world.operator.get(`/stations/${world.station}`);
    return view.booted_at !== since && view.boot_status === 'Accepted' ? view : undefined;
  });
}

const rejected = { status: 'Rejected' };

export const remote: Cases = {
  TC_010: {
    title: 'a remote start of a plugged car becomes a transaction',
    async run(world) {
      await world.status(1, 'Preparing');
      await remoteStart(world);
    },
  },
  TC_011_1: {
    title: 'a remote start before the plug becomes a transaction',
    async run(world) {
      await remoteStart(world);
    },
  },
  TC_011_2: {
    title: 'a remote start that nobody plugs in after leaves no transaction',
    async run(world) {
      await world.send('RemoteStartTransaction', { idTag: TAG, connectorId: 1 }, { status: 'Accepted' });
      await world.tell('Authorize', { idTag: TAG });
      await world.status(1, 'Preparing');
      await world.status(1, 'Available');
      expect(await world.transactions()).toEqual([]);
    },
  },
  TC_012: {
    title: 'a remote stop ends the transaction, reason Remote',
    async run(world) {
      const transactionId = Number(await remoteStart(world));
      expect(await world.send('RemoteStopTransaction', { transactionId })).toMatchObject({
        payload: { status: 'Accepted' },
      });
      await ended(world, 'Remote');
    },
  },
  TC_013: { title: 'a hard reset: stop HardReset, then a new boot', run: (world) => reset(world, 'Hard') },
  TC_014: { title: 'a soft reset: stop SoftReset, then a new boot', run: (world) => reset(world, 'Soft') },
  TC_017_1: {
    title: 'unlock without a transaction',
    async run(world) {
      expect(await world.send('UnlockConnector', { connectorId: 1 })).toMatchObject({
        payload: { status: 'Unlocked' },
      });
      expect(await world.transactions()).toEqual([]);
    },
  },
  TC_017_2: {
    title: 'unlock without a transaction, and the lock fails',
    async run(world) {
      expect(
        await world.send('UnlockConnector', { connectorId: 1 }, { status: 'UnlockFailed' }),
      ).toMatchObject({
        outcome: 'result',
        payload: { status: 'UnlockFailed' },
      });
    },
  },
  TC_018_1: {
    title: 'unlock while a transaction runs: it ends with UnlockCommand',
    async run(world) {
      await remoteStart(world);
      await world.send('UnlockConnector', { connectorId: 1 });
      await ended(world, 'UnlockCommand');
    },
  },
  TC_026: {
    title: 'a remote start that is Rejected leaves no transaction',
    async run(world) {
      const answer = await world.send('RemoteStartTransaction', { idTag: TAG, connectorId: 1 }, rejected);
      expect(answer).toMatchObject({ outcome: 'result', payload: rejected });
      expect(await world.transactions()).toEqual([]);
    },
  },
  TC_028: {
    title: 'a remote stop that is Rejected leaves the transaction open',
    async run(world) {
      const id = Number(await remoteStart(world));
      const answer = await world.send('RemoteStopTransaction', { transactionId: id + 1 });
      expect(answer).toMatchObject({ outcome: 'result', payload: rejected });
      expect(await world.transactions()).toMatchObject([{ open: true }]);
    },
  },
  TC_030: {
    title: 'an unlock that fails is told',
    async run(world) {
      const answer = await world.send('UnlockConnector', { connectorId: 2 }, { status: 'UnlockFailed' });
      expect(answer).toMatchObject({ payload: { status: 'UnlockFailed' } });
    },
  },
  TC_031: {
    title: 'an unlock of connector 99 is sent, and NotSupported told',
    async run(world) {
      expect(await world.send('UnlockConnector', { connectorId: 99 })).toMatchObject({
        payload: { status: 'NotSupported' },
      });
      expect(world.sent('UnlockConnector')).toEqual({ connectorId: 99 });
    },
  },
  TC_054: {
    title: 'every message that can be triggered is asked for and answered',
    async run(world) {
      const messages: [string, Payload][] = [
        [
          'MeterValues',
          { connectorId: 1, meterValue: [{ timestamp: now(), sampledValue: [{ value: '5' }] }] },
        ],
        ['Heartbeat', {}],
        ['StatusNotification', { connectorId: 1, status: 'Available', errorCode: 'NoError' }],
        ['DiagnosticsStatusNotification', { status: 'Idle' }],
        ['FirmwareStatusNotification', { status: 'Idle' }],
        ['BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' }],
      ];
      for (const [requestedMessage, payload] of messages) {
        const asked = { requestedMessage, ...(payload.connectorId === 1 ? { connectorId: 1 } : {}) };
        const answer = await world.send('TriggerMessage', asked, { status: 'Accepted' });
        expect(answer).toMatchObject({ payload: { status: 'Accepted' } });
        expect(world.sent('TriggerMessage')).toEqual(asked);
        await world.tell(requestedMessage, payload);
      }
      expect(await world.newestJob()).toBeUndefined();
    },
  },
  TC_055: {
    title: 'a trigger that is Rejected is told',
    async run(world) {
      const asked = { requestedMessage: 'MeterValues', connectorId: 99 };
      expect(await world.send('TriggerMessage', asked)).toMatchObject({ payload: rejected });
    },
  },
  TC_059: {
    title: 'a remote start with a TxProfile carries it, without a transaction id',
    async run(world) {
      const chargingProfile = {
        chargingProfileId: 1,
        stackLevel: 0,
        chargingProfilePurpose: 'TxProfile',
        chargingProfileKind: 'Relative',
        chargingSchedule: {
          chargingRateUnit: 'W',
          chargingSchedulePeriod: [{ startPeriod: 0, limit: 6_000 }],
        },
      };
      await remoteStart(world, { chargingProfile });
    },
  },
};
