import { expect } from '@jest/globals';
import type { Payload } from '@roambridge/sim-charger';
import { type Cases, type CaseWorld, hoursAgo, now } from './cases.js';

const TAG = 'CERT003';
const ACCEPTED = { idTagInfo: { status: 'Accepted' } };

const sample = (transactionId: unknown, wh: number, timestamp = now()): Payload => ({
  connectorId: 1,
  transactionId,
  meterValue: [{ timestamp, sampledValue: [{ value: String(wh) }] }],
});

async function start(world: CaseWorld, more: Payload = {}): Promise<number> {
  const answer = await world.tell('StartTransaction', {
    connectorId: 1,
    idTag: TAG,
    meterStart: 1_000,
    timestamp: now(),
    ...more,
  });
  expect(answer).toMatchObject({ ...ACCEPTED, transactionId: expect.any(Number) });
  expect(answer.transactionId).toBeGreaterThan(0);
  return Number(answer.transactionId);
}

async function stop(world: CaseWorld, transactionId: number, more: Payload = {}): Promise<void> {
  const answer = await world.tell('StopTransaction', {
    transactionId,
    meterStop: 3_000,
    timestamp: now(),
    idTag: TAG,
    ...more,
  });
  if ('idTag' in more && more.idTag === undefined) expect(answer).toEqual({});
  else expect(answer).toEqual(ACCEPTED);
}

async function expectRecorded(world: CaseWorld, id: number, more: Payload = {}): Promise<void> {
  const [transaction, ...others] = await world.transactions();
  expect(others).toEqual([]);
  expect(transaction).toMatchObject({
    ocpp_transaction_id: String(id),
    id_token: TAG,
    open: false,
    energy_wh: 2_000,
    stop_reason: 'Local',
    ...more,
  });
}

/** A whole session; `before` is what comes ahead of the start. */
async function session(world: CaseWorld, before: () => Promise<void>, more: Payload = {}): Promise<number> {
  await before();
  const id = await start(world);
  await world.status(1, 'Charging');
  expect(await world.tell('MeterValues', sample(id, 2_000))).toEqual({});
  await stop(world, id, more);
  await world.status(1, 'Finishing');
  await world.status(1, 'Available');
  return id;
}

const authorize = async (world: CaseWorld) =>
  expect(await world.tell('Authorize', { idTag: TAG })).toEqual(ACCEPTED);

async function refused(world: CaseWorld, idTag: string, status: string): Promise<void> {
  await world.status(1, 'Preparing');
  expect((await world.tell('Authorize', { idTag })).idTagInfo).toMatchObject({ status });
  await world.status(1, 'Available');
  expect(await world.transactions()).toEqual([]);
}

export const charging: Cases = {
  TC_001: {
    title: 'cold boot: the boot is Accepted, statuses and heartbeats are answered',
    async run(world) {
      const boot = await world.tell('BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' });
      expect(boot).toMatchObject({ status: 'Accepted', interval: expect.any(Number) });
      expect(boot.currentTime).toMatch(/Z$/);
      for (const connector of [0, 1, 2]) expect(await world.status(connector, 'Available')).toEqual({});
      expect((await world.tell('Heartbeat', {})).currentTime).toMatch(/Z$/);
    },
  },
  TC_003: {
    title: 'a session that begins with the plug is stored and closed',
    async run(world) {
      const id = await session(world, async () => {
        await world.status(1, 'Preparing');
        await authorize(world);
      });
      await expectRecorded(world, id);
    },
  },
  TC_004_1: {
    title: 'a session that begins with the card is stored and closed',
    async run(world) {
      const id = await session(world, async () => {
        await authorize(world);
        await world.status(1, 'Preparing');
      });
      await expectRecorded(world, id);
    },
  },
  TC_004_2: {
    title: 'a card that nobody plugs in after leaves no transaction',
    async run(world) {
      await authorize(world);
      await world.status(1, 'Preparing');
      expect(await world.status(1, 'Available')).toEqual({});
      expect(await world.transactions()).toEqual([]);
    },
  },
  TC_005_1: {
    title: 'the car unplugs: the reason is stored',
    async run(world) {
      const id = await session(world, () => authorize(world), { reason: 'EVDisconnected', idTag: undefined });
      await expectRecorded(world, id, { stop_reason: 'EVDisconnected' });
    },
  },
  TC_007: {
    title: 'a start without Authorize (cached card) is Accepted',
    async run(world) {
      const id = await session(world, async () => undefined);
      await expectRecorded(world, id);
    },
  },
  TC_023_1: {
    title: 'an unknown card is Invalid and starts nothing',
    run: (world) => refused(world, 'CERT023-INV', 'Invalid'),
  },
  TC_023_2: {
    title: 'an expired card is Expired and starts nothing',
    run: (world) => refused(world, 'CERT023-EXP', 'Expired'),
  },
  TC_023_3: {
    title: 'a blocked card is Blocked and starts nothing',
    run: (world) => refused(world, 'CERT023-BLK', 'Blocked'),
  },
  TC_024: {
    title: 'a lock that fails is a fault of its connector',
    async run(world) {
      await world.status(1, 'Preparing');
      await authorize(world);
      expect(await world.status(1, 'Faulted', 'ConnectorLockFailure')).toEqual({});
      const view = await world.operator.get(`/stations/${world.station}`);
      expect(JSON.stringify(view.evses)).toContain('ConnectorLockFailure');
      expect(await world.transactions()).toEqual([]);
    },
  },
  TC_032_1: {
    title: 'after a power failure the stop that follows the boot ends the right transaction',
    async run(world) {
      const id = await start(world);
      world.charger.kill();
      await world.charger.reconnect();
      await world.charger.boot();
      await stop(world, id, { reason: 'PowerLoss', idTag: undefined });
      await expectRecorded(world, id, { stop_reason: 'PowerLoss' });
    },
  },
  TC_037_1: {
    title: 'a start from an offline time hours ago is Accepted, with an id above 0',
    async run(world) {
      const timestamp = hoursAgo(3);
      const id = await start(world, { timestamp });
      const [transaction] = await world.transactions();
      expect(transaction).toMatchObject({ ocpp_transaction_id: String(id), started_at: timestamp });
    },
  },
  TC_037_3: {
    title: 'an offline start with an unknown card gets an id and Invalid; its DeAuthorized end is stored',
    async run(world) {
      const answer = await world.tell('StartTransaction', {
        connectorId: 1,
        idTag: 'CERT023-INV',
        meterStart: 1_000,
        timestamp: hoursAgo(2),
      });
      expect(answer).toMatchObject({ idTagInfo: { status: 'Invalid' } });
      expect(answer.transactionId).toBeGreaterThan(0);
      await world.tell('StopTransaction', {
        transactionId: Number(answer.transactionId),
        meterStop: 1_010,
        timestamp: now(),
        reason: 'DeAuthorized',
      });
      expect(await world.transactions()).toMatchObject([{ open: false, stop_reason: 'DeAuthorized' }]);
    },
  },
  TC_039: {
    title: 'a whole transaction of an offline time is accepted',
    async run(world) {
      const id = await start(world, { timestamp: hoursAgo(3) });
      await stop(world, id, { timestamp: hoursAgo(2) });
      await expectRecorded(world, id);
    },
  },
};
