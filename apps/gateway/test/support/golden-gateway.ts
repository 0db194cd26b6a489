import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  openSharedDatabase,
  type SharedDatabase,
} from '../../../../packages/storage/test/support/shared-database.js';
import { type Gateway, startGateway } from '../../src/gateway.js';
import { readSettings } from '../../src/settings.js';
import { LOCATION, STATIONS, TARIFF } from './golden-fixture.js';
import { ManualClock } from './manual-clock.js';
import { type Names, renamed } from './names.js';
import { type OperatorApi, operatorApi } from './operator-api.js';
import { timeOf } from './vector.js';

export const OPERATOR_TOKEN = 'golden-operator-token';

const QUIET: Parameters<typeof startGateway>[0]['log'] = {
  debug() {},
  info() {},
  warn() {},
  error(fields, message) {
    process.stderr.write(
      `${message} ${String((fields.err as Error | undefined)?.stack ?? JSON.stringify(fields))}\n`,
    );
  },
};

/** Before the scenarios begin, and long enough for a station that does not report to count as away. */
export const STARTED_AT = '07:50:00';

/** A gateway with the master data of the scenarios, in this process or in one of its own. */
export interface GoldenGateway {
  urls: Pick<Gateway['urls'], 'ocpp'>;
  clock: Pick<ManualClock, 'now' | 'moveTo'>;
  operator: OperatorApi;
  /** Resolves when nothing is under way any more. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

/** Settings that the scenarios are written for. */
export const GOLDEN_SETTINGS = {
  SECRETS_KEY: Buffer.alloc(32, 7).toString('base64'),
  OPERATOR_TOKEN,
  PARTIES: 'NL*CPO',
  PING_INTERVAL: '0s',
  LOCAL_LISTS: 'false',
  READ_CONFIGURATION: 'false',
  OCPI_ALLOW_PRIVATE_PARTNER_URLS: 'true',
  LOG_LEVEL: 'error',
};

let shared: Promise<SharedDatabase> | undefined;

/** Starts one after another on the same open database, each with the same rows in it. */
export async function startGoldenGateway(settings: Record<string, string> = {}): Promise<GoldenGateway> {
  const fresh = shared === undefined;
  shared ??= openSharedDatabase();
  const { database, save, restore } = await shared;
  if (fresh) {
    const master = await start({ database, settings: {} });
    await provision(master.operator);
    await master.stop();
    await save();
  }
  await restore();
  return start({ database, settings });
}

export async function closeGoldenDatabase(): Promise<void> {
  await (await shared)?.dispose();
  shared = undefined;
}

async function start(options: {
  database: SharedDatabase['database'];
  settings: Record<string, string>;
}): Promise<GoldenGateway> {
  const clock = new ManualClock(timeOf(STARTED_AT));
  const dataDir = mkdtempSync(join(tmpdir(), 'rb-golden-'));
  const gateway = await startGateway({
    clock,
    log: QUIET,
    database: options.database,
    settings: readSettings({
      ...GOLDEN_SETTINGS,
      DATA_DIR: dataDir,
      OCPP_PORT: '0',
      OCPI_PORT: '0',
      OPERATOR_PORT: '0',
      ...options.settings,
    }),
  });
  return {
    urls: gateway.urls,
    clock,
    idle: () => gateway.core.idle(),
    operator: operatorApi(gateway.urls.operator, OPERATOR_TOKEN),
    async stop() {
      await gateway.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Enters the master data. @param names of one run, where several share the gateway. */
export async function provision(operator: OperatorApi, names?: Names): Promise<void> {
  const location = renamed(LOCATION, names);
  for (const { id, password } of renamed(Object.values(STATIONS), names)) {
    await operator.put(`/stations/${id}`, { security_profile: 1, password });
  }
  await operator.put('/tariffs/NL/CPO/T1', TARIFF);
  await operator.put(`/locations/NL/CPO/${location.id}`, location);
}
