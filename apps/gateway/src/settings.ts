import { LOG_LEVELS } from '@roambridge/telemetry';
import { z } from 'zod';
import { tlsContradictions } from './charger-tls.js';
import { CONSOLE_SETTINGS } from './console-settings.js';
import { NODE_SETTINGS } from './node-settings.js';
import { SESSION_SETTINGS, sessionContradictions } from './session-settings.js';
import { type Setting, setting } from './setting.js';
import {
  count,
  duration,
  files,
  flag,
  key,
  parties,
  port,
  postgresAddress,
  text,
  webAddress,
} from './setting-kinds.js';

/** Every setting; docs/reference/config.md is made from this table. */
export const SETTINGS = {
  DATA_DIR: setting(
    './.data',
    text,
    'Directory of the embedded database and of local files; locked against a second process.',
  ),
  DATABASE_URL: setting(
    '',
    postgresAddress.optional(),
    'PostgreSQL connection URL; when set the embedded database is not used.',
  ),
  ...NODE_SETTINGS,
  SECRETS_KEY: setting(
    '',
    key.optional(),
    'Key for secrets at rest, 32 bytes in Base64; without it one is made in DATA_DIR.',
  ),
  OCPP_PORT: setting('9000', port, 'Port for chargers: ws://host:port/ocpp/{stationId}.'),
  OCPP_HOST: setting('', text.optional(), 'Address on which chargers are awaited; none = all.'),
  LENIENT_OCPP_PORT: setting(
    '',
    port.optional(),
    'Port for chargers that leave the header `Connection: Upgrade` out; none = no such port.',
  ),
  OCPP_TLS_PORT: setting(
    '',
    port.optional(),
    'Port for chargers with security profile 2 or 3: wss://host:port/ocpp/{stationId}; none = no TLS.',
  ),
  OCPP_TLS_CERT: setting(
    '',
    files.optional(),
    'PEM files with the certificates for chargers and their chains, comma separated; an RSA and an ECDSA one serve all chargers. Replaced files are noticed within seconds.',
  ),
  OCPP_TLS_KEY: setting(
    '',
    files.optional(),
    'PEM files with the private keys of OCPP_TLS_CERT, comma separated, in any order.',
  ),
  OCPP_TLS_CLIENT_CA: setting(
    '',
    files.optional(),
    'PEM files with the authorities of client certificates, comma separated; needed for security profile 3.',
  ),
  OCPP_TLS_CLIENT_CRL: setting(
    '',
    files.optional(),
    'PEM files with the revocation lists of all those authorities, comma separated; none = no list is looked at.',
  ),
  OCPP_TLS_CLIENT_OCSP: setting(
    'false',
    flag,
    'Asks the OCSP responder that a client certificate names whether it was revoked.',
  ),
  OCPP_TLS_CLIENT_REVOCATION: setting(
    'soft',
    z.enum(['soft', 'strict']),
    'What happens when a revocation list is out of date or a responder gives no answer: soft = the charger is let in and a person is told, strict = it is refused.',
  ),
  OCPP_TLS_CLIENT_O: setting(
    '',
    text.optional(),
    'Organization (O) that client certificates must name; none = BUSINESS_NAME.',
  ),
  OLD_KEY_GRACE: setting(
    '24h',
    duration,
    'Time that a charger’s old password or client certificate counts beside its new one, at most; 0s = none.',
  ),
  UNKNOWN_STATIONS: setting(
    'reject',
    z.enum(['reject', 'quarantine']),
    'What becomes of chargers that nobody has entered: reject, or quarantine = their boot is answered Pending until an operator approves them.',
  ),
  OCPI_PORT: setting('8080', port, 'Port for partners: {OCPI_PUBLIC_URL}/ocpi/versions.'),
  OCPI_HOST: setting('', text.optional(), 'Address on which partners are awaited; none = all.'),
  OCPI_PUBLIC_URL: setting(
    '',
    webAddress.optional(),
    'URL under which partners reach this platform; versions, endpoints and Link headers are built from it. None = http://localhost:{OCPI_PORT}.',
  ),
  OCPI_ALLOW_PRIVATE_PARTNER_URLS: setting(
    'false',
    flag,
    'Lets URLs of partners point to loopback and private addresses (tests, laboratories).',
  ),
  OPERATOR_PORT: setting('8081', port, 'Port of console, operator API, health and metrics.'),
  OPERATOR_HOST: setting('127.0.0.1', text, 'Address of console, operator API, health and metrics.'),
  ...CONSOLE_SETTINGS,
  OPERATOR_TOKEN: setting(
    '',
    z.string().min(16, 'has fewer than 16 characters').optional(),
    'Bearer token of the first administrator; without it one is made at the first start and printed once.',
  ),
  PARTIES: setting('DE*RBG', parties, 'CPO parties that this platform hosts, comma separated.'),
  BUSINESS_NAME: setting(
    'Roambridge',
    z.string().min(1).max(100),
    'Name of the operator in OCPI business details.',
  ),
  CURRENCY: setting(
    'EUR',
    z.string().regex(/^[A-Z]{3}$/, 'is no ISO 4217 code'),
    'Currency of sessions for which no tariff could be found (their CDRs are held).',
  ),
  HEARTBEAT: setting('300s', duration, 'Heartbeat interval that chargers are given, within 10 % of it.'),
  PING_INTERVAL: setting('60s', duration, 'Time between WebSocket pings; 0s = none.'),
  CALL_TIMEOUT: setting('30s', duration, 'Time that a charger has to answer a call.'),
  MAX_FRAME: setting('1048576', count, 'Longest message from a charger, bytes.'),
  INBOUND_QUEUE: setting('200', count, 'Messages of one charger that may wait before its socket is paused.'),
  BOOT_REPORT: setting(
    'full',
    z.enum(['full', 'configuration', 'summary', 'none']),
    'What a charger with a device model is asked to report of itself when it boots with other firmware: full, configuration, summary, none.',
  ),
  CONTRACT_ROOTS: setting(
    '',
    text.optional(),
    'File with the root certificates of contracts (Plug & Charge), PEM; without it a chain that a charger did not check itself is refused.',
  ),
  DISPLAY_COST: setting(
    'local_and_adhoc',
    z.enum(['none', 'local_and_adhoc', 'all']),
    'Whose transactions show their cost at chargers that can: none, those of the operator’s own cards and of ad-hoc drivers, or all. What roaming drivers pay is the price of their eMSP.',
  ),
  READ_CONFIGURATION: setting(
    'true',
    flag,
    'Reads the configuration keys of OCPP 1.6 chargers that boot with other firmware, and keeps chargers at the configuration that the operator wants.',
  ),
  REASSERT_AVAILABILITY: setting(
    'true',
    flag,
    'Tells a charger that booted again what the operator took out of operation, where its statuses say otherwise.',
  ),
  BOOT_STATUS: setting(
    'silent',
    z.enum(['silent', 'all', 'none']),
    'Whether a charger that booted is asked for the status of its connectors: of those that it does not report within a minute (silent), of all at once, or of none.',
  ),
  OFFLINE_GRACE: setting(
    '300s',
    duration,
    'Time that a charger may be away before its EVSEs are published as UNKNOWN.',
  ),
  OFFLINE_KEEP_CHARGING: setting(
    'false',
    flag,
    'Leaves an EVSE with an open transaction CHARGING while its charger is away, in place of UNKNOWN.',
  ),
  OFFLINE_INOPERATIVE_AFTER: setting(
    '0s',
    duration,
    'Time after which the EVSEs of a charger that is away are published as INOPERATIVE; 0s = never.',
  ),
  RECONNECT_SETTLE: setting(
    '10s',
    duration,
    'Time after which a returned charger’s last known statuses count again.',
  ),
  STATUS_DEBOUNCE: setting(
    '3s',
    duration,
    'Time for which an EVSE that was told lately must keep its status before a partner is told again; 0s = none.',
  ),
  PUSH_LINGER: setting('250ms', duration, 'Time in which changes are collected before partners are told.'),
  ...SESSION_SETTINGS,
  COMMAND_WINDOW: setting(
    '300s',
    duration,
    'Time in which a transaction may follow an accepted START_SESSION.',
  ),
  MAX_RESERVATION: setting('2h', duration, 'How far ahead a partner may reserve an EVSE.'),
  UNLOCK_WITH_ACTIVE_TX: setting(
    'only_own_session',
    z.enum(['only_own_session', 'never', 'always']),
    'Whether a partner may unlock an EVSE with a running transaction: only_own_session, never, always.',
  ),
  MIN_PROFILE_INTERVAL: setting('10s', duration, 'Least time between two charging profiles of a session.'),
  ACTIVE_PROFILE_PUSH: setting(
    '5m',
    duration,
    'Time between two pushes of an active charging profile whose limit changed by 10 % or less.',
  ),
  ACTIVE_PROFILE_POLL: setting(
    '15m',
    duration,
    'Time between two looks at what a charger applies to a session with a charging profile; 0s = only when something changed.',
  ),
  VERIFY_PROFILES: setting(
    'true',
    flag,
    'Whether chargers that do not do what they accepted in a charging profile are put on the attention list.',
  ),
  NOMINAL_VOLTAGE: setting(
    '230',
    count,
    'Voltage between line and neutral, V; limits in A and W are converted by it.',
  ),
  TOKEN_GRACE: setting('60s', duration, 'Time that a partner’s replaced token still works.'),
  RTA_TIMEOUT: setting(
    '4s',
    duration,
    'Time that an eMSP has to say whether a token may charge; keep it below the time-outs of the chargers.',
  ),
  RTA_REUSE: setting(
    '300s',
    duration,
    'Time for which an eMSP’s answer counts for the same token at the same charger.',
  ),
  RTA_UNKNOWN: setting(
    'none',
    z.enum(['none', 'hub', 'all']),
    'Who is asked about a token that no partner pushed: nobody, hubs, or every eMSP.',
  ),
  TOKEN_PULL_INTERVAL: setting(
    '24h',
    duration,
    'Time between two comparisons with the token lists of partners; 0s = none. Lists are also read after a registration.',
  ),
  RESYNC_INTERVAL: setting(
    '24h',
    duration,
    'Time between two comparisons of what partners have with what they should have; 0s = none. Only differences are told.',
  ),
  ALLOWED_POLICY: setting(
    'local',
    z.enum(['local', 'realtime']),
    'Whether tokens with whitelist ALLOWED are accepted without asking their eMSP.',
  ),
  CONCURRENT_SESSIONS: setting(
    'allow',
    z.enum(['allow', 'deny']),
    'Whether a token may pay for several transactions at a time.',
  ),
  LOCAL_TOKENS_FIRST: setting(
    'false',
    flag,
    'The operator’s own cards count before tokens of partners with the same uid.',
  ),
  LOCAL_LISTS: setting(
    'true',
    flag,
    'Tells chargers that have a local list which tokens to accept while they have no connection.',
  ),
  LOCAL_LIST_DELAY: setting(
    '60s',
    duration,
    'Time in which changes of tokens are collected before local lists are told; also the wait after a connection.',
  ),
  FAIL_OPEN: setting(
    'false',
    flag,
    'Accepts tokens that cannot be looked up because the database fails; otherwise they are refused.',
  ),
  FILES_URL: setting(
    '',
    webAddress.optional(),
    'URL under which chargers reach the file endpoint of OCPP_PORT (firmware, logs). None = http://{OCPP_HOST or localhost}:{OCPP_PORT}.',
  ),
  FILE_MAX: setting('268435456', count, 'Largest file that a charger or the operator may send, bytes.'),
  FILES_MAX: setting('4294967296', count, 'All files together, bytes; more is refused.'),
  FILE_URL_TTL: setting(
    '1h',
    duration,
    'Time for which a charger may use the URL of a file that it was given.',
  ),
  FILE_RETENTION: setting('30d', duration, 'Time that files are kept that chargers sent.'),
  CERTIFICATE_AUTHORITY: setting(
    'local',
    z.enum(['local', 'none']),
    'Who signs certificate requests of chargers: local = a development authority in DATA_DIR/ca, none = they are refused.',
  ),
  JOURNAL_RETENTION: setting(
    '90d',
    duration,
    'Time that frames, exchanges with partners, jobs and security events are kept.',
  ),
  PARTNER_TIMEOUT: setting(
    '15s',
    duration,
    'Time that a partner has to answer a request, from connecting to the last byte.',
  ),
  PARTNER_RETRY: setting(
    '60s',
    duration,
    'Longest time until a partner that does not answer is tried again; what it has to be told waits meanwhile.',
  ),
  LOG_LEVEL: setting('info', z.enum(LOG_LEVELS), `Least level that is logged: ${LOG_LEVELS.join(', ')}.`),
  LOG_FORMAT: setting(
    '',
    z.enum(['pretty', 'json']).optional(),
    'pretty or json; none = pretty on a terminal, else json.',
  ),
} satisfies Record<string, Setting<z.ZodType>>;

export type SettingName = keyof typeof SETTINGS;

export type Settings = { [Name in SettingName]: z.output<(typeof SETTINGS)[Name]['schema']> };

/** All that is wrong with the environment, one line for each setting. */
export class SettingsRefused extends Error {
  constructor(problems: string[]) {
    super(`the settings cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'SettingsRefused';
  }
}

/** Reads the settings from the environment. Throws {@link SettingsRefused} naming every setting at fault. */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, { default: byDefault, schema }] of Object.entries(SETTINGS)) {
    const given = environment[name];
    const written = given === undefined || given === '' ? byDefault : given;
    const parsed = (schema as z.ZodType).safeParse(written === '' ? undefined : written);
    if (parsed.success) values[name] = parsed.data;
    else
      problems.push(
        `${name} ${parsed.error.issues[0]?.message ?? 'is not usable'} (${name}=${redacted(name, written)})`,
      );
  }
  if (problems.length > 0) throw new SettingsRefused(problems);
  const settings = values as Settings;
  const clashes = [
    ...portClashes(settings),
    ...tlsContradictions(settings),
    ...sessionContradictions(settings),
  ];
  if (clashes.length > 0) throw new SettingsRefused(clashes);
  return settings;
}

/** Two listeners cannot share a port of the same address; found here, it is not half a gateway that is up. */
function portClashes(settings: Settings): string[] {
  const listeners = [
    { name: 'OCPP_PORT', port: settings.OCPP_PORT, host: settings.OCPP_HOST },
    { name: 'LENIENT_OCPP_PORT', port: settings.LENIENT_OCPP_PORT ?? 0, host: settings.OCPP_HOST },
    { name: 'OCPP_TLS_PORT', port: settings.OCPP_TLS_PORT ?? 0, host: settings.OCPP_HOST },
    { name: 'OCPI_PORT', port: settings.OCPI_PORT, host: settings.OCPI_HOST },
    { name: 'OPERATOR_PORT', port: settings.OPERATOR_PORT, host: settings.OPERATOR_HOST },
  ];
  return listeners.flatMap((one, index) =>
    listeners.slice(index + 1).flatMap((other) => {
      const clash = one.port !== 0 && one.port === other.port && overlap(one.host, other.host);
      return clash ? [`${one.name} and ${other.name} are both ${one.port}`] : [];
    }),
  );
}

const EVERY_ADDRESS: ReadonlySet<string | undefined> = new Set([undefined, '0.0.0.0', '::']);

function overlap(one: string | undefined, other: string | undefined): boolean {
  return one === other || EVERY_ADDRESS.has(one) || EVERY_ADDRESS.has(other);
}

function redacted(name: string, value: string): string {
  return name === 'OPERATOR_TOKEN' ||
    name === 'SECRETS_KEY' ||
    name === 'DATABASE_URL' ||
    name === 'REDIS_URL'
    ? '…'
    : value;
}
