import { afterAll, describe, expect, test } from '@jest/globals';
import { type ReplayInput, replayInput } from '../src/replay/recording.js';
import { replay } from '../src/replay/replay.js';
import { LOCATION, STATIONS, TARIFF, TOKENS } from './support/golden-fixture.js';
import { closeGoldenDatabase } from './support/golden-gateway.js';
import { World } from './support/golden-world.js';
import { QUIET } from './support/test-gateway.js';
import { timeOf } from './support/vector.js';

afterAll(closeGoldenDatabase);

const TOKEN = { country_code: 'DE', party_id: 'MSP', issuer: 'Golden', valid: true, ...TOKENS.A };
const DATA: ReplayInput['data'] = [
  { path: '/locations/NL/CPO/LOC-1', body: { ...LOCATION } },
  { path: '/tariffs/NL/CPO/T1', body: { ...TARIFF } },
  { path: `/tokens/DE/MSP/${TOKEN.uid}`, body: TOKEN },
];
const time = (clock: string) => `2026-03-01T${clock}Z`;

type Send = [clock: string, action: string, payload: (transactionId: unknown) => object];

const VISIT_16: Send[] = [
  [
    '10:00:00',
    'StartTransaction',
    () => ({ connectorId: 1, idTag: '04A1B2C3D4E5F6', meterStart: 100_000, timestamp: time('10:00:00') }),
  ],
  [
    '10:20:00',
    'MeterValues',
    (transactionId) => ({
      connectorId: 1,
      transactionId,
      meterValue: [{ timestamp: time('10:20:00'), sampledValue: [{ value: '103000' }] }],
    }),
  ],
  [
    '10:30:00',
    'StatusNotification',
    () => ({ connectorId: 1, errorCode: 'NoError', status: 'SuspendedEV', timestamp: time('10:30:00') }),
  ],
  [
    '11:00:00',
    'StopTransaction',
    (transactionId) => ({ transactionId, meterStop: 105_000, timestamp: time('11:00:00'), reason: 'Local' }),
  ],
];

const event = (seqNo: number, clock: string, more: object) => ({
  eventType: 'Updated',
  seqNo,
  triggerReason: 'ChargingStateChanged',
  timestamp: time(clock),
  ...more,
});

const VISIT_201: Send[] = [
  [
    '10:00:00',
    'TransactionEvent',
    () =>
      event(0, '10:00:00', {
        eventType: 'Started',
        triggerReason: 'Authorized',
        transactionInfo: { transactionId: 'T-1', chargingState: 'Charging' },
        idToken: { idToken: '04A1B2C3D4E5F6', type: 'ISO14443' },
        evse: { id: 1, connectorId: 1 },
        meterValue: [
          { timestamp: time('10:00:00'), sampledValue: [{ value: 100_000, context: 'Transaction.Begin' }] },
        ],
      }),
  ],
  [
    '10:30:00',
    'TransactionEvent',
    () =>
      event(1, '10:30:00', {
        transactionInfo: { transactionId: 'T-1', chargingState: 'SuspendedEV' },
        meterValue: [{ timestamp: time('10:30:00'), sampledValue: [{ value: 105_000 }] }],
      }),
  ],
  [
    '11:00:00',
    'TransactionEvent',
    () =>
      event(2, '11:00:00', {
        eventType: 'Ended',
        triggerReason: 'StopAuthorized',
        transactionInfo: { transactionId: 'T-1', stoppedReason: 'Local' },
        meterValue: [
          { timestamp: time('11:00:00'), sampledValue: [{ value: 105_000, context: 'Transaction.End' }] },
        ],
      }),
  ],
];

/** A visit on a running gateway: its frames, and what its partner was told of sessions and CDRs. */
async function recorded(form: '1.6' | '2.0.1', visit: Send[]) {
  const world = await World.start({ id: 'replay', title: '', forms: {} }, { form, version: '2.2.1' });
  try {
    let transactionId: unknown;
    for (const [clock, action, payload] of visit) {
      await world.moveTo(timeOf(clock));
      const answer = await world.charger.call(action, payload(transactionId));
      transactionId ??= (answer[2] as { transactionId?: unknown }).transactionId;
      await world.settle();
    }
    await world.moveTo(timeOf('11:02:00'));
    const frames = await world.golden.operator.list(`/stations/${STATIONS[form].id}/frames`);
    const told = world
      .partner()
      .requests.filter(({ path }) => /\/(sessions|cdrs)(\/|$)/.test(path))
      .map(({ method, body }) => ({ method, body }));
    return { frames, told, transactionId };
  } finally {
    await world.stop();
  }
}

const bills = (calls: Awaited<ReturnType<typeof replay>>) =>
  calls
    .filter(({ path }) => /^\/(sessions|cdrs)/.test(path))
    .map(({ method, body }) => ({ method, body: JSON.parse(entered(body)) as unknown }));

/** Master data is entered ten minutes before the first frame: the tariff in a CDR has that time. */
const entered = (body: unknown) => JSON.stringify(body).replaceAll(time('07:40:00'), time('07:50:00'));

describe('a replay', () => {
  test.each([
    ['1.6', 'ocpp1.6', VISIT_16],
    ['2.0.1', 'ocpp2.0.1', VISIT_201],
  ] as const)(
    'of frames of OCPP %s tells the same sessions and CDRs as the gateway did, to the character',
    async (form, protocol, visit) => {
      const { frames, told } = await recorded(form, visit);
      expect(told.length).toBeGreaterThanOrEqual(3);
      const input = replayInput.parse({
        station: STATIONS[form].id,
        protocol,
        version: '2.2.1',
        data: DATA,
        frames,
      });
      const calls = await replay(input, QUIET);
      expect(bills(calls)).toEqual(told);
      expect(await replay(input, QUIET)).toEqual(calls);
    },
  );

  test('follows the ids that the gateway gives, although the record has others', async () => {
    const { frames, told } = await recorded('1.6', VISIT_16);
    const renumbered = JSON.parse(
      JSON.stringify(frames).replaceAll(/(\\"transactionId\\":)\d+/g, '$14711'),
    ) as unknown;
    const input = replayInput.parse({
      station: 'CS-16',
      protocol: 'ocpp1.6',
      version: '2.2.1',
      data: DATA,
      frames: renumbered,
    });
    const calls = await replay(input, QUIET);
    expect(JSON.stringify(input.frames)).toContain('4711');
    expect(bills(calls)).toEqual(told);
  });

  test('tells a partner of another version in its form', async () => {
    const { frames } = await recorded('1.6', VISIT_16);
    const input = replayInput.parse({
      station: 'CS-16',
      protocol: 'ocpp1.6',
      version: '2.1.1',
      data: DATA,
      frames,
    });
    const calls = await replay(input, QUIET);
    const cdr = calls.find(({ path }) => path === '/cdrs')!.body as Record<string, unknown>;
    expect(cdr).toMatchObject({ stop_date_time: '2026-03-01T11:00:00Z', total_cost: 3, total_energy: 5 });
  });

  test('without frames, or with master data that cannot be used, is refused or empty', async () => {
    const input = {
      station: 'CS-16',
      protocol: 'ocpp1.6',
      version: '2.2.1',
      data: DATA,
      frames: [],
    } as const;
    expect(await replay(replayInput.parse(input), QUIET)).toEqual([]);
    const frame = { at: time('10:00:00'), direction: 'in', raw: 'no message' };
    const broken = [{ path: '/tariffs/NL/CPO/T1', body: { currency: 'EURO' } }];
    await expect(
      replay(replayInput.parse({ ...input, data: broken, frames: [frame] }), QUIET),
    ).rejects.toThrow('/tariffs/NL/CPO/T1');
  });
});
