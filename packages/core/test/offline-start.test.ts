import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { frame, type RunningCore, startCore } from './support/running-core.js';

const HOUR = 3_600_000;
let running: RunningCore;
const hoursAgo = (hours: number) => Date.now() - hours * HOUR;
const iso = (at: number) => new Date(at).toISOString();

/** A card that its eMSP blocked an hour ago. */
async function blocked(uid: string, whitelist: 'ALLOWED' | 'NEVER') {
  const token = { country_code: 'NL', party_id: 'MSP', uid, type: 'RFID', contract_id: `NL-MSP-${uid}` };
  const more = { ...token, issuer: 'eMSP', whitelist };
  await running.core.operator.putToken({ ...more, valid: true, last_updated: iso(hoursAgo(10)) });
  await running.core.operator.putToken({ ...more, valid: false, last_updated: iso(hoursAgo(1)) });
}

beforeAll(async () => {
  running = await startCore();
  await blocked('CARD-A', 'ALLOWED');
  await blocked('CARD-N', 'NEVER');
});
afterAll(() => running.stop());

async function uploaded(uid: string, at: number, meterStartWh: number) {
  const record = (event: object, action: string) =>
    running.core.charger.recordTransactionEvent(
      'CS-1',
      { receivedAt: Date.now(), offline: false, meterValues: [], eventType: 'Started', at, ...event },
      frame(action),
    );
  const answer = await record(
    {
      evseId: 1,
      connectorId: 1,
      meterStartWh,
      naturalKey: `1|${uid}|${at}|${meterStartWh}`,
      idToken: { idToken: uid, type: 'unknown' },
    },
    'StartTransaction',
  );
  const { ocppTransactionId } = answer;
  const end = { eventType: 'Ended', at: at + HOUR / 2, ocppTransactionId, meterStopWh: meterStartWh + 3_000 };
  await record({ ...end, stoppedReason: 'DeAuthorized' }, 'StopTransaction');
  const { items } = await running.core.operator.transactions({ limit: 1 });
  return { answer, transaction: items[0] };
}

const cdrs = async () => (await running.core.operator.cdrs({ limit: 10 })).items;

test('what was delivered on a token that was good at the time is billed, and the token refused now (D2-073)', async () => {
  const { answer, transaction } = await uploaded('CARD-A', hoursAgo(4), 1_000);
  expect(answer.authorization?.status).toBe('Blocked');
  expect(Number(answer.ocppTransactionId)).toBeGreaterThan(0);
  expect(await running.core.operator.session(transaction?.sessionId ?? '')).toMatchObject({
    status: 'COMPLETED',
    auth_method: 'WHITELIST',
    kwh: '3',
    cdr_token: { uid: 'CARD-A' },
  });
  expect(await cdrs()).toMatchObject([{ transactionId: transaction?.id, cdr: { total_energy: '3' } }]);
});

test('a token that was no good at the time, or only by its eMSP’s answer, makes an internal record (D2-073)', async () => {
  for (const [uid, at, start] of [
    ['CARD-A', hoursAgo(0.8), 5_000],
    ['CARD-N', hoursAgo(3), 9_000],
    ['CARD-A', hoursAgo(20), 13_000],
  ] as const) {
    const { answer, transaction } = await uploaded(uid, at, start);
    expect(answer.authorization?.status).not.toBe('Accepted');
    expect(transaction).toMatchObject({ open: false, energyWh: 3_000 });
    expect(transaction?.sessionId).toBeUndefined();
  }
  expect(await cdrs()).toHaveLength(1);
});
