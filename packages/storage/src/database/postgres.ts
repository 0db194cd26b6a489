import type { Log } from '@roambridge/core';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { PLANNER_SETTINGS, storablePool, types } from './client-settings.js';
import type { Database } from './database.js';
import type { Tables } from './tables.js';
import { COMMITS_UNDER_WAY, createThreadedCommits } from './threaded-commits.js';

/** Connections for everything that is no group commit, which has one of its own. */
const READ_CONNECTIONS = 6;
/** Wait for a connection. */
const CONNECTION_WAIT_MS = 10_000;
/** Longest statement outside commits. */
const STATEMENT_TIMEOUT_MS = 60_000;

/** Settings without which an acknowledged commit can be lost. */
const DURABILITY = {
  fsync: ['on'],
  full_page_writes: ['on'],
  synchronous_commit: ['on', 'local', 'remote_write', 'remote_apply'],
} as const satisfies Record<string, readonly string[]>;

/**
 * PostgreSQL at `url`, for this gateway alone: rejects with `DATABASE_IN_USE` when another one works on the same
 * database.
 */
export async function openPostgres(options: { url: string; log: Log }): Promise<Database> {
  const { url, log } = options;
  const settings: pg.ClientConfig = {
    connectionString: url,
    application_name: `roambridge ${process.pid}`,
    connectionTimeoutMillis: CONNECTION_WAIT_MS,
    keepAlive: true,
    options: Object.entries(PLANNER_SETTINGS)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
  };
  const commits = createThreadedCommits({ settings, log });
  await commits.connect();
  const pool = new pg.Pool({
    ...settings,
    types,
    max: READ_CONNECTIONS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
  });
  pool.on('error', (error) => log.warn({ err: error }, 'an idle database connection was lost'));
  const tables = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: storablePool(pool) }) });
  const database: Database = {
    kind: 'postgresql',
    tables,
    commit: commits.execute,
    commitsUnderWay: COMMITS_UNDER_WAY,
    async close() {
      await Promise.all([tables.destroy(), commits.close()]);
    },
  };
  try {
    await warnIfUnsafe(tables, log);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}

async function warnIfUnsafe(tables: Kysely<Tables>, log: Log): Promise<void> {
  for (const [name, safe] of Object.entries(DURABILITY)) {
    const { rows } = await sql<{ value: string }>`select current_setting(${name}) as value`.execute(tables);
    const value = rows[0]?.value ?? '';
    if (!(safe as readonly string[]).includes(value)) {
      log.warn({ setting: name, value }, 'PostgreSQL may lose acknowledged commits with this setting');
    }
  }
}
