import { PGlite } from '@electric-sql/pglite';
import { createPgConfig } from '@electric-sql/pglite/node-postgres';
import type { Log } from '@roambridge/core';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { valuesOf } from '../encoding/parameters.js';
import { DatabaseUnavailable } from '../errors.js';
import { PLANNER_SETTINGS, storablePool, types } from './client-settings.js';
import type { Database } from './database.js';
import { outcomeOf } from './failure.js';
import type { Tables } from './tables.js';

/** Wait for the one connection; a query that forgets its transaction fails then instead of waiting for itself. */
const CONNECTION_WAIT_MS = 10_000;

/** Embedded PostgreSQL in `directory`. The caller makes sure that no other process opens it. */
export async function openPglite(options: { directory: string; log: Log }): Promise<Database> {
  const { directory, log } = options;
  const pglite = await PGlite.create(directory);
  for (const [name, value] of Object.entries(PLANNER_SETTINGS)) await pglite.exec(`set ${name} = ${value}`);
  const pool = new pg.Pool({
    ...createPgConfig(pglite),
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: CONNECTION_WAIT_MS,
    types,
  });
  pool.on('error', (error) => log.error({ err: error }, 'connection to the embedded database failed'));
  log.warn(
    { directory },
    'using the embedded database: it survives the end of the process but not a power cut; set DATABASE_URL to run on PostgreSQL',
  );
  return {
    kind: 'pglite',
    tables: new Kysely<Tables>({ dialect: new PostgresDialect({ pool: storablePool(pool) }) }),
    commitsUnderWay: 1,
    async commit(statement) {
      const client = await pool.connect().catch((error: unknown) => {
        throw new DatabaseUnavailable(error);
      });
      try {
        await client.query({ name: statement.name, text: statement.text, values: valuesOf(statement) });
      } catch (error) {
        throw outcomeOf(error);
      } finally {
        client.release();
      }
    },
    async close() {
      await pool.end();
      await pglite.close();
    },
  };
}
