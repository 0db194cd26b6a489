import { join } from 'node:path';
import type { Log, Store } from '@roambridge/core';
import type { EpochMs } from '@roambridge/domain';
import { sql } from 'kysely';
import { type CommitSettings, type CommitStatistics, createGroupCommit } from './commit.js';
import type { Database } from './database/database.js';
import { lockDirectory } from './database/directory-lock.js';
import { migrate } from './database/migrate.js';
import { openPglite } from './database/pglite.js';
import { openPostgres } from './database/postgres.js';
import { createSecretBox } from './encoding/secret-box.js';
import { attentionStore } from './stores/attention.js';
import { auditStore } from './stores/audit.js';
import { cdrStore } from './stores/cdrs.js';
import { chargingProfileStore } from './stores/charging-profiles.js';
import { commandStore } from './stores/commands.js';
import type { StoreContext } from './stores/context.js';
import { deliveryStore } from './stores/deliveries.js';
import { deviceModelStore } from './stores/device-models.js';
import { exchangeStore } from './stores/exchanges.js';
import { fileGrantStore, fileStore } from './stores/files.js';
import { frameStore } from './stores/frames.js';
import { invoiceStore } from './stores/invoices.js';
import { jobStore } from './stores/jobs.js';
import { ledgerStore } from './stores/ledger.js';
import { localListStore } from './stores/local-lists.js';
import { localTokenStore } from './stores/local-tokens.js';
import { locationStore } from './stores/locations.js';
import { partnerStore } from './stores/partners.js';
import { reportStore } from './stores/reports.js';
import { reservationStore } from './stores/reservations.js';
import { resyncStore } from './stores/resyncs.js';
import { securityEventStore } from './stores/security-events.js';
import { sessionStore } from './stores/sessions.js';
import { settingStore } from './stores/settings.js';
import { stationConfigurationStore } from './stores/station-configurations.js';
import { stationStore } from './stores/stations.js';
import { tariffStore } from './stores/tariffs.js';
import { tokenStore } from './stores/tokens.js';
import { reserveIds } from './stores/transaction-ids.js';
import { transactionStore } from './stores/transactions.js';

export interface StoreOptions {
  /** PostgreSQL to use; absent = the embedded database in `${dataDir}/pglite`. */
  databaseUrl?: string;
  /** An open database to use in place of both; it stays open when the store is closed. */
  database?: Database;
  /** Locked against a second process with either database: the secrets of the gateway lie here. */
  dataDir: string;
  /** 32 bytes; partner tokens are encrypted with it. */
  secretsKey: Uint8Array;
  log: Log;
  commit?: CommitSettings;
  /** Told after every group commit. */
  statistics?: { groupCommitted(writeSets: number): void };
  /** The clock by which CDRs are released and correlation windows end (default: Date.now). */
  now?: () => EpochMs;
}

/** The store together with what only its owner needs. */
export interface OpenedStore extends Store {
  kind: 'postgresql' | 'pglite';
  statistics(): CommitStatistics;
  /** Resolves when no write set waits and none is under way. */
  idle(): Promise<void>;
}

/**
 * Opens the database, brings its tables up to date and frees the deliveries that a killed process was working on.
 * Rejects with `DATA_DIR_IN_USE` or `DATABASE_IN_USE` within 2 s when another gateway has it, `SCHEMA_FAILED`,
 * `DATABASE_UNAVAILABLE`, or `VALUE_INVALID` for a key of the wrong length.
 */
export async function openStore(options: StoreOptions): Promise<OpenedStore> {
  const { dataDir, log, statistics, now = Date.now } = options;
  const secretBox = createSecretBox(options.secretsKey);
  const lock = await lockDirectory(dataDir);
  let database: Database | undefined;
  try {
    database = await openDatabase(options);
    await migrate(database.tables);
    await freeLeases(database);
  } catch (error) {
    await database?.close();
    await lock.release();
    throw error;
  }

  const { tables, kind, commit: execute, close } = database;
  const commits = createGroupCommit({
    execute,
    now,
    log,
    settings: { maxUnderWay: database.commitsUnderWay, ...options.commit },
    ...(statistics ? { committed: (writeSets) => statistics.groupCommitted(writeSets) } : {}),
  });
  const context: StoreContext = { tables, now, commit: commits.commit };
  let closing: Promise<void> | undefined;

  async function shutDown(): Promise<void> {
    await commits.close();
    await close();
    await lock.release();
  }

  return {
    kind,
    commit: commits.commit,
    reserveTransactionIds: (count) => reserveIds(context, 'transaction', count),
    reserveReservationIds: (count) => reserveIds(context, 'reservation', count),
    stations: stationStore(context),
    transactions: transactionStore(context),
    locations: locationStore(context),
    tariffs: tariffStore(context),
    tokens: tokenStore(context),
    localTokens: localTokenStore(context),
    localLists: localListStore(context),
    partners: partnerStore({ tables, secretBox }),
    sessions: sessionStore(context),
    cdrs: cdrStore(context),
    invoices: invoiceStore(context),
    commands: commandStore(context),
    chargingProfiles: chargingProfileStore(context),
    deviceModels: deviceModelStore(context),
    reports: reportStore(context),
    reservations: reservationStore(context),
    resyncs: resyncStore(context),
    jobs: jobStore(context),
    securityEvents: securityEventStore(context),
    stationConfigurations: stationConfigurationStore(context),
    files: fileStore(context),
    fileGrants: fileGrantStore(context),
    deliveries: deliveryStore(context),
    frames: frameStore(context),
    exchanges: exchangeStore(context),
    attention: attentionStore(context),
    audit: auditStore(context),
    ledger: ledgerStore(context),
    settings: settingStore(context),
    async ping() {
      try {
        await sql`select 1`.execute(tables);
        return true;
      } catch {
        return false;
      }
    },
    statistics: commits.statistics,
    idle: commits.idle,
    close() {
      closing ??= shutDown();
      return closing;
    },
  };
}

async function openDatabase({ databaseUrl, database, dataDir, log }: StoreOptions): Promise<Database> {
  if (database) return { ...database, close: async () => undefined };
  return databaseUrl === undefined
    ? openPglite({ directory: join(dataDir, 'pglite'), log })
    : openPostgres({ url: databaseUrl, log });
}

/** Only one gateway has the database, so every lease is from an earlier process. */
async function freeLeases({ tables }: Database): Promise<void> {
  await tables
    .updateTable('deliveries')
    .set({ leased_until: null })
    .where('leased_until', 'is not', null)
    .execute();
}
