import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { isPriced } from '@roambridge/domain';
import type { ReportedEvent } from '../src/index.js';
import { connection, frame, type RunningCore, startCore } from './support/running-core.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let running: RunningCore;
/** Added to the time of the machine. */
let ahead = 0;
const now = () => Date.now() + ahead;

beforeAll(async () => {
  running = await startCore(undefined, {
    clock: {
      now,
      after(delayMs, task) {
        const timer = setTimeout(task, delayMs).unref();
        return () => clearTimeout(timer);
      },
    },
  });
});

afterAll(() => running.stop());

function record(event: Partial<ReportedEvent> & Pick<ReportedEvent, 'eventType' | 'at'>, action: string) {
  return running.core.charger.recordTransactionEvent(
    'CS-1',
    { receivedAt: now(), offline: false, meterValues: [], ...event },
    { ...frame(action), at: now() },
  );
}

function start(at: number, meterStartWh: number, evseId = 1) {
  return record(
    {
      eventType: 'Started',
      at,
      evseId,
      connectorId: evseId,
      meterStartWh,
      naturalKey: `${evseId}|card|${at}|${meterStartWh}`,
      idToken: { idToken: 'CARD', type: 'unknown' },
    },
    'StartTransaction',
  );
}

function meter(at: number, wh: number, ocppTransactionId = '-1') {
  const meterValues = [{ at, sampledValues: [{ value: String(wh) }] }];
  return record(
    { eventType: 'Updated', at, ocppTransactionId, evseId: 1, connectorId: 1, meterValues },
    'MeterValues',
  );
}

function end(at: number, meterStopWh: number, ocppTransactionId = '-1') {
  return record(
    { eventType: 'Ended', at, ocppTransactionId, meterStopWh, stoppedReason: 'Local' },
    'StopTransaction',
  );
}

const transactions = async () => (await running.core.operator.transactions({ limit: 100 })).items;
const cdrs = async () => (await running.core.operator.cdrs({ limit: 100 })).items;
const open = async () =>
  (await running.core.operator.attention({ limit: 100 })).items.filter(
    ({ kind, resolvedAt }) => kind === 'transaction-end-unassignable' && resolvedAt === undefined,
  );

test('values and a stop without their id wait for their start, and are billed with it (D2-057)', async () => {
  const at = now() - 60 * MINUTE;
  await meter(at + 10 * MINUTE, 101_000);
  await meter(at + 20 * MINUTE, 102_000);
  await end(at + 30 * MINUTE, 103_000);
  expect(await transactions()).toMatchObject([{ flags: ['HEADLESS'], open: false }]);
  expect(await open()).toHaveLength(1);
  // What waits is not forgotten with the process.
  await running.restart();
  await running.core.charger.connected(connection(2));
  const { ocppTransactionId } = await start(at, 100_000);
  const [transaction, ...others] = await transactions();
  expect(others).toEqual([]);
  expect(transaction).toMatchObject({
    ocppTransactionId,
    open: false,
    energyWh: 3_000,
    startedAt: at,
    stoppedAt: at + 30 * MINUTE,
    flags: ['STOP_ID_INFERRED'],
  });
  const [bill] = await cdrs();
  expect(bill?.cdr).toMatchObject({ total_energy: '3', remark: 'stop=Local; flags=STOP_ID_INFERRED' });
  expect(bill && isPriced(bill.cdr) && bill.cdr.total_cost.excl_vat).toBe('0.9');
  expect(await open()).toEqual([]);
  const events = await running.store.transactions.events(transaction?.id ?? '');
  expect(events.map(({ event, messageId }) => [event.eventType, typeof messageId])).toEqual([
    ['Started', 'string'],
    ['Updated', 'string'],
    ['Updated', 'string'],
    ['Ended', 'string'],
  ]);
});

test('the same stop told again after that is a repetition (D2-053)', async () => {
  const [last] = await transactions();
  await end(last?.stoppedAt ?? 0, 103_000);
  expect(await transactions()).toHaveLength(1);
  expect(await cdrs()).toHaveLength(1);
  expect(await open()).toEqual([]);
});

test('the stop of a transaction that nobody knows is recorded once, and no partner hears of it (D2-056)', async () => {
  await running.core.idle();
  const told = running.told.length;
  const at = now() - 40 * MINUTE;
  await end(at, 7_000, '4711');
  await end(at, 7_000, '4711');
  const records = (await transactions()).filter(({ flags }) => flags.includes('HEADLESS'));
  expect(records).toMatchObject([{ ocppTransactionId: '4711', stoppedAt: at, open: false }]);
  expect(records[0]?.sessionId).toBeUndefined();
  expect(await open()).toMatchObject([{ subject: records[0]?.id }]);
  await running.core.idle();
  expect(running.told.slice(told)).toEqual([]);
});

test('a stop does not wait for a start that it cannot belong to (D2-057)', async () => {
  const count = (await transactions()).length;
  // It started with a register above that of the stop, and after it.
  const { ocppTransactionId } = await start(now() - 30 * MINUTE, 103_000);
  expect(await transactions()).toHaveLength(count + 1);
  expect((await transactions())[0]).toMatchObject({ ocppTransactionId, open: true });
  await end(now() - 20 * MINUTE, 104_000, ocppTransactionId);
});

test('what ended before leaves the transaction alone that began after it (D2-052, D2-057)', async () => {
  const early = now() - 19 * MINUTE;
  const late = now() - 10 * MINUTE;
  await end(early + 5 * MINUTE, 105_000);
  const running1 = await start(late, 105_000);
  await start(early, 104_000);
  const [first, second] = await transactions();
  const states = [first, second].map((each) => [each?.startedAt, each?.open, each?.energyWh]);
  expect(states).toContainEqual([late, true, 0]);
  const ended = (await transactions()).find(({ startedAt }) => startedAt === early);
  expect(ended).toMatchObject({ open: false, energyWh: 1_000 });
  await end(late + MINUTE, 106_000, running1.ocppTransactionId);
});

test('after a day nothing waits any more (D2-057)', async () => {
  const at = now();
  await end(at + 5 * MINUTE, 108_000);
  ahead += DAY + MINUTE;
  const { ocppTransactionId } = await start(at, 107_000);
  const found = (await transactions()).find((each) => each.ocppTransactionId === ocppTransactionId);
  expect(found).toMatchObject({ open: true });
});

test('a clock that is wrong is found by live messages, and by a time zone it is told as such (D2-060, D2-062)', async () => {
  const skewed = async () =>
    (await running.core.operator.attention({ limit: 100 })).items.filter(
      ({ kind, resolvedAt }) => kind === 'station-clock-skewed' && resolvedAt === undefined,
    );
  const [open] = (await transactions()).filter((each) => each.open);
  const HOURS = 120 * MINUTE;
  // One message that was late says nothing.
  for (const offset of [-10 * MINUTE, 0, 0, 0]) await meter(now() + offset, 107_500, open?.ocppTransactionId);
  expect(await running.core.operator.station('CS-1')).toMatchObject({ clock_skew_seconds: 0 });
  for (let told = 0; told < 9; told += 1) await meter(now() + HOURS, 107_600, open?.ocppTransactionId);
  expect(await running.core.operator.station('CS-1')).toMatchObject({ clock_skew_seconds: 7200 });
  expect(await skewed()).toMatchObject([
    { subject: 'CS-1', message: expect.stringContaining('clock_offset=-02:00') },
  ]);
  for (let told = 0; told < 15; told += 1) await meter(now(), 107_700, open?.ocppTransactionId);
  expect(await skewed()).toEqual([]);
});

test('the times of a confirmed zone are corrected (D2-062)', async () => {
  await running.core.operator.putStation({
    id: 'CS-1',
    security_profile: 1,
    quirks: ['clock_offset=-02:00'],
  });
  const at = now() - MINUTE;
  const { ocppTransactionId } = await start(at + 120 * MINUTE, 107_800);
  const begun = (await transactions()).find((each) => each.ocppTransactionId === ocppTransactionId);
  expect(begun).toMatchObject({ startedAt: at, open: true });
});

test('a station that is removed takes no running transaction along: it ends at its last evidence (D3-040)', async () => {
  const [open] = (await transactions()).filter((each) => each.open);
  expect(await running.core.operator.removeStation('CS-1')).toBe(true);
  const ended = await running.core.operator.transaction(open?.id ?? '');
  expect(ended).toMatchObject({ open: false, flags: expect.arrayContaining(['SYNTHETIC_END']) });
  const [bill] = await cdrs();
  expect(bill?.transactionId).toBe(open?.id);
  expect(bill?.cdr.remark).toContain('SYNTHETIC_END');
  const { items } = await running.core.operator.attention({ limit: 10 });
  expect(items).toContainEqual(
    expect.objectContaining({ kind: 'transaction-orphaned', subject: open?.id, stationId: 'CS-1' }),
  );
});
