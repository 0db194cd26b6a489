import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Charger, Payload } from '@roambridge/sim-charger';
import { type Emsp, type JsonObject, textOf } from '@roambridge/sim-emsp';
import { databases, type TestDatabase } from '../../../packages/storage/test/support/databases.js';
import { energyOf, priceIn } from './support/billing-document.js';
import { eventually, pause } from './support/eventually.js';
import { expectedCost } from './support/expected-cost.js';
import { freePorts } from './support/free-ports.js';
import {
  type GatewayProcess,
  isBuilt,
  runRefusedGateway,
  startGatewayProcess,
} from './support/gateway-process.js';
import { runKilled } from './support/golden-killed.js';
import { PARKING_RATES, provision, tariff, testStation } from './support/master-data.js';
import { operatorApi } from './support/operator-api.js';
import { connectCharger, OPERATOR_TOKEN, registerPartner } from './support/test-gateway.js';
import { readVectors } from './support/vector-files.js';

const CARD = '04A1C0FFEE2210';
const APP = {
  uid: '7e0f5a0c-3c1b-4a2f-9b7e-0a1b2c3d4e5f',
  type: 'APP_USER',
  whitelist: 'NEVER',
  contract_id: 'DE-ALP-C00000002',
} as const;
const stations = {
  '1.6': testStation('CS-KILL-16', 'ocpp1.6', ['ENERGY']),
  '2.0.1': testStation('CS-KILL-201', 'ocpp2.0.1', ['ENERGY']),
};
/** A second gateway that waits for the first one to end is killed then, and has no exit code. */
const REFUSAL_MS = 60_000;

if (!isBuilt) console.warn('skipped: apps/gateway/dist is missing; npm test builds it (npx tsc -b)');

for (const { name, available, create } of databases) {
  if (!available) console.warn(`skipped on ${name}: not installed; to enable: apt-get install postgresql`);
  const run = isBuilt && available ? describe : describe.skip;
  run(
    `a gateway on ${name} with chargers of OCPP 1.6 and 2.0.1 and partners of OCPI 2.1.1, 2.2.1 and 2.3.0`,
    () => {
      for (const vector of readVectors().filter(({ killed }) => killed)) {
        test(`${vector.id} ${vector.title}`, async () => {
          const database = await create();
          const { dataDir, databaseUrl } = database;
          const where = {
            ...(await freePorts()),
            DATA_DIR: dataDir,
            ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
          };
          expect(await runKilled(vector, where).finally(() => database.dispose())).toEqual([]);
        });
      }
    },
  );

  run(`a gateway on ${name} that is killed`, () => {
    let database: TestDatabase;
    let environment: Record<string, string>;
    let gateway: GatewayProcess;
    let emsp: Emsp;
    const chargers: Charger[] = [];

    beforeAll(async () => {
      database = await create();
      environment = {
        ...(await freePorts()),
        DATA_DIR: database.dataDir,
        CDR_SETTLE: '1500ms',
        ...(database.databaseUrl === undefined ? {} : { DATABASE_URL: database.databaseUrl }),
      };
      gateway = await startGatewayProcess(environment);
      const operator = operatorApi(gateway.urls.operator, OPERATOR_TOKEN);
      await provision(operator, {
        tariffs: { ENERGY: tariff('ENERGY', PARKING_RATES) },
        stations: Object.values(stations),
      });
      const options = {
        version: '2.2.1',
        country_code: 'DE',
        party_id: 'ALP',
        tokens: [{ uid: CARD }],
      } as const;
      ({ emsp } = await registerPartner(operator, { ...options, tokens: [...options.tokens] }));
    });

    afterAll(async () => {
      await Promise.all(chargers.map((charger) => charger.close()));
      await gateway?.kill();
      await emsp?.close();
      await database?.dispose();
    });

    async function connect(station: keyof typeof stations): Promise<Charger> {
      const charger = await connectCharger(gateway.urls.ocpp, stations[station]);
      chargers.push(charger);
      return charger;
    }

    /** The same data, the same addresses. */
    async function killAndRestart(charger: Charger): Promise<void> {
      await gateway.kill();
      await eventually('charger notices', () => !charger.isConnected());
      gateway = await startGatewayProcess(environment);
    }

    /** One session and one CDR that were not known before, with the right energy and cost. */
    async function expectOneBill(
      known: Known,
      energyWh: number,
    ): Promise<{ session: JsonObject; cdr: JsonObject }> {
      const cdr = await eventually('CDR', () => fresh(emsp.cdrs, known.cdrs)[0]);
      // Whatever would be told twice, is told now.
      await pause(800);
      const posted = emsp.requests
        .slice(known.requests)
        .flatMap(({ method, path, body }) =>
          method === 'POST' && path.endsWith('/cdrs') ? [body as JsonObject] : [],
        );
      expect(new Set(posted.map(({ id }) => id))).toEqual(new Set([cdr.id]));
      expect(fresh(emsp.cdrs, known.cdrs)).toHaveLength(1);
      const [session, ...others] = fresh(emsp.sessions, known.sessions);
      expect(others).toEqual([]);
      expect(session).toMatchObject({ id: cdr.session_id, status: 'COMPLETED' });
      const cost = expectedCost(PARKING_RATES, {
        energyDeciWh: BigInt(energyWh) * 10n,
        chargingSeconds: 0n,
        parkingSeconds: 0n,
      });
      for (const document of [session as JsonObject, cdr]) {
        expect(energyOf(document)).toBe(energyWh / 1000);
        expect(priceIn(document, '2.2.1')).toEqual(cost);
      }
      expect(emsp.conformance).toEqual([]);
      return { session: session as JsonObject, cdr };
    }

    test('in the middle of a session: the charger comes back and the session is billed once, whole (C1, C3, R1)', async () => {
      const known = knownTo(emsp);
      const charger = await connect('1.6');
      await charger.startTransaction({ outlet: 1, idTag: CARD, meterStartWh: 100_000 });
      await charger.meterValues(1, 100_100);
      await eventually('running session', () => fresh(emsp.sessions, known.sessions)[0]?.status === 'ACTIVE');
      await killAndRestart(charger);
      await charger.reconnect();
      await charger.meterValues(1, 100_200);
      await charger.stopTransaction(1, { meterStopWh: 100_321, reason: 'Local', idTag: CARD });
      await expectOneBill(known, 321);
      expect(charger.violations).toEqual([]);
    });

    test('while the end of a transaction is on its way: stored or not, it comes again and is billed once (C1, D3-050)', async () => {
      const known = knownTo(emsp);
      const charger = await connect('1.6');
      await charger.startTransaction({ outlet: 1, idTag: CARD, meterStartWh: 200_000 });
      const stopped = charger.stopTransaction(1, { meterStopWh: 200_234, reason: 'Local', idTag: CARD });
      await killAndRestart(charger);
      await charger.reconnect();
      await stopped;
      await expectOneBill(known, 234);
      await charger.close();
    });

    test('right after a START_SESSION was accepted: its transaction still belongs to it (D5-015, C5)', async () => {
      const known = knownTo(emsp);
      const charger = await connect('2.0.1');
      const asked = new Promise<Payload>((resolve) =>
        charger.onCall('RequestStartTransaction', (payload) => {
          resolve(payload);
          // Neither answered nor refused: the gateway dies first.
          return new Promise<Payload>(() => undefined);
        }),
      );
      const evse_uid = stations['2.0.1'].outlets[0]?.evseUid ?? '';
      const reference = 'REF-KILL';
      const command = await emsp.startSession({
        location_id: 'LOC-1',
        evse_uid,
        token: APP,
        authorization_reference: reference,
      });
      expect(command.response.result).toBe('ACCEPTED');
      const { remoteStartId, idToken } = await asked;
      await killAndRestart(charger);
      const started = charger.startTransaction({
        outlet: 1,
        idTag: textOf(idToken as JsonObject, 'idToken') ?? '',
        idTokenType: textOf(idToken as JsonObject, 'type') ?? '',
        remoteStartId: Number(remoteStartId),
        meterStartWh: 600_000,
      });
      await charger.reconnect();
      await started;
      await charger.stopTransaction(1, { meterStopWh: 600_123, reason: 'Local' });
      const { session, cdr } = await expectOneBill(known, 123);
      for (const document of [session, cdr]) {
        expect(document).toMatchObject({ auth_method: 'COMMAND', authorization_reference: reference });
      }
      await eventually('command result', () => emsp.commandResults.length > 0);
      expect(emsp.commandResults).toHaveLength(1);
    });

    test.each(['1.6', '2.0.1'] as const)(
      'while a RESERVE_NOW waits for its OCPP %s charger: its result is told, once (CO-01, D5-001)',
      async (version) => {
        const charger = await connect(version);
        const asked = new Promise<void>((resolve) =>
          charger.onCall('ReserveNow', () => {
            resolve();
            // Neither answered nor refused: the gateway dies first.
            return new Promise<Payload>(() => undefined);
          }),
        );
        const before = emsp.commandResults.length;
        const command = await emsp.reserveNow({
          location_id: 'LOC-1',
          evse_uid: stations[version].outlets[0]?.evseUid ?? '',
          token: APP,
          expiry_date: new Date(Date.now() + 600_000).toISOString(),
          reservation_id: `RES-${version}`,
        });
        expect(command.response.result).toBe('ACCEPTED');
        await asked;
        await killAndRestart(charger);
        expect(await command.result).toEqual({ result: 'FAILED' });
        await charger.reconnect();
        // Whatever would be told twice, is told now; another restart brings nothing up again either.
        await pause(800);
        await killAndRestart(charger);
        await pause(800);
        expect(emsp.commandResults.slice(before)).toHaveLength(1);
        expect(emsp.conformance).toEqual([]);
        await charger.close();
      },
    );

    test('leaves a lock that a second gateway is refused by while the first one runs, in plain words', async () => {
      const directory = mkdtempSync(join(tmpdir(), 'rb-second-'));
      const second: Record<string, string> = { ...environment, ...(await freePorts()) };
      if (database.databaseUrl !== undefined) second.DATA_DIR = directory;
      const { code, output } = await runRefusedGateway(second, REFUSAL_MS);
      await rm(directory, { recursive: true, force: true });
      expect(code).toBe(1);
      expect(output).toMatch(
        database.databaseUrl === undefined ? /DATA_DIR .* is in use by process \d+/ : /in use/,
      );
      const answer = await fetch(`${gateway.urls.operator}/readyz`);
      expect(answer.status).toBe(200);
    });

    test('ends in good order on SIGTERM', async () => {
      expect(await gateway.stop()).toMatchObject({ code: 0 });
    });
  });
}

interface Known {
  sessions: ReadonlySet<string>;
  cdrs: ReadonlySet<string>;
  requests: number;
}

function knownTo(emsp: Emsp): Known {
  return {
    sessions: new Set(emsp.sessions.keys()),
    cdrs: new Set(emsp.cdrs.keys()),
    requests: emsp.requests.length,
  };
}

function fresh(objects: ReadonlyMap<string, JsonObject>, known: ReadonlySet<string>): JsonObject[] {
  return [...objects.values()].filter(({ id }) => !known.has(String(id)));
}
