import {
  type Core,
  createCore,
  createSecrets,
  DEFAULT_SETTINGS,
  type Log,
  type Notice,
  type NoticeOutcome,
  type Store,
} from '@roambridge/core';
import { createOcppEdge } from '@roambridge/ocpp';
import { openFileVault } from '@roambridge/storage';
import { databases } from '../../../../packages/storage/test/support/databases.js';
import { CARD } from './messages.js';
import { type Chance, chance } from './random.js';
import { type TickClock, tickClock } from './tick-clock.js';

const KEY = Buffer.alloc(32, 5);
const OWNER = { country_code: 'NL', party_id: 'CPO' };
const NOW = '2026-01-01T00:00:00Z';
const PASSWORD = 'a-long-enough-password';
/** Of 100 requests to the partner so many fail before, and so many after it took the object. */
const PARTNER_ODDS = { lost: 0.02, answerLost: 0.02 } as const;
/** Progress is of no interest here. */
const PROGRESS_MS = 3_600_000;
const STATIONS_PER_LOCATION = 50;

/** Core, database and charger edge as in the gateway; the partner is in this process. */
export interface FleetGateway {
  core: Core;
  store: Store;
  clock: TickClock;
  ocppUrl: string;
  password: string;
  /** CDRs that the partner took, in order, also those of which its answer was lost. */
  takenCdrs: string[];
  /** Errors that the gateway wrote to its log. */
  errors: string[];
  stop(): Promise<void>;
}

export async function startFleetGateway(options: {
  stations: readonly string[];
  outlets: number;
  start: number;
  seed: number;
  /** What core uses instead of the store. */
  wrap?: (store: Store) => Store;
}): Promise<FleetGateway> {
  const clock = tickClock(options.start);
  const errors: string[] = [];
  const log: Log = {
    debug() {},
    info() {},
    warn() {},
    error: (fields, message) =>
      void errors.push(`${message}: ${String((fields.err as Error)?.stack ?? JSON.stringify(fields))}`),
  };
  const [embedded] = databases;
  const database = await embedded!.create();
  const store = await database.open({ now: () => clock.now() });
  const core = createCore({
    store: options.wrap?.(store) ?? store,
    clock,
    log,
    settings: {
      ...DEFAULT_SETTINGS,
      readConfiguration: false,
      currency: 'EUR',
      sessionPushMinIntervalMs: PROGRESS_MS,
    },
    hostedParties: [{ ...OWNER, name: 'Model' }],
    secretsKey: KEY,
    administratorHash: createSecrets(KEY).hash('token'),
    versionsUrl: () => 'http://localhost/ocpi/versions',
    vault: await openFileVault(`${database.dataDir}/files`),
    filesUrl: () => 'http://localhost',
  });
  // The clock stands while a tick is played: limits that refill with time would not.
  const unlimited = Number.MAX_SAFE_INTEGER;
  const ocpp = createOcppEdge({
    edge: core.charger,
    clock,
    log,
    port: 0,
    limits: {
      pingIntervalMs: 0,
      upgradesPerSecond: unlimited,
      upgradeBurst: unlimited,
      replacementsPerMinute: unlimited,
    },
  });
  const takenCdrs: string[] = [];
  const luck = chance(options.seed);
  await core.start({
    station: ocpp.link,
    partner: {
      takesCredits: () => true,
      billsReservations: () => true,
      hasOneParty: () => false,
      namesOneTariff: () => false,
      offer: () => '',
      refusal: async () => undefined,
      discover: async () => ({ kind: 'unusable', detail: 'nobody is asked' }),
      sendCredentials: async () => ({ kind: 'unknown', detail: 'nobody is asked' }),
      endCredentials: async () => undefined,
      compare: async () => ({ kind: 'unverifiable' }),
      hubClients: async () => ({ kind: 'not-applicable', detail: 'no hub' }),
      probe: async ({ id }) => ({ partnerId: id, at: 0, requests: 0, findings: [] }),
      loss: () => ({ notTold: false, lost: [] }),
      tokenPage: async () => ({ kind: 'not-applicable', detail: 'every card is on the whitelist' }),
      authorize: async () => ({ kind: 'not-applicable', detail: 'every card is on the whitelist' }),
      tell: async (_partner, notice) => answerOf(notice, luck, takenCdrs),
    },
  });
  await provision(core, options);
  const { port } = await ocpp.listen();
  return {
    core,
    store,
    clock,
    ocppUrl: `ws://127.0.0.1:${port}/ocpp/`,
    password: PASSWORD,
    takenCdrs,
    errors,
    async stop() {
      await ocpp.close();
      await core.stop();
      await store.close();
      await database.dispose();
    },
  };
}

function answerOf(notice: Notice, luck: Chance, takenCdrs: string[]): NoticeOutcome {
  if (luck.happens(PARTNER_ODDS.lost)) return { kind: 'unreachable', detail: 'lost' };
  if (notice.kind === 'cdr') takenCdrs.push(notice.cdr.id);
  return luck.happens(PARTNER_ODDS.answerLost)
    ? { kind: 'unreachable', detail: 'answer lost' }
    : { kind: 'acknowledged' };
}

async function provision(
  core: Core,
  options: { stations: readonly string[]; outlets: number },
): Promise<void> {
  for (const id of options.stations) {
    await core.operator.putStation({ id, security_profile: 1, password: PASSWORD });
  }
  await core.operator.putTariff({
    ...OWNER,
    id: 'T1',
    currency: 'EUR',
    elements: [{ price_components: [{ type: 'ENERGY', price: 0.3, step_size: 1 }] }],
    tax_included: 'N/A',
    last_updated: NOW,
  });
  for (let first = 0; first < options.stations.length; first += STATIONS_PER_LOCATION) {
    const stations = options.stations.slice(first, first + STATIONS_PER_LOCATION);
    await core.operator.putLocation(location(`L${first}`, stations, options.outlets));
  }
  const { id } = await core.operator.createPartner('Model eMSP');
  await core.partner.completeRegistration(id, {
    version: '2.2.1',
    versionsUrl: 'http://localhost/versions',
    outboundToken: 'their-token',
    tokenEncoding: 'base64',
    roles: [{ role: 'EMSP', country_code: 'DE', party_id: 'MSP', name: 'Model eMSP' }],
    endpoints: [],
  });
  await core.operator.putToken({
    country_code: 'DE',
    party_id: 'MSP',
    uid: CARD,
    type: 'RFID',
    contract_id: 'DE-MSP-C1',
    issuer: 'Model eMSP',
    valid: true,
    whitelist: 'ALWAYS',
    last_updated: NOW,
  });
}

function location(id: string, stations: readonly string[], outlets: number) {
  return {
    ...OWNER,
    id,
    publish: true,
    address: 'Damrak 1',
    city: 'Amsterdam',
    country: 'NLD',
    coordinates: { latitude: '52.37634', longitude: '4.90021' },
    time_zone: 'Europe/Amsterdam',
    last_updated: NOW,
    evses: stations.flatMap((station_id) =>
      Array.from({ length: outlets }, (_, index) => ({
        uid: `${station_id}-${index + 1}`,
        status: 'UNKNOWN' as const,
        last_updated: NOW,
        ocpp: { station_id, evse_id: index + 1 },
        connectors: [
          {
            id: '1',
            standard: 'IEC_62196_T2',
            format: 'SOCKET' as const,
            power_type: 'AC_3_PHASE' as const,
            max_voltage: 230,
            max_amperage: 32,
            tariff_ids: ['T1'],
            last_updated: NOW,
          },
        ],
      })),
    ),
  };
}
