import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { databases, type TestDatabase } from './support/databases.js';

const GOLDEN = new URL('./schema.txt', import.meta.url);

const COLUMNS = `select table_name || '.' || column_name || ' ' || data_type
    || coalesce(' collate ' || collation_name, '')
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

/** With UPDATE_SCHEMA set the file is written anew, to be read in the change that adds a migration. */
function compare(schema: string): void {
  if (process.env.UPDATE_SCHEMA) writeFileSync(GOLDEN, schema);
  expect(schema).toBe(readFileSync(GOLDEN, 'utf8'));
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
    compare(await schemaOf(pglite));
    await pglite.exec("insert into kysely_migration (name, timestamp) values ('9999-later', 'now')");
    await pglite.close();
    await expect(database.open()).rejects.toMatchObject({
      code: 'SCHEMA_FAILED',
      message: expect.stringContaining('another version of this program'),
    });
  });

  (databases[1]!.available ? test : test.skip)('on PostgreSQL', async () => {
    const database = await databases[1]!.create();
    created.push(database);
    await database.open();
    const client = new pg.Client({ connectionString: database.databaseUrl! });
    await client.connect();
    compare(await schemaOf(client));
    await client.end();
  });
});
