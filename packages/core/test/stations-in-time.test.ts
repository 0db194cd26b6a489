import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ManualClock } from '../../../apps/gateway/test/support/manual-clock.js';
import { connection, frame, type RunningCore, startCore } from './support/running-core.js';

const clock = new ManualClock(Date.UTC(2026, 2, 1, 10));
let running: RunningCore;
/** What the charger was asked. */
const asked: string[] = [];

beforeAll(async () => {
  running = await startCore(undefined, {
    clock,
    station: {
      async call(_station, request) {
        asked.push(request.kind);
        return { kind: 'result', messageId: 'm', payload: { status: 'Accepted' } };
      },
    },
  });
  await report(1);
  await pass(60_000);
});

afterAll(() => running.stop());

const pass = (ms: number) => clock.moveTo(clock.now() + ms, settle);

/** A call goes to the charger, and what it answers is stored, in a few steps. */
async function settle(): Promise<void> {
  for (let steps = 0; steps < 3; steps += 1) {
    await running.core.idle();
    await new Promise<void>((turned) => setImmediate(turned));
  }
  await running.core.idle();
}

function report(evseId: number, connectorId = 1): Promise<void> {
  const status = {
    evseId,
    connectorId,
    status: 'Available' as const,
    rawStatus: 'Available',
    at: clock.now(),
  };
  const message = { ...frame('StatusNotification'), at: clock.now() };
  return running.core.charger.reportStatus('CS-1', status, message);
}

const toldStatuses = () =>
  running.told.flatMap((notice) => (notice.kind === 'evse-status' ? [notice.evse.status] : []));

const drift = async () =>
  (await running.core.operator.attention({ limit: 50 })).items.filter(
    ({ kind, resolvedAt }) => kind === 'connector-without-location' && resolvedAt === undefined,
  );

test('a connector that no location has is shown to the operator and told to nobody (D1-004)', async () => {
  expect(toldStatuses()).toEqual(['AVAILABLE']);
  running.told.length = 0;
  await report(2);
  await report(1, 2);
  await pass(60_000);
  expect(running.told).toEqual([]);
  const [shown] = await drift();
  expect(shown).toMatchObject({ subject: 'CS-1', message: expect.stringContaining('EVSE 2') });
  expect(shown?.message).toContain('EVSE 1 connector 2');
});

test('a new start of the gateway is no outage of its stations (D1-046)', async () => {
  running.told.length = 0;
  await running.restart();
  await pass(290_000);
  await running.core.charger.connected({ ...connection(2), at: clock.now() });
  await pass(600_000);
  expect(running.told).toEqual([]);
});

test('a station that does not come back within its grace after a new start is UNKNOWN (D1-046, D1-040)', async () => {
  await running.restart();
  await pass(299_000);
  expect(running.told).toEqual([]);
  await pass(10_000);
  expect(toldStatuses()).toEqual(['UNKNOWN']);
});

test('a station that boots with another version of its protocol is shown, and asked anew what it is (A-014)', async () => {
  const boots = async (protocol: string, generation: number) => {
    await running.core.charger.connected({ ...connection(generation), protocol, at: clock.now() });
    const report = { vendor: 'V', model: 'M', firmwareVersion: '7' };
    await running.core.charger.boot('CS-1', report, { ...frame('BootNotification'), at: clock.now() });
    await pass(10_000);
    const { items } = await running.core.operator.attention({ limit: 50 });
    return {
      inventories: asked.filter((kind) => kind === 'report-inventory').length,
      changes: items.filter(({ kind }) => kind === 'protocol-changed').map(({ message }) => message),
    };
  };
  expect(await boots('old', 3)).toEqual({ inventories: 1, changes: [] });
  expect(await boots('old', 4)).toEqual({ inventories: 1, changes: [] });
  expect(await boots('new', 5)).toEqual({
    inventories: 2,
    changes: ['CS-1 speaks new; before it spoke old'],
  });
  expect((await boots('old', 6)).changes).toEqual(['CS-1 speaks old; before it spoke new']);
});
