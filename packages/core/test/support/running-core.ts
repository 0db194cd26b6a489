import { openFileVault } from '../../../storage/src/file-vault.js';
import { databases } from '../../../storage/test/support/databases.js';
import {
  type AuthorizationOutcome,
  type AuthorizationQuestion,
  type CertificateAuthority,
  type Clock,
  type Core,
  type CoreSettings,
  createCore,
  createSecrets,
  DEFAULT_SETTINGS,
  type FrameRecord,
  type Log,
  type Notice,
  type NoticeOutcome,
  type StationConnection,
  type StationLink,
  type Store,
  type TokenPage,
} from '../../src/index.js';

const KEY = Buffer.alloc(32, 5);
const quiet: Log = { debug() {}, info() {}, warn() {}, error() {} };

export interface RunningCore {
  core: Core;
  store: Store;
  /** What partners were told, in order; `answer` decides how they take it. */
  told: Notice[];
  answer: (notice: Notice) => NoticeOutcome | Promise<NoticeOutcome>;
  /** What eMSPs were asked about tokens, and how they answer. */
  asked: AuthorizationQuestion[];
  authorize: (
    question: AuthorizationQuestion,
    timeoutMs: number,
    partnerId: string,
  ) => AuthorizationOutcome | Promise<AuthorizationOutcome>;
  /** The process ends and a new one starts on the same database. */
  restart(): Promise<void>;
  /** Pages of the partner's token list. */
  tokenPage: (next: string | undefined) => TokenPage | Promise<TokenPage>;
  stop(): Promise<void>;
}

/** Core on the embedded database with one station, one location and one partner; the edges are the test's. */
export async function startCore(
  wrap: (store: Store) => Store = (store) => store,
  changes: {
    clock?: Clock;
    log?: Log;
    settings?: Partial<CoreSettings>;
    station?: Partial<StationLink>;
    authority?: CertificateAuthority;
  } = {},
): Promise<RunningCore> {
  const [embedded] = databases;
  const database = await embedded!.create();
  const { clock } = changes;
  const store = wrap(await database.open(clock ? { now: () => clock.now() } : {}));
  const vault = await openFileVault(`${database.dataDir}/files`);
  const make = () =>
    createCore({
      store,
      clock: clock ?? {
        now: () => Date.now(),
        after(delayMs, task) {
          const timer = setTimeout(task, delayMs).unref();
          return () => clearTimeout(timer);
        },
      },
      log: changes.log ?? quiet,
      settings: {
        ...DEFAULT_SETTINGS,
        currency: 'EUR',
        pushLingerMs: 5,
        cdrSettleMs: 5,
        statusDebounceMs: 0,
        ...changes.settings,
      },
      hostedParties: [{ country_code: 'DE', party_id: 'RBG', name: 'Test' }],
      secretsKey: KEY,
      administratorHash: createSecrets(KEY).hash('token'),
      versionsUrl: () => 'http://localhost/ocpi/versions',
      vault,
      filesUrl: () => 'http://localhost',
      ...(changes.authority === undefined ? {} : { authority: changes.authority }),
    });
  const running: RunningCore = {
    core: make(),
    store,
    told: [],
    answer: () => ({ kind: 'acknowledged' }),
    asked: [],
    tokenPage: () => ({ kind: 'not-applicable', detail: 'no list' }),
    authorize: () => ({ kind: 'unreachable', detail: 'nobody answers' }),
    async restart() {
      await running.core.stop();
      running.core = make();
      await running.core.start(edges);
    },
    async stop() {
      await running.core.stop();
      await store.close();
      await database.dispose();
    },
  };
  const edges: Parameters<Core['start']>[0] = {
    station: {
      localLists: {
        version: async () => 'not-supported',
        limits: async () => undefined,
        send: async () => 'not-supported',
      },
      configurations: { read: async () => undefined, set: async () => 'no-answer' },
      checkContract: async () => 'good',
      certificateStatus: async () => undefined,
      isConnected: () => true,
      call: async () => ({ kind: 'not-supported' }),
      callRaw: async () => ({ kind: 'not-connected' }),
      actionsOf: () => undefined,
      meaningOf: () => undefined,
      reportAsked: () => undefined,
      jobOf: () => undefined,
      disconnect() {},
      ...changes.station,
    },
    partner: {
      offer: () => '',
      refusal: async () => undefined,
      discover: async () => ({ kind: 'unusable', detail: 'nobody answers' }),
      sendCredentials: async () => ({ kind: 'unknown', detail: 'nobody answers' }),
      endCredentials: async () => undefined,
      compare: async () => ({ kind: 'unverifiable' }),
      hubClients: async () => ({ kind: 'not-applicable', detail: 'no hub' }),
      probe: async ({ id }) => ({ partnerId: id, at: 0, requests: 0, findings: [] }),
      loss: () => ({ notTold: false, lost: [] }),
      hasOneParty: ({ version }) => version === '2.1.1',
      namesOneTariff: ({ version }) => version === '2.1.1',
      takesCredits: ({ version }) => version !== '2.1.1',
      billsReservations: ({ version }) => version !== '2.1.1',
      async tell(_partner, notice) {
        running.told.push(notice);
        return running.answer(notice);
      },
      tokenPage: async (_partner, next) => running.tokenPage(next),
      async authorize(partner, question, timeoutMs) {
        running.asked.push(question);
        return running.authorize(question, timeoutMs, partner.id);
      },
    },
  };
  const { core } = running;
  await core.start(edges);
  await core.operator.putStation({ id: 'CS-1', security_profile: 1, password: 'a-long-enough-password' });
  const now = new Date().toISOString();
  await core.operator.putTariff({
    country_code: 'DE',
    party_id: 'RBG',
    id: 'T1',
    currency: 'EUR',
    elements: [{ price_components: [{ type: 'ENERGY', price: 0.3, step_size: 1 }] }],
    tax_included: 'N/A',
    last_updated: now,
  });
  await core.operator.putLocation({
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
        status: 'UNKNOWN',
        connectors: [
          {
            id: '1',
            standard: 'IEC_62196_T2',
            format: 'SOCKET',
            power_type: 'AC_3_PHASE',
            max_voltage: 230,
            max_amperage: 32,
            tariff_ids: ['T1'],
            last_updated: now,
          },
        ],
        last_updated: now,
        ocpp: { station_id: 'CS-1', evse_id: 1 },
      },
    ],
    last_updated: now,
  });
  const { id } = await core.operator.createPartner('eMSP');
  await core.partner.completeRegistration(id, {
    version: '2.2.1',
    versionsUrl: 'http://localhost/versions',
    outboundToken: 'their-token',
    tokenEncoding: 'base64',
    roles: [{ role: 'EMSP', country_code: 'NL', party_id: 'MSP', name: 'eMSP' }],
    endpoints: [],
  });
  await core.operator.putToken({
    country_code: 'NL',
    party_id: 'MSP',
    uid: 'CARD',
    type: 'RFID',
    contract_id: 'NL-MSP-1',
    issuer: 'eMSP',
    valid: true,
    whitelist: 'ALWAYS',
    last_updated: now,
  });
  await core.charger.connected(connection(1));
  return running;
}

export function connection(generation: number): StationConnection {
  return {
    stationId: 'CS-1',
    generation,
    protocol: 'ocpp1.6',
    traits: {
      idTokenMaxLength: 20,
      typedTokens: false,
      csmsGivesTransactionIds: true,
      remoteStartNeedsConnector: true,
      sequenceNumbers: false,
      reservationUpdates: false,
      resumesTransactions: false,
      priorityCharging: false,
    },
    remoteAddress: '127.0.0.1',
    securityProfile: 1,
    at: Date.now(),
  };
}

let messages = 0;

export function frame(action: string): FrameRecord {
  messages += 1;
  return {
    stationId: 'CS-1',
    at: Date.now(),
    direction: 'in',
    messageType: 2,
    messageId: `m${messages}`,
    action,
    raw: '[]',
    verdict: 'ok',
    anomalies: [],
    latencyMs: null,
    correlationId: null,
  };
}

/** StartTransaction of the known card, in core's words. */
export function start(core: Core, at = Date.now() - 600_000) {
  return core.charger.recordTransactionEvent(
    'CS-1',
    {
      eventType: 'Started',
      naturalKey: `1|card|${at}|1000`,
      at,
      receivedAt: Date.now(),
      offline: false,
      evseId: 1,
      connectorId: 1,
      idToken: { idToken: 'CARD', type: 'unknown' },
      meterStartWh: 1_000,
      meterValues: [],
    },
    frame('StartTransaction'),
  );
}

export function stop(core: Core, ocppTransactionId: string) {
  return core.charger.recordTransactionEvent(
    'CS-1',
    {
      eventType: 'Ended',
      ocppTransactionId,
      at: Date.now(),
      receivedAt: Date.now(),
      offline: false,
      meterStopWh: 3_000,
      meterValues: [],
    },
    frame('StopTransaction'),
  );
}

export async function until(condition: () => boolean | Promise<boolean>, timeoutMs = 30_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('it did not come about');
    await new Promise((tick) => setTimeout(tick, 10));
  }
}
