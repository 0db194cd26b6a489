import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

type Environment = Record<string, string | undefined>;

/** What the demonstration reads from the environment, and what it gives to the gateway. */
export interface DemoSettings {
  /** Environment of the gateway; what the user has set wins over the defaults of the demonstration. */
  gatewayEnvironment: Environment;
  logFile: string;
  /** Warnings of the gateway are not shown on the console. */
  quietLog: boolean;
  /** End after the table of the first CDRs. */
  exitAfterFirstCdrs: boolean;
  operatorToken: string;
  /** `http://127.0.0.1:8081` */
  operatorUrl: string;
  /** `ws://127.0.0.1:9000/ocpp`, without the station id. */
  ocppUrl: string;
  ocpiVersionsUrl: string;
}

const OPERATOR_TOKEN_BYTES = 24;

/** @throws Error naming the variable that is wrong. */
export function readSettings(environment: Environment): DemoSettings {
  const ocppPort = port(environment, 'OCPP_PORT', 9000);
  const ocpiPort = port(environment, 'OCPI_PORT', 8080);
  const operatorPort = port(environment, 'OPERATOR_PORT', 8081);
  const dataDir = filled(environment, 'DATA_DIR') ?? './.data';
  const operatorToken =
    filled(environment, 'OPERATOR_TOKEN') ?? randomBytes(OPERATOR_TOKEN_BYTES).toString('base64url');
  const ocpiPublicUrl = filled(environment, 'OCPI_PUBLIC_URL') ?? `http://127.0.0.1:${ocpiPort}`;
  const defaults = {
    DATA_DIR: dataDir,
    OCPP_PORT: String(ocppPort),
    OCPI_PORT: String(ocpiPort),
    OPERATOR_PORT: String(operatorPort),
    OPERATOR_TOKEN: operatorToken,
    OCPI_PUBLIC_URL: ocpiPublicUrl,
    // The simulated eMSPs live on this machine.
    OCPI_ALLOW_PRIVATE_PARTNER_URLS: 'true',
    // Short waits: a session of the demonstration lasts seconds.
    CDR_SETTLE: '2s',
    PUSH_LINGER: '250ms',
    SESSION_PUSH_MIN_INTERVAL: '2s',
    LOG_FORMAT: 'json',
  };
  const own = Object.entries(environment).filter(
    ([name, value]) => !name.startsWith('DEMO_') && value !== undefined && value !== '',
  );
  return {
    gatewayEnvironment: { ...defaults, ...Object.fromEntries(own) },
    logFile: join(dataDir, 'gateway.log'),
    quietLog: isSet(environment, 'DEMO_QUIET_LOG'),
    exitAfterFirstCdrs: isSet(environment, 'DEMO_EXIT_AFTER_FIRST_CDRS'),
    operatorToken,
    operatorUrl: `http://${reachable(filled(environment, 'OPERATOR_HOST'))}:${operatorPort}`,
    ocppUrl: `ws://127.0.0.1:${ocppPort}/ocpp`,
    ocpiVersionsUrl: `${ocpiPublicUrl.replace(/\/$/, '')}/ocpi/versions`,
  };
}

function filled(environment: Environment, name: string): string | undefined {
  const value = environment[name];
  return value === '' ? undefined : value;
}

function port(environment: Environment, name: string, byDefault: number): number {
  const text = filled(environment, name);
  if (text === undefined) return byDefault;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 65_535)
    throw new Error(`${name} must be a port from 1 to 65535, found "${text}"`);
  return value;
}

function isSet(environment: Environment, name: string): boolean {
  const value = filled(environment, name);
  if (value === undefined || value === '0' || value === 'false') return false;
  if (value === '1' || value === 'true') return true;
  throw new Error(`${name} must be 1 or 0, found "${value}"`);
}

function reachable(host: string | undefined): string {
  if (host === undefined || host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
