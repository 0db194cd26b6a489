import { expect, test } from '@jest/globals';
import { pointsOf, thinned } from '../src/operator/transaction-curve.js';
import { start, startCore, stop } from './support/running-core.js';

const sample = (at: number, values: { registerWh?: number; powerW?: number }) => ({
  at,
  context: 'Sample.Periodic',
  anomalies: [],
  ...values,
});

test('the curve of a transaction is its power and its energy since the start, in the order of time', () => {
  const points = pointsOf({
    startedAt: 1_000,
    meterStartWh: 500,
    endedAt: 9_000,
    meterStopWh: 900,
    samples: [
      sample(4_000, { powerW: 7_000 }),
      sample(4_000, { registerWh: 700 }),
      sample(2_000, { registerWh: 550, powerW: 3_500 }),
      // A register that went back tells nothing of the energy.
      sample(5_000, { registerWh: 10 }),
      sample(6_000, {}),
    ],
  });
  expect(points).toEqual([
    { at: 1_000, energyWh: 0 },
    { at: 2_000, powerW: 3_500, energyWh: 50 },
    { at: 4_000, powerW: 7_000, energyWh: 200 },
    { at: 9_000, energyWh: 400 },
  ]);
});

test('a long curve is thinned evenly and keeps its newest point', () => {
  const points = Array.from({ length: 2_500 }, (_each, at) => ({ at, powerW: at }));
  const shown = thinned(points);
  expect(shown.length).toBeLessThanOrEqual(1_000);
  expect(shown.at(-1)).toBe(points.at(-1));
  expect(new Set(shown.slice(1).map(({ at }, index) => at - (shown[index]?.at ?? 0)))).toEqual(new Set([3]));
});

test('it is there while the transaction runs, and afterwards out of the record', async () => {
  const running = await startCore();
  const { operator } = running.core;
  const { ocppTransactionId } = await start(running.core);
  const [record] = (await operator.transactions({ limit: 1 })).items;
  const energies = async () => (await operator.transactionCurve(record!.id))?.map(({ energyWh }) => energyWh);
  expect(await energies()).toEqual([0]);
  await stop(running.core, ocppTransactionId);
  await running.core.idle();
  expect(await energies()).toEqual([0, 2_000]);
  expect(await operator.transactionCurve('00000000-0000-4000-8000-000000000000')).toBeUndefined();
  await running.stop();
});
