import { type Kysely, Migrator } from 'kysely';
import { StorageError } from '../errors.js';
import { MIGRATIONS } from '../migrations/list.js';
import type { Tables } from './tables.js';

/** Brings the tables to the newest version. Rejects with `SCHEMA_FAILED`; a migration that fails leaves nothing. */
export async function migrate(tables: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({ db: tables, provider: { getMigrations: async () => MIGRATIONS } });
  const { error, results } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const failed = results?.find((result) => result.status === 'Error')?.migrationName;
  throw new StorageError(
    'SCHEMA_FAILED',
    failed === undefined
      ? `the database was written by another version of this program: ${String(error)}`
      : `migration ${failed} failed: ${String(error)}`,
    { cause: error },
  );
}
