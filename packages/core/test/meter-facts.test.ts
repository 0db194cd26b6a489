import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SampledValue } from '@roambridge/domain';
import type { DeviceVariable, StationRequest } from '../src/index.js';
import { frame, type RunningCore, startCore, until } from './support/running-core.js';
import { ocmf, testMeter } from './support/signed-container.js';

const MINUTE = 60_000;
const meter = testMeter();
const asked: StationRequest[] = [];
let running: RunningCore;

const variable = (name: string, value: string): DeviceVariable => ({
  component: { name: 'FiscalMetering', evseId: 1 },
  variable: { name },
  attributes: [{ type: 'Actual', value, at: Date.now() }],
});

beforeAll(async () => {
  running = await startCore(undefined, {
    settings: { cdrSettleMs: MINUTE, signedDataUrl: 'https://example.com/signed/{cdr_id}' },
    station: {
      async call(_stationId, request) {
        if (request.kind !== 'report-meter-keys') return { kind: 'not-supported' };
        asked.push(request);
        const variables = [variable('PublicKey', meter.publicKey), variable('SerialNumber', 'M-4711')];
        return { kind: 'result', messageId: 'm', payload: {}, variables };
      },
    },
  });
});
afterAll(() => running.stop());

const signed = (context: string, mark: string, kwh: number): SampledValue => ({
  value: '',
  format: 'SignedData',
  context,
  signed: { data: ocmf(meter, [{ mark, kwh }]), form: 'text' },
});

async function charged(at: number, beginKwh: number, signs: 'both' | 'end' = 'both') {
  const record = (event: object, action: string) =>
    running.core.charger.recordTransactionEvent(
      'CS-1',
      { eventType: 'Started', at, receivedAt: Date.now(), offline: false, meterValues: [], ...event },
      frame(action),
    );
  const { ocppTransactionId } = await record(
    {
      evseId: 1,
      connectorId: 1,
      meterStartWh: beginKwh * 1_000,
      naturalKey: `1|card|${at}|${beginKwh}`,
      idToken: { idToken: 'CARD', type: 'unknown' },
    },
    'StartTransaction',
  );
  const begin = { at, sampledValues: [signed('Transaction.Begin', 'B', beginKwh)] };
  if (signs === 'both') {
    await record({ eventType: 'Updated', ocppTransactionId, meterValues: [begin] }, 'MeterValues');
    await running.core.idle();
  }
  const ended = at + 30 * MINUTE;
  const end = { at: ended, sampledValues: [signed('Transaction.End', 'E', beginKwh + 2)] };
  await record(
    {
      eventType: 'Ended',
      at: ended,
      ocppTransactionId,
      meterStopWh: (beginKwh + 2) * 1_000,
      meterValues: [end],
    },
    'StopTransaction',
  );
  return (await running.core.operator.cdrs({ limit: 1 })).items[0];
}

test('a charger that signs without its key is asked for it once, and its bill carries key and meter (D3-005, D3-023)', async () => {
  const begun = Date.now();
  // It signs at the end only: the answer comes when the first bill is made already.
  const first = await charged(begun - 90 * MINUTE, 5, 'end');
  await until(() => asked.length > 0);
  expect(asked).toEqual([{ kind: 'report-meter-keys', connectorIds: [1] }]);
  expect(first?.cdr.signed_data?.public_key).toBeUndefined();
  await running.core.idle();
  const mended = (await running.core.operator.cdrs({ limit: 1 })).items[0];
  expect(mended?.cdr).toEqual({
    ...first?.cdr,
    signed_data: { ...first?.cdr.signed_data, public_key: meter.publicKey },
  });
  const judged = await running.core.operator.explainCdr(first?.cdr.id ?? '');
  expect(judged?.signed.map(({ verdict }) => verdict)).toEqual(['valid']);
  const second = await charged(begun - 45 * MINUTE, 7);
  expect(second?.cdr.signed_data?.public_key).toBe(meter.publicKey);
  expect(second?.cdr.meter_id).toBe('M-4711');
  expect(asked).toHaveLength(1);
});

test('the key of the charger’s configuration is looked for after a restart as well (D3-023)', async () => {
  await running.restart();
  const third = await charged(Date.now() - 12 * MINUTE - 30 * MINUTE, 9);
  // D3-022
  expect(third?.cdr.signed_data?.url).toBe(`https://example.com/signed/${third?.cdr.id}`);
  expect(third?.cdr.signed_data?.public_key).toBe(meter.publicKey);
  expect(asked).toHaveLength(1);
  const explained = await running.core.operator.explainCdr(third?.cdr.id ?? '');
  expect(explained?.signed.map(({ verdict }) => verdict)).toEqual(['valid', 'valid']);
});

test('a bill that was judged by a wrong key is judged anew when it is made anew (D3-023)', async () => {
  const enter = (key: string) =>
    running.core.operator.putStation({
      id: 'CS-1',
      security_profile: 1,
      meter_public_keys: [{ public_key: key }],
    });
  await enter(testMeter().publicKey);
  const held = await charged(Date.now() - 32 * MINUTE, 11);
  expect(held?.hold).toBe('SIGNATURE_INVALID');
  await enter(meter.publicKey);
  const made = await running.core.operator.correctCdr(held?.cdr.id ?? '', {
    reason: 'key was entered wrongly',
  });
  expect(made?.cdr.hold).toBeUndefined();
  expect(made?.cdr.cdr.remark ?? '').not.toContain('SIGNATURE');
});
