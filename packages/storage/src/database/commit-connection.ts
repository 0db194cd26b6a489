import type { Log } from '@roambridge/core';
import pg from 'pg';
import { valuesOf } from '../encoding/parameters.js';
import { CommitUnknown, DatabaseUnavailable, StorageError } from '../errors.js';
import type { PreparedStatement } from './database.js';
import { outcomeOf } from './failure.js';

/** Advisory lock of the gateway: "Roam" and "brid" as two four-byte numbers. */
const LOCK = [0x526f616d, 0x62726964];
/** A gateway that was just killed is noticed by the database within this time. */
const LOCK_WAIT_MS = 1_000;
const LOCK_POLL_MS = 100;
/** The database gives up a gateway that is gone without a word after half a minute, and with it its lock. */
const KEEP_ALIVE =
  'set tcp_keepalives_idle = 15; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3';
/** Longest commit; then the connection is given up and the outcome is not known. */
const COMMIT_TIMEOUT_MS = 30_000;

/**
 * The one connection on which commits are made. It holds the lock of the gateway for as long as it lives, so that
 * no commit is made by a gateway that another one has replaced. A lost connection is made anew by the next commit.
 */
export interface CommitConnection {
  connect(): Promise<void>;
  execute(statement: PreparedStatement): Promise<void>;
  close(): Promise<void>;
}

export function createCommitConnection(options: { settings: pg.ClientConfig; log: Log }): CommitConnection {
  const { settings, log } = options;
  let current: pg.Client | undefined;

  function drop(client: pg.Client): void {
    if (current === client) current = undefined;
    client.end().catch(() => undefined);
  }

  async function open(): Promise<pg.Client> {
    const client = new pg.Client({ ...settings, query_timeout: COMMIT_TIMEOUT_MS });
    client.on('error', (error) => {
      log.warn({ err: error }, 'the database connection of the commits was lost');
      drop(client);
    });
    try {
      await client.connect();
      await takeLock(client);
    } catch (error) {
      drop(client);
      throw error instanceof StorageError ? error : new DatabaseUnavailable(error);
    }
    current = client;
    return client;
  }

  return {
    async connect() {
      await open();
    },
    async execute(statement) {
      const client = current ?? (await open());
      try {
        await client.query({ name: statement.name, text: statement.text, values: valuesOf(statement) });
      } catch (error) {
        const outcome = outcomeOf(error);
        if (outcome instanceof CommitUnknown) drop(client);
        throw outcome;
      }
    },
    async close() {
      const client = current;
      current = undefined;
      await client?.end();
    },
  };
}

async function takeLock(client: pg.Client): Promise<void> {
  await client.query(KEEP_ALIVE);
  const until = Date.now() + LOCK_WAIT_MS;
  for (;;) {
    const { rows } = await client.query<{ taken: boolean }>(
      'select pg_try_advisory_lock($1, $2) as taken',
      LOCK,
    );
    if (rows[0]?.taken === true) return;
    if (Date.now() >= until) break;
    await new Promise((resolve) => setTimeout(resolve, LOCK_POLL_MS));
  }
  const { rows } = await client.query<{ name: string; address: string | null }>(
    `select a.application_name as name, host(a.client_addr) as address
     from pg_locks l join pg_stat_activity a using (pid)
     where l.locktype = 'advisory' and l.database = (select oid from pg_database where datname = current_database())
       and l.classid::int8 = $1 and l.objid::int8 = $2 and l.granted`,
    LOCK,
  );
  const holder = rows[0] ? `${rows[0].name} at ${rows[0].address ?? 'this machine'}` : 'another gateway';
  throw new StorageError(
    'DATABASE_IN_USE',
    `the database is in use by ${holder}; stop it, or give this gateway a database of its own`,
  );
}
