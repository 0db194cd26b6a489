import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { QUIRKS, type QuirkId } from '@roambridge/domain';
import { databases, type TestDatabase } from '../../../packages/storage/test/support/databases.js';
import { type Gateway, startGateway } from '../src/gateway.js';
import { readSettings } from '../src/settings.js';
import { type Fixture, readFixtures } from './quirks/fixture.js';
import { CARD, type Player, playAll, timeOf } from './quirks/play.js';
import { quirkStation } from './quirks/quirk-station.js';
import { freeFor } from './support/free-for.js';
import { freePorts } from './support/free-ports.js';
import { connector, LOCATION, PARTNERS, TARIFF } from './support/golden-fixture.js';
import { ManualClock } from './support/manual-clock.js';
import { type OperatorApi, operatorApi, type Row } from './support/operator-api.js';
import { OPERATOR_TOKEN, QUIET, registerPartner, type TestPartner } from './support/test-gateway.js';

const STARTED_AT = '09:58:00';
/** Work that waits for a timer does not end before the clock goes on. */
const STUCK_TICKS = 10;
/** A message has come to the other side, and what it leads to has come back. */
const IO_TURNS = 8;
const fixtures = readFixtures();

let database: TestDatabase;
let dataDir: string;
let gateway: Gateway;
let operator: OperatorApi;
let partner: TestPartner;
let players: Player[];

beforeAll(async () => {
  const [embedded] = databases;
  database = await embedded!.create();
  dataDir = mkdtempSync(join(tmpdir(), 'rb-quirks-'));
  const clock = new ManualClock(timeOf(STARTED_AT));
  const ports = await freePorts();
  const lenient = (await freePorts()).OCPP_PORT;
  gateway = await startGateway({
    clock,
    log: QUIET,
    settings: readSettings({
      ...ports,
      DATA_DIR: database.dataDir,
      LENIENT_OCPP_PORT: lenient,
      OPERATOR_TOKEN,
      PARTIES: 'NL*CPO',
      PING_INTERVAL: '0s',
      LOCAL_LISTS: 'false',
      ORPHAN_ONLINE_WAIT: '5m',
      OCPI_ALLOW_PRIVATE_PARTNER_URLS: 'true',
      LOG_LEVEL: 'error',
    }),
  });
  operator = operatorApi(gateway.urls.operator, OPERATOR_TOKEN);
  players = fixtures.map((fixture) => ({ fixture, station: quirkStation(gateway.urls.ocpp, fixture) }));
  await provision();
  const tokens = [{ uid: CARD, whitelist: 'ALWAYS' as const }];
  partner = await registerPartner(operator, { version: '2.2.1', ...PARTNERS.DE, tokens });
  const settle = async () => {
    await Promise.race([gateway.core.idle(), freeFor(STUCK_TICKS)]);
    // What a charger does at a ping happens at the time of the ping.
    for (let turn = 0; turn < IO_TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  const host = '127.0.0.1';
  await playAll(players, {
    operator,
    emsp: partner.emsp,
    targets: { plain: { host, port: Number(ports.OCPP_PORT) }, lenient: { host, port: Number(lenient) } },
    moveTo: (at) => clock.moveTo(at, settle),
  });
  await settle();
});

afterAll(async () => {
  for (const { station } of players ?? []) await station.close();
  await gateway?.stop();
  await partner?.emsp.close();
  await database?.dispose();
  if (dataDir) rmSync(dataDir, { recursive: true, force: true });
});

async function provision(): Promise<void> {
  await operator.put('/tariffs/NL/CPO/T1', TARIFF);
  for (const { fixture, station } of players) {
    const { id, protocol, quirks } = fixture;
    await operator.put(`/stations/${id}`, {
      security_profile: 1,
      password: station.password,
      ...(id === 'Q-03' ? {} : { protocols: [protocol] }),
      ...(quirks ? { quirks } : {}),
    });
  }
  const evses = players.flatMap(({ fixture: { id } }) =>
    [1, 2].map((number) => ({
      uid: `${id}-${number}`,
      status: 'UNKNOWN',
      capabilities: ['CHARGING_PROFILE_CAPABLE', 'REMOTE_START_STOP_CAPABLE'],
      connectors: [connector('1')],
      last_updated: '2026-01-01T00:00:00Z',
      ocpp: { station_id: id, evse_id: number },
    })),
  );
  await operator.put('/locations/NL/CPO/LOC-1', { ...LOCATION, evses });
}

async function framesOf({ id }: Fixture): Promise<Row[]> {
  return operator.list(`/stations/${id}/frames`);
}

describe('a charger that', () => {
  test.each(fixtures.map((fixture) => [fixture.id, QUIRKS[fixture.id as QuirkId].does, fixture] as const))(
    '%s %s is served as ever',
    async (id, _does, fixture) => {
      const player = players.find((one) => one.fixture.id === id);
      expect(player?.station.problems).toEqual([]);
      const frames = await framesOf(fixture);
      const shown = new Set(frames.flatMap(({ quirks }) => quirks as string[]));
      expect([...shown].sort()).toEqual([...fixture.shows].sort());
      const anomalies = frames.flatMap((frame) => frame.anomalies as string[]);
      expect(anomalies).toEqual(expect.arrayContaining(fixture.anomalies ?? []));
      if (fixture.transactions) {
        const transactions = await operator.list(`/transactions?station_id=${id}`);
        expect(transactions).toMatchObject(fixture.transactions);
      }
      if (fixture.station) expect(await operator.get(`/stations/${id}`)).toMatchObject(fixture.station);
      const attention = (await operator.list('/attention')).filter((entry) => entry.station_id === id);
      const texts = attention.map(({ message }) => message);
      for (const text of fixture.attention ?? []) {
        expect(texts).toContainEqual(expect.stringMatching(new RegExp(text)));
      }
    },
  );
});

test('every quirk of the catalogue has its record', () => {
  expect(fixtures.map(({ id }) => id)).toEqual(Object.keys(QUIRKS).sort());
  expect(fixtures).toHaveLength(65);
});

test('the metric counts what the frames showed, and nothing else', async () => {
  const text = await (await fetch(`${gateway.urls.operator}/metrics`)).text();
  const counted = [...text.matchAll(/^roambridge_ocpp_quirks_total\{quirk="(Q-\d\d)"\} [1-9]/gm)].map(
    ([, id]) => id,
  );
  const shown = new Set(fixtures.flatMap(({ shows }) => shows));
  expect(counted.sort()).toEqual([...shown].sort());
});

test('no id of a transaction is given twice (Q-48)', async () => {
  const all = await operator.list('/transactions');
  const given = all
    .filter(({ station_id }) =>
      fixtures.some(({ id, protocol }) => id === station_id && protocol === 'ocpp1.6'),
    )
    .filter(({ started_at, stopped_at }) => started_at !== stopped_at)
    .map(({ ocpp_transaction_id }) => ocpp_transaction_id);
  expect(new Set(given).size).toBe(given.length);
});
