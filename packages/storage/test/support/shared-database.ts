import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { openPglite } from '../../src/database/pglite.js';
import type { Database } from '../../src/index.js';
import { copyTemplate, silentLog } from './databases.js';

/** An embedded database that stays open for many gateways, one after another, and is set back between them. */
export interface SharedDatabase {
  database: Database;
  /** Keeps the present rows, to which `restore` goes back. */
  save(): Promise<void>;
  restore(): Promise<void>;
  dispose(): Promise<void>;
}

/** Opening an embedded database costs half a second, setting its rows back a few milliseconds. */
export async function openSharedDatabase(): Promise<SharedDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rb-shared-'));
  await copyTemplate(dataDir);
  const database = await openPglite({ directory: join(dataDir, 'pglite'), log: silentLog });
  const { tables } = database;
  // What the database computes itself cannot be set.
  const stored = (
    await sql<{ name: string; columns: string }>`
      select table_name as name, string_agg(quote_ident(column_name), ', ') as columns
      from information_schema.columns
      where table_schema = 'public' and table_name not like 'kysely%' and is_generated = 'NEVER'
      group by table_name`.execute(tables)
  ).rows;
  const names = stored.map(({ name }) => name);
  const sequences = (
    await sql<{
      name: string;
    }>`select sequencename as name from pg_sequences where schemaname = 'public'`.execute(tables)
  ).rows.map(({ name }) => name);
  const all = (statements: string[]) =>
    sql.raw(`do $$ begin ${statements.join('; ')}; end $$`).execute(tables);

  return {
    database,
    async save() {
      await all([
        'drop schema if exists saved cascade',
        'create schema saved',
        ...names.map((name) => `create table saved.${name} as table public.${name}`),
        ...sequences.map(
          (name) => `create table saved.${name} as select last_value, is_called from public.${name}`,
        ),
      ]);
    },
    async restore() {
      await all([
        // Rows are set back as they were; their references need no second check.
        'set local session_replication_role = replica',
        ...stored.flatMap(({ name, columns }) => [
          `delete from public.${name}`,
          `insert into public.${name} (${columns}) select ${columns} from saved.${name}`,
        ]),
        ...sequences.map(
          (name) => `perform setval('public.${name}', last_value, is_called) from saved.${name}`,
        ),
      ]);
    },
    async dispose() {
      await database.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
