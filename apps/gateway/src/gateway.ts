import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type Clock,
  type ContractCertificates,
  type Core,
  createCore,
  createSecrets,
  DEFAULT_SETTINGS,
  type Log,
  type VendorPlugin,
} from '@roambridge/core';
import { createEgressGuard, createOcpiEdge } from '@roambridge/ocpi';
import { createOcppEdge } from '@roambridge/ocpp';
import { createOperatorEdge } from '@roambridge/operator';
import { openLocalAuthority } from '@roambridge/pki';
import { type Database, openFileVault, openStore } from '@roambridge/storage';
import { createMetrics } from '@roambridge/telemetry';
import { administratorHash } from './administrator.js';
import { chargerTls, tlsListener } from './charger-tls.js';
import { startHousekeeping } from './housekeeping.js';
import { secretsKey } from './local-secrets.js';
import { measure } from './measure.js';
import type { Settings } from './settings.js';
import { systemClock } from './system-clock.js';
import { createThroughputRing } from './throughput.js';

export interface GatewayOptions {
  settings: Settings;
  log: Log;
  /** Tests inject one that they move by hand. */
  clock?: Clock;
  /** Tests keep one open for many gateways. */
  database?: Database;
  /** Who has certificates of contracts for vehicles (ISO 15118); absent = nobody, and vehicles are told so. */
  contractCertificates?: ContractCertificates;
  /** Who answers messages that vendors agreed upon with the operator (B-009). */
  vendorPlugins?: readonly VendorPlugin[];
}

export interface Gateway {
  urls: {
    ocpp: string;
    /** Absent without OCPP_TLS_PORT. */
    ocppTls?: string;
    ocpiVersions: string;
    operator: string;
  };
  database: 'postgresql' | 'pglite';
  /** The first administrator's token, only at the start that made it. */
  newOperatorToken?: string;
  core: Core;
  /** Work done so far by the database. */
  statistics(): Readonly<Record<string, number>>;
  /** Stops taking connections, ends what is under way and closes everything. */
  stop(): Promise<void>;
}

/** How long chargers' messages that are being worked on may take when the gateway stops. */
const DRAIN_MS = 5_000;

const CONSOLE_DIR = fileURLToPath(new URL('../../console/dist', import.meta.url));

/** Starts the whole gateway: the one place that names the adapters. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { settings, log } = options;
  const clock = options.clock ?? systemClock;
  const key = secretsKey(settings.DATA_DIR, settings.SECRETS_KEY);
  const metrics = createMetrics({ processMetrics: options.clock === undefined });
  const store = await openStore({
    dataDir: settings.DATA_DIR,
    secretsKey: key,
    log,
    now: () => clock.now(),
    statistics: {
      groupCommitted(writeSets) {
        metrics.commits.inc();
        metrics.commitGroupSize.observe(writeSets);
      },
    },
    ...(settings.DATABASE_URL === undefined ? {} : { databaseUrl: settings.DATABASE_URL }),
    ...(options.database === undefined ? {} : { database: options.database }),
  });
  try {
    const administrator = await administratorHash(store, createSecrets(key), settings.OPERATOR_TOKEN);
    const vault = await openFileVault(join(settings.DATA_DIR, 'files'));
    const authority =
      settings.CERTIFICATE_AUTHORITY === 'local'
        ? await openLocalAuthority({
            directory: join(settings.DATA_DIR, 'ca'),
            organization: settings.OCPP_TLS_CLIENT_O ?? settings.BUSINESS_NAME,
            clock,
          })
        : undefined;
    let filesUrl = settings.FILES_URL ?? '';
    let publicUrl = settings.OCPI_PUBLIC_URL ?? '';
    const core = createCore({
      store,
      clock,
      log,
      settings: coreSettings(settings),
      hostedParties: settings.PARTIES.map((party) => ({ ...party, name: settings.BUSINESS_NAME })),
      secretsKey: key,
      administratorHash: administrator.hash,
      versionsUrl: () => `${publicUrl}/ocpi/versions`,
      vault,
      filesUrl: () => filesUrl,
      ...(authority === undefined ? {} : { authority }),
      ...(options.contractCertificates === undefined
        ? {}
        : { contractCertificates: options.contractCertificates }),
      ...(options.vendorPlugins === undefined ? {} : { vendorPlugins: options.vendorPlugins }),
    });
    const tls = tlsListener(settings);
    const ocpp = createOcppEdge({
      ...(tls === undefined ? {} : { tls }),
      edge: core.charger,
      clock,
      log,
      port: settings.OCPP_PORT,
      files: core.files,
      ...(settings.CONTRACT_ROOTS === undefined
        ? {}
        : { contractRoots: readFileSync(settings.CONTRACT_ROOTS, 'utf8') }),
      egress: createEgressGuard({ allowPrivate: settings.OCPI_ALLOW_PRIVATE_PARTNER_URLS }),
      limits: {
        callTimeoutMs: settings.CALL_TIMEOUT,
        pingIntervalMs: settings.PING_INTERVAL,
        maxFrameBytes: settings.MAX_FRAME,
        inboundQueueFrames: settings.INBOUND_QUEUE,
      },
      ...(settings.OCPP_HOST === undefined ? {} : { host: settings.OCPP_HOST }),
      ...(settings.LENIENT_OCPP_PORT === undefined ? {} : { lenientPort: settings.LENIENT_OCPP_PORT }),
    });
    const ocpi = createOcpiEdge({
      edge: core.partner,
      clock,
      log,
      port: settings.OCPI_PORT,
      publicUrl: () => publicUrl,
      allowPrivatePartnerUrls: settings.OCPI_ALLOW_PRIVATE_PARTNER_URLS,
      timeouts: { partnerRequestMs: settings.PARTNER_TIMEOUT },
      ...(settings.OCPI_HOST === undefined ? {} : { host: settings.OCPI_HOST }),
    });
    const throughput = createThroughputRing(() => clock.now());
    const measured = measure({ core, store, metrics, throughput });
    const operator = createOperatorEdge({
      edge: core.operator,
      log,
      metrics: measured,
      throughput: () => throughput.read(),
      ...(settings.CONSOLE_URL === undefined ? {} : { consoleUrl: settings.CONSOLE_URL }),
      ...(settings.MAP_TILES_URL === undefined
        ? {}
        : { mapTiles: { url: settings.MAP_TILES_URL, attribution: settings.MAP_TILES_ATTRIBUTION ?? '' } }),
      port: settings.OPERATOR_PORT,
      host: settings.OPERATOR_HOST,
      ...(existsSync(CONSOLE_DIR) ? { consoleDir: CONSOLE_DIR } : {}),
    });
    const housekeeping = startHousekeeping({
      store,
      clock,
      log,
      retentionMs: settings.JOURNAL_RETENTION,
      auditRetentionMs: settings.AUDIT_RETENTION,
      tidyFiles: () => core.tidyFiles(),
    });

    await core.start({ station: ocpp.link, partner: ocpi.link });
    const operatorPort = (await operator.listen()).port;
    const operatorUrl = `http://${settings.OPERATOR_HOST}:${operatorPort}`;
    const ocpiPort = (await ocpi.listen()).port;
    if (publicUrl === '') publicUrl = `http://localhost:${ocpiPort}`;
    const ocppPorts = await ocpp.listen();
    const ocppHost = settings.OCPP_HOST ?? 'localhost';
    if (filesUrl === '') filesUrl = `http://${ocppHost}:${ocppPorts.port}`;

    return {
      urls: {
        ocpp: `ws://${ocppHost}:${ocppPorts.port}/ocpp/`,
        ...(ocppPorts.tlsPort === undefined
          ? {}
          : { ocppTls: `wss://${ocppHost}:${ocppPorts.tlsPort}/ocpp/` }),
        ocpiVersions: `${publicUrl}/ocpi/versions`,
        operator: operatorUrl,
      },
      database: store.kind,
      ...(administrator.printOnce === undefined ? {} : { newOperatorToken: administrator.printOnce }),
      core,
      statistics: () => ({ ...store.statistics() }),
      async stop() {
        housekeeping.stop();
        measured.stop();
        await ocpp.close({ drainMs: DRAIN_MS });
        await core.stop();
        await ocpi.close();
        await operator.close();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}

function coreSettings(settings: Settings) {
  return {
    ...DEFAULT_SETTINGS,
    currency: settings.CURRENCY,
    heartbeatIntervalMs: settings.HEARTBEAT,
    cdrSettleMs: settings.CDR_SETTLE,
    bootReport: settings.BOOT_REPORT,
    bootStatus: settings.BOOT_STATUS,
    displayCost: settings.DISPLAY_COST,
    readConfiguration: settings.READ_CONFIGURATION,
    reassertAvailability: settings.REASSERT_AVAILABILITY,
    offlineGraceMs: settings.OFFLINE_GRACE,
    offlineKeepCharging: settings.OFFLINE_KEEP_CHARGING,
    offlineInoperativeAfterMs: settings.OFFLINE_INOPERATIVE_AFTER,
    reconnectSettleMs: settings.RECONNECT_SETTLE,
    statusDebounceMs: settings.STATUS_DEBOUNCE,
    callTimeoutMs: settings.CALL_TIMEOUT,
    pushLingerMs: settings.PUSH_LINGER,
    partnerRetryMs: settings.PARTNER_RETRY,
    sessionPushMinIntervalMs: settings.SESSION_PUSH_MIN_INTERVAL,
    gapWaitMs: settings.GAP_WAIT,
    gapPollMs: settings.GAP_POLL,
    gapGiveUpMs: settings.GAP_GIVE_UP,
    zeroEnergyCdrAfterMs: settings.ZERO_ENERGY_CDR,
    orphanWaitMs: settings.ORPHAN_ONLINE_WAIT,
    endAtUnplug: settings.END_AT_UNPLUG,
    unplugWaitMs: settings.UNPLUG_WAIT,
    orphanHoldMs: settings.ORPHAN_HOLD,
    phaseFlipMinMs: settings.PHASE_FLIP_MIN,
    maxPeriodMs: settings.MAX_PERIOD,
    rounding: settings.ROUNDING,
    suspendedEvseAs: settings.SUSPENDED_EVSE_AS,
    inferParking: settings.INFER_PARKING,
    signedStartCopyFor: settings.SIGNED_START_COPY ?? [],
    ...(settings.SIGNED_DATA_URL === undefined ? {} : { signedDataUrl: settings.SIGNED_DATA_URL }),
    sessionLiveDimensions: settings.SESSION_LIVE_DIMENSIONS,
    reconcileIntervalMs: settings.RECONCILE_INTERVAL,
    doubtHoldMs: settings.HOLD_POLICY,
    ...(settings.COMMAND_TIMEOUT_ANNOUNCED === undefined
      ? {}
      : { commandMarginMs: settings.COMMAND_TIMEOUT_ANNOUNCED - settings.CALL_TIMEOUT }),
    commandWindowMs: settings.COMMAND_WINDOW,
    maxReservationMs: settings.MAX_RESERVATION,
    unlockWithActiveTx: settings.UNLOCK_WITH_ACTIVE_TX,
    minProfileIntervalMs: settings.MIN_PROFILE_INTERVAL,
    activeProfilePushMs: settings.ACTIVE_PROFILE_PUSH,
    activeProfilePollMs: settings.ACTIVE_PROFILE_POLL,
    verifyProfiles: settings.VERIFY_PROFILES,
    nominalVoltageV: settings.NOMINAL_VOLTAGE,
    tokenGraceMs: settings.TOKEN_GRACE,
    rtaTimeoutMs: settings.RTA_TIMEOUT,
    rtaReuseMs: settings.RTA_REUSE,
    tokenPullIntervalMs: settings.TOKEN_PULL_INTERVAL,
    resyncIntervalMs: settings.RESYNC_INTERVAL,
    rtaUnknown: settings.RTA_UNKNOWN,
    allowedPolicy: settings.ALLOWED_POLICY,
    concurrentSessions: settings.CONCURRENT_SESSIONS,
    localTokensFirst: settings.LOCAL_TOKENS_FIRST,
    localLists: settings.LOCAL_LISTS,
    oldKeyGraceMs: settings.OLD_KEY_GRACE,
    unknownStations: settings.UNKNOWN_STATIONS,
    chargerTls: chargerTls(settings),
    certificateOrganization: settings.OCPP_TLS_CLIENT_O ?? settings.BUSINESS_NAME,
    localListDelayMs: settings.LOCAL_LIST_DELAY,
    fileMaxBytes: settings.FILE_MAX,
    filesMaxBytes: settings.FILES_MAX,
    fileUrlMs: settings.FILE_URL_TTL,
    fileRetentionMs: settings.FILE_RETENTION,
    failOpen: settings.FAIL_OPEN,
  };
}
