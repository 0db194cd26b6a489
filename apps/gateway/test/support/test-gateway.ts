import { type Charger, type Protocol, startCharger } from '@roambridge/sim-charger';
import {
  type Emsp,
  type EmspOptions,
  type OcpiVersion,
  startEmsp,
  type TokenInput,
} from '@roambridge/sim-emsp';
import { databases } from '../../../../packages/storage/test/support/databases.js';
import { type Gateway, type GatewayOptions, startGateway } from '../../src/gateway.js';
import { readSettings } from '../../src/settings.js';
import { freePort, freePorts } from './free-ports.js';
import type { TestStation } from './master-data.js';
import { type OperatorApi, operatorApi } from './operator-api.js';

export const OPERATOR_TOKEN = 'operator-token-of-the-tests';

/** Everything short, so that a test does not wait; ports are free ones. */
export const SHORT_SETTINGS = {
  OPERATOR_TOKEN,
  OCPI_ALLOW_PRIVATE_PARTNER_URLS: 'true',
  CDR_SETTLE: '300ms',
  PUSH_LINGER: '50ms',
  SESSION_PUSH_MIN_INTERVAL: '500ms',
  RECONNECT_SETTLE: '100ms',
  CALL_TIMEOUT: '5s',
  PARTNER_TIMEOUT: '3s',
  PING_INTERVAL: '0s',
  LOG_LEVEL: 'error',
};

/** Errors are shown, they do not belong into a test that succeeds; the rest is not. */
export const QUIET: Parameters<typeof startGateway>[0]['log'] = {
  debug() {},
  info() {},
  warn() {},
  error: (fields, message) => process.stderr.write(`${message} ${String(fields.err ?? '')}\n`),
};

/** A whole gateway in this process, on a database of its own. */
export interface TestGateway {
  readonly gateway: Gateway;
  readonly operator: OperatorApi;
  connect(station: TestStation, more?: { autoReconnect?: boolean; password?: string }): Promise<Charger>;
  /** An eMSP that registers through the credentials handshake and pushes its tokens. */
  partner(options: PartnerOptions): Promise<TestPartner>;
  /** Down in good order; `up` starts it again on the same data and ports. */
  down(): Promise<void>;
  up(): Promise<void>;
  stop(): Promise<void>;
}

export interface PartnerOptions {
  version: OcpiVersion;
  country_code: string;
  party_id: string;
  tokens: TokenInput[];
}

export interface TestPartner {
  id: string;
  emsp: Emsp;
}

export async function startTestGateway(
  settings: Record<string, string> = {},
  more: Pick<GatewayOptions, 'contractCertificates' | 'vendorPlugins'> = {},
): Promise<TestGateway> {
  const [embedded] = databases;
  const database = await embedded!.create();
  const ports = await freePorts();
  const start = () =>
    startGateway({
      ...more,
      log: QUIET,
      settings: readSettings({ ...SHORT_SETTINGS, DATA_DIR: database.dataDir, ...ports, ...settings }),
    });
  let gateway = await start();
  const operator = operatorApi(gateway.urls.operator, OPERATOR_TOKEN);
  const cleanUps: (() => Promise<void>)[] = [];
  return {
    get gateway() {
      return gateway;
    },
    operator,
    async connect(station, more = {}) {
      const charger = await connectCharger(gateway.urls.ocpp, station, more);
      cleanUps.push(() => charger.close());
      return charger;
    },
    async partner(options) {
      const partner = await registerPartner(operator, options);
      cleanUps.push(() => partner.emsp.close());
      return partner;
    },
    down: () => gateway.stop(),
    async up() {
      gateway = await start();
    },
    async stop() {
      await Promise.all(cleanUps.map((cleanUp) => cleanUp()));
      await gateway.stop();
      await database.dispose();
    },
  };
}

/** Register of every simulated outlet when it powers up, Wh. */
export const FIRST_READING_WH = 100_000;

const REMOTE_CHARGING: Record<Protocol, { powerW: number }> = {
  'ocpp1.6': { powerW: 120_000 },
  'ocpp2.0.1': { powerW: 150_000 },
  'ocpp2.1': { powerW: 150_000 },
};

/** Connects a simulated charger, which boots and has every outlet available. */
export async function connectCharger(
  ocppUrl: string,
  station: TestStation,
  more: { autoReconnect?: boolean; password?: string } = {},
): Promise<Charger> {
  const charger = await startCharger({
    url: ocppUrl.replace(/\/$/, ''),
    identity: station.id,
    password: station.password,
    protocol: station.protocol,
    outlets: station.outlets.length,
    meterWh: FIRST_READING_WH,
    remoteCharging: REMOTE_CHARGING[station.protocol],
    ...more,
  });
  await charger.boot();
  for (const [index] of station.outlets.entries()) await charger.status(index + 1, 'Available');
  return charger;
}

export async function registerPartner(
  operator: OperatorApi,
  options: PartnerOptions & Pick<EmspOptions, 'tls' | 'onStored'>,
): Promise<TestPartner> {
  const { version, country_code, party_id, tokens } = options;
  const name = `${country_code}*${party_id} ${version}`;
  const emsp = await startEmsp({ ...options, name, port: await freePort() });
  const invitation = await operator.post('/partners', { name });
  await emsp.register(String(invitation.versions_url), String(invitation.registration_token));
  for (const token of tokens) await emsp.pushToken(token);
  return { id: String(invitation.id), emsp };
}
