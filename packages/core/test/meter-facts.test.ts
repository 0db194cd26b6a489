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

async function charged(at: number, beginKwh: number) {
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
  await record({ eventType: 'Updated', ocppTransactionId, meterValues: [begin] }, 'MeterValues');
  await running.core.idle();
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
  const first = await charged(begun - 90 * MINUTE, 5);
  await until(() => asked.length > 0);
  expect(asked).toEqual([{ kind: 'report-meter-keys', connectorIds: [1] }]);
  expect(first?.cdr.signed_data?.public_key).toBe(meter.publicKey);
  expect(first?.cdr.remark ?? '').not.toContain('SIGNATURE');
  const second = await charged(begun - 45 * MINUTE, 7);
  expect(second?.cdr.signed_data?.public_key).toBe(meter.publicKey);
  expect(second?.cdr.meter_id).toBe('M-4711');
  expect(asked).toHaveLength(1);
});

test('the key of the charger’s configuration is looked for after a restart as well (D3-023)', async () => {
  await running.restart();
  const third = await charged(Date.now() - 12 * MINUTE - 30 * MINUTE, 9);
  expect(third?.cdr.signed_data?.public_key).toBe(meter.publicKey);
  expect(asked).toHaveLength(1);
  const explained = await running.core.operator.explainCdr(third?.cdr.id ?? '');
  expect(explained?.signed.map(({ verdict }) => verdict)).toEqual(['valid', 'valid']);
});
