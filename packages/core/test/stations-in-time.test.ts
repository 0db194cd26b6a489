import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ManualClock } from '../../../apps/gateway/test/support/manual-clock.js';
import { connection, frame, type RunningCore, startCore } from './support/running-core.js';

const clock = new ManualClock(Date.UTC(2026, 2, 1, 10));
let running: RunningCore;

beforeAll(async () => {
  running = await startCore(undefined, { clock });
  await report(1);
  await pass(60_000);
});

afterAll(() => running.stop());

const pass = (ms: number) => clock.moveTo(clock.now() + ms, () => running.core.idle());

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
