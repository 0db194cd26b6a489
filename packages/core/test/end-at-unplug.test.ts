import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ReportedEvent, StatusReport } from '../src/index.js';
import { connection, frame, type RunningCore, startCore, until } from './support/running-core.js';

const MINUTE = 60_000;
const WAIT_MS = 480 * MINUTE;

let running: RunningCore;

beforeAll(async () => {
  running = await startCore(undefined, { settings: { endAtUnplug: true, unplugWaitMs: WAIT_MS } });
  // What a charger sends right after it came back may have waited.
  await running.core.charger.connected({ ...connection(2), at: Date.now() - 24 * 60 * MINUTE });
});

afterAll(() => running.stop());

function record(event: Partial<ReportedEvent> & Pick<ReportedEvent, 'eventType' | 'at'>) {
  return running.core.charger.recordTransactionEvent(
    'CS-1',
    { receivedAt: Date.now(), offline: false, meterValues: [], ...event },
    frame(event.eventType),
  );
}

const begin = (at: number, meterStartWh: number) =>
  record({
    eventType: 'Started',
    at,
    evseId: 1,
    connectorId: 1,
    meterStartWh,
    naturalKey: `1|card|${at}|${meterStartWh}`,
    idToken: { idToken: 'CARD', type: 'unknown' },
  });

const end = (at: number, meterStopWh: number, ocppTransactionId: string, stoppedReason = 'Local') =>
  record({ eventType: 'Ended', at, meterStopWh, ocppTransactionId, stoppedReason });

function report(at: number, changes: Pick<StatusReport, 'status' | 'rawStatus' | 'chargingState'>) {
  const status: StatusReport = { evseId: 1, connectorId: 1, at, ...changes };
  return running.core.charger.reportStatus('CS-1', status, frame('StatusNotification'));
}

const finishing = (at: number) =>
  report(at, { status: 'Occupied', rawStatus: 'Finishing', chargingState: 'EVConnected' });
const free = (at: number) => report(at, { status: 'Available', rawStatus: 'Available' });

const minutesAgo = (minutes: number) => Date.now() - minutes * MINUTE;

async function newest() {
  const [transaction] = (await running.core.operator.transactions({ limit: 1 })).items;
  const session = await running.core.operator.session(transaction?.sessionId ?? '');
  const cdrs = (await running.core.operator.cdrs({ limit: 50 })).items;
  return { transaction, session, cdr: cdrs.find(({ transactionId }) => transactionId === transaction?.id) };
}

const seconds = (ms: number) => new Date(Math.floor(ms / 1000) * 1000).toISOString().replace('.000Z', 'Z');

test('a session goes on after the stop until its vehicle is gone, and its parking is billed (D2-005)', async () => {
  const at = minutesAgo(450);
  await finishing(at - MINUTE);
  const { ocppTransactionId } = await begin(at, 1_000);
  await end(at + 30 * MINUTE, 3_000, ocppTransactionId);
  await finishing(at + 30 * MINUTE);
  expect((await newest()).session).toMatchObject({ status: 'ACTIVE', kwh: '2' });
  expect((await newest()).cdr).toBeUndefined();
  // The stop comes again: it is the same stop.
  await end(at + 30 * MINUTE, 3_000, ocppTransactionId);
  await free(at + 45 * MINUTE);
  const { transaction, session, cdr } = await newest();
  expect(session).toMatchObject({ status: 'COMPLETED', end_date_time: seconds(at + 45 * MINUTE) });
  expect(transaction).toMatchObject({ open: false, energyWh: 2_000, flags: [], stopReason: 'Local' });
  expect(cdr?.cdr).toMatchObject({ total_energy: '2', total_time: '0.75', total_parking_time: '0.25' });
});

test('a cable that was pulled is gone: the session ends with the stop (D2-005)', async () => {
  const at = minutesAgo(400);
  await finishing(at - MINUTE);
  const { ocppTransactionId } = await begin(at, 3_000);
  await end(at + 10 * MINUTE, 4_000, ocppTransactionId, 'EVDisconnected');
  expect((await newest()).session).toMatchObject({ status: 'COMPLETED' });
});

test('the next start ends the session that waits for its vehicle to leave (D2-005, D2-052)', async () => {
  const at = minutesAgo(380);
  await finishing(at - MINUTE);
  const first = await begin(at, 4_000);
  await end(at + 10 * MINUTE, 5_000, first.ocppTransactionId);
  const waiting = (await newest()).transaction;
  await begin(at + 25 * MINUTE, 5_000);
  const ended = await running.core.operator.transaction(waiting?.id ?? '');
  expect(ended).toMatchObject({ open: false, stoppedAt: at + 25 * MINUTE, energyWh: 1_000, flags: [] });
});

test('a vehicle that stays does not keep its session open for ever (D2-005)', async () => {
  const stopAt = minutesAgo(490);
  const { ocppTransactionId } = await begin(minutesAgo(500), 6_000);
  await end(stopAt, 7_000, ocppTransactionId);
  // Its time was over long ago.
  await until(async () => (await newest()).session?.status === 'COMPLETED');
  expect((await newest()).session).toMatchObject({ end_date_time: seconds(stopAt + WAIT_MS) });
});
