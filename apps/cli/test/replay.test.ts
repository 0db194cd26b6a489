import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { run } from '../src/run.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'cli-replay-'));
});
afterEach(() => rm(dir, { recursive: true }));

async function cli(args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const terminal = {
    env: {},
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
  };
  const code = await run(args, terminal);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

const DATA = [
  {
    country_code: 'DE',
    party_id: 'RBG',
    id: 'L1',
    publish: true,
    address: 'Kai 1',
    city: 'Hamburg',
    country: 'DEU',
    coordinates: { latitude: '53.54100', longitude: '9.98400' },
    time_zone: 'Europe/Berlin',
    evses: [
      {
        uid: 'E1',
        ocpp: { station_id: 'CP-1', evse_id: 1 },
        connectors: [
          {
            id: '1',
            standard: 'IEC_62196_T2',
            format: 'SOCKET',
            power_type: 'AC_3_PHASE',
            max_voltage: 230,
            max_amperage: 32,
            tariff_ids: ['T1'],
          },
        ],
      },
    ],
  },
  {
    country_code: 'DE',
    party_id: 'RBG',
    id: 'T1',
    currency: 'EUR',
    elements: [{ price_components: [{ type: 'ENERGY', price: 0.5, step_size: 1 }] }],
  },
  {
    country_code: 'NL',
    party_id: 'MSP',
    uid: 'CARD',
    type: 'RFID',
    contract_id: 'NL-MSP-1',
    issuer: 'MSP',
    valid: true,
    whitelist: 'ALWAYS',
  },
];

const at = (clock: string) => `2026-03-01T${clock}.000Z`;
const FRAMES = [
  ['10:00:00', 'in', [2, 'a', 'BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' }]],
  [
    '10:01:00',
    'in',
    [2, 'b', 'StartTransaction', { connectorId: 1, idTag: 'CARD', meterStart: 0, timestamp: at('10:01:00') }],
  ],
  ['10:01:00', 'out', [3, 'b', { transactionId: 99, idTagInfo: { status: 'Accepted' } }]],
  [
    '10:31:00',
    'in',
    [
      2,
      'c',
      'StopTransaction',
      { transactionId: 99, meterStop: 8000, timestamp: at('10:31:00'), reason: 'Local' },
    ],
  ],
].map(([clock, direction, message]) => ({ at: at(String(clock)), direction, raw: JSON.stringify(message) }));

describe('replay', () => {
  test('prints the calls that the frames of a file lead to, without a running gateway', async () => {
    await writeFile(join(dir, 'frames.json'), JSON.stringify(FRAMES));
    await writeFile(join(dir, 'lines.jsonl'), FRAMES.map((frame) => JSON.stringify(frame)).join('\n'));
    await writeFile(join(dir, 'data.json'), JSON.stringify(DATA));
    const data = ['--data', join(dir, 'data.json')];
    const { code, out, err } = await cli(['replay', join(dir, 'frames.json'), ...data]);
    expect([code, err]).toEqual([0, '']);
    const lines = out.split('\n');
    expect(lines.at(-1)).toMatch(/^2026-03-01T10:32:00.000Z {2}POST {4}\/cdrs {2}.*"excl_vat":4[,}]/);
    const asJson = await cli(['--json', 'replay', join(dir, 'lines.jsonl'), ...data, '--ocpi', '2.1.1']);
    const calls = JSON.parse(asJson.out) as { path: string; body: { total_cost?: number } }[];
    expect(calls.find(({ path }) => path === '/cdrs')!.body.total_cost).toBe(4);
  });

  test('what cannot be used is named', async () => {
    await writeFile(join(dir, 'frames.json'), JSON.stringify(FRAMES));
    await writeFile(join(dir, 'tariff.json'), JSON.stringify(DATA[1]));
    await writeFile(join(dir, 'empty.json'), '[]');
    const tariff = ['--data', join(dir, 'tariff.json')];
    expect(await cli(['replay', join(dir, 'frames.json'), ...tariff])).toMatchObject({
      code: 1,
      err: expect.stringContaining('--station'),
    });
    expect((await cli(['replay', join(dir, 'empty.json'), ...tariff])).err).toContain('holds no frame');
    expect((await cli(['replay', join(dir, 'none.json'), ...tariff])).err).toContain('cannot be read');
  });
});
