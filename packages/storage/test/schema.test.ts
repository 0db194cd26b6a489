import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { databases, type TestDatabase } from './support/databases.js';

const golden = readFileSync(new URL('./schema.txt', import.meta.url), 'utf8');

const COLUMNS = `select table_name || '.' || column_name || ' ' || data_type
    || case is_nullable when 'NO' then ' not null' else '' end
    || coalesce(' default ' || column_default, '') as line
  from information_schema.columns where table_schema = 'public' and table_name not like 'kysely%'
  order by table_name, ordinal_position`;
const INDEXES = `select indexdef as line from pg_indexes
  where schemaname = 'public' and tablename not like 'kysely%' order by tablename, indexname`;

async function schemaOf(client: { query(text: string): Promise<{ rows: unknown[] }> }): Promise<string> {
  const lines: string[] = [];
  for (const text of [COLUMNS, INDEXES]) {
    for (const row of (await client.query(text)).rows) lines.push((row as { line: string }).line);
  }
  return `${lines.join('\n')}\n`;
}

describe('the schema is that of test/schema.txt', () => {
  const created: TestDatabase[] = [];
  afterAll(async () => {
    for (const database of created) await database.dispose();
  });

  test('on PGlite', async () => {
    const database = await databases[0]!.create();
    created.push(database);
    await (await database.open()).close();
    const { PGlite } = await import('@electric-sql/pglite');
    const pglite = await PGlite.create(`${database.dataDir}/pglite`);
    expect(await schemaOf(pglite)).toBe(golden);
    await pglite.close();
  });

  (databases[1]!.available ? test : test.skip)('on PostgreSQL', async () => {
    const database = await databases[1]!.create();
    created.push(database);
    await database.open();
    const client = new pg.Client({ connectionString: database.databaseUrl! });
    await client.connect();
    expect(await schemaOf(client)).toBe(golden);
    await client.end();
  });
});
