import { describe, expect, test } from '@jest/globals';
import { createLatencies } from '../src/load/latencies.js';
import type { Mix } from '../src/load/messages.js';
import { createScript } from '../src/load/scripts.js';
import { quantilesOf } from '../src/loop/quantiles.js';
import { locationOf, stationsOf } from '../src/servers/fleet.js';

const STATION = { id: 'BENCH-1', password: 'secret', tokenUid: '04BE0000000001' };

/** Lets a station say this many messages; every one is accepted. */
function talk(mix: Mix, messages: number) {
  const meter = { registerWh: 1_000 };
  const script = createScript(mix, STATION, meter);
  const said: [number, string, string, Record<string, unknown>][] = [];
  for (let count = 0; count < messages; count += 1) {
    said.push(JSON.parse(script.next(`m-${count}`)));
    script.answered('[3,"m",{"transactionId":7,"idTagInfo":{"status":"Accepted"}}]');
  }
  return { script, said, actions: said.map(([, , action]) => action), meter };
}

describe('what the stations say', () => {
  test('a session of OCPP 1.6 is a start, ten meter values and a stop', () => {
    const { script, said, actions } = talk('tx16', 24);
    expect(actions.slice(0, 12)).toEqual([
      'StartTransaction',
      ...Array.from({ length: 10 }, () => 'MeterValues'),
      'StopTransaction',
    ]);
    expect(script.sessions()).toBe(2);
    expect(script.atRest()).toBe(true);
    expect(said[11]?.[3]).toMatchObject({ transactionId: 7, meterStop: 1_012 });
    expect(said[12]?.[3]).toMatchObject({ meterStart: 1_013 });
  });

  test('a session of OCPP 2.0.1 numbers its events from 0 and has an id of its own', () => {
    const { script, said } = talk('tx201', 13);
    const payloads = said.map(([, , , payload]) => payload);
    expect(payloads.slice(0, 12).map(({ seqNo }) => seqNo)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(payloads[11]).toMatchObject({ eventType: 'Ended', transactionInfo: { stoppedReason: 'Local' } });
    expect(payloads[12]).toMatchObject({ eventType: 'Started', seqNo: 0 });
    expect(payloads[12]?.transactionInfo).not.toEqual(payloads[0]?.transactionInfo);
    expect(script.sessions()).toBe(1);
    expect(script.atRest()).toBe(false);
  });

  test('a status is another one than the last, also in the next script of a station', () => {
    const meter = { registerWh: 0 };
    const statuses = [1, 2, 3].map((id) => {
      const [, , , payload] = JSON.parse(createScript('status', STATION, meter).next(`m-${id}`));
      return payload.status;
    });
    expect(statuses).toEqual(['Preparing', 'Available', 'Preparing']);
  });

  test('a start that is refused ends the benchmark instead of measuring refusals', () => {
    const script = createScript('tx16', STATION, { registerWh: 0 });
    script.next('m-1');
    expect(() => script.answered('[3,"m-1",{"transactionId":7,"idTagInfo":{"status":"Invalid"}}]')).toThrow(
      'BENCH-1: the start was not accepted',
    );
  });
});

test('a station stands in the location of its ten', () => {
  const stations = stationsOf('ocpp1.6', 21);
  expect([0, 9, 10, 20].map((at) => locationOf(stations[at]!.id))).toEqual([
    'SITE-BENCH-A00000',
    'SITE-BENCH-A00000',
    'SITE-BENCH-A00010',
    'SITE-BENCH-A00020',
  ]);
});

test('quantiles of single latencies are latencies that occurred; of none there are none', () => {
  expect(quantilesOf([3, 1, 2])).toEqual({ count: 3, p50Ms: 2, p99Ms: 3 });
  expect(() => quantilesOf([])).toThrow('nothing was measured');
});

test('quantiles of latencies are exact to a bucket', () => {
  const latencies = createLatencies();
  for (let ms = 1; ms <= 100; ms += 1) latencies.add(ms);
  expect(latencies.quantileMs(0.5)).toBeCloseTo(50, 1);
  expect(latencies.quantileMs(0.99)).toBeCloseTo(99, 1);
});
