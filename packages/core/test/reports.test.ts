import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ManualClock } from '../../../apps/gateway/test/support/manual-clock.js';
import type { ReportPart, StationRequest } from '../src/index.js';
import { connection, frame, type RunningCore, startCore } from './support/running-core.js';

const clock = new ManualClock(Date.UTC(2026, 2, 1, 10));
const asked: StationRequest[] = [];
/** How the charger answers the request for a base report. */
let answer = 'Accepted';
let running: RunningCore;

beforeAll(async () => {
  running = await startCore(undefined, {
    clock,
    settings: { bootStatus: 'all' },
    station: {
      async call(_station, request) {
        asked.push(request);
        const status = request.kind === 'report-inventory' ? answer : 'Accepted';
        return { kind: 'result', messageId: 'm', payload: { status } };
      },
    },
  });
});

afterAll(() => running.stop());

const pass = (ms: number) => clock.moveTo(clock.now() + ms, settle);

async function settle(): Promise<void> {
  for (let steps = 0; steps < 3; steps += 1) {
    await running.core.idle();
    await new Promise<void>((turned) => setImmediate(turned));
  }
}

const tell = (part: Partial<ReportPart>) =>
  running.core.charger.reportPart(
    'CS-1',
    { kind: 'monitoring', requestId: 1, last: false, items: [], ...part },
    { ...frame('NotifyReport'), at: clock.now() },
  );

const newest = async () => (await running.core.operator.reports({ stationId: 'CS-1', limit: 1 }))?.items[0];

describe('reports of several messages (C-002)', () => {
  test('a part that never comes makes the report incomplete after a minute of silence', async () => {
    await tell({ seqNo: 1, items: [{ b: 2 }] });
    await pass(59_000);
    await tell({ seqNo: 2, last: true, items: [{ c: 3 }] });
    await pass(59_000);
    expect(await newest()).toBeUndefined();
    await pass(2_000);
    const report = await newest();
    expect(report).toMatchObject({ state: 'incomplete', parts: 2, missing: [0] });
    expect(report).not.toHaveProperty('action');
    const whole = await running.core.operator.report('CS-1', report?.id ?? '');
    expect(whole?.items).toEqual([{ b: 2 }, { c: 3 }]);
  });

  test('what an incomplete inventory told is known, and takes nothing away (C-023)', async () => {
    const variable = (name: string) => ({
      component: { name: 'EVSE' },
      variable: { name },
      attributes: [{ type: 'Actual' as const, value: '1', at: clock.now() }],
    });
    await tell({ kind: 'inventory', requestId: 2, seqNo: 0, last: true, variables: [variable('One')] });
    await tell({ kind: 'inventory', requestId: 3, seqNo: 1, last: true, variables: [variable('Two')] });
    await pass(61_000);
    const model = await running.core.operator.deviceModel({ stationId: 'CS-1', limit: 10 });
    expect(model?.items.map((known) => known.variable.name)).toEqual(['One', 'Two']);
  });
});

describe('what a charger is asked after its boot (C-022, C-021)', () => {
  const boot = (firmwareVersion: string) =>
    running.core.charger.boot(
      'CS-1',
      { vendor: 'V', model: 'M', firmwareVersion },
      { ...frame('BootNotification'), at: clock.now() },
    );
  const extents = () =>
    asked.flatMap((request) => (request.kind === 'report-inventory' ? [request.extent] : []));

  beforeAll(() => running.core.charger.connected({ ...connection(1), at: clock.now() }));

  test('its whole device model once for each firmware, and the configuration where it has no more', async () => {
    asked.length = 0;
    await boot('1');
    await pass(5_000);
    await boot('1');
    await pass(5_000);
    expect(extents()).toEqual(['full']);
    // BOOT_STATUS=all: its connectors are asked for at once.
    expect(asked.filter(({ kind }) => kind === 'trigger-status')).toMatchObject([
      { evseId: 1, connectorId: 1 },
      { evseId: 1, connectorId: 1 },
    ]);
    answer = 'NotSupported';
    await boot('2');
    await pass(5_000);
    expect(extents()).toEqual(['full', 'full', 'configuration']);
  });
});
