import { createHash, randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Log } from '@roambridge/core';
import pg from 'pg';
import { type OpenedStore, openStore, type StoreOptions } from '../../src/index.js';
import { findPostgres, type PostgresServer, startPostgres } from './postgres.js';

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** An empty database with a data directory; opened and closed as often as a test likes. */
export interface TestDatabase {
  dataDir: string;
  /** Absent for the embedded one. */
  databaseUrl?: string;
  secretsKey: Uint8Array;
  open(options?: Partial<StoreOptions>): Promise<OpenedStore>;
  dispose(): Promise<void>;
}

export interface DatabaseKind {
  name: 'PostgreSQL' | 'PGlite';
  /** Whether it can be used on this machine. */
  available: boolean;
  create(): Promise<TestDatabase>;
}

/** The databases that the conformance suite runs on. */
export const databases: readonly DatabaseKind[] = [
  { name: 'PGlite', available: true, create: createPglite },
  {
    name: 'PostgreSQL',
    available: Boolean(process.env.DATABASE_URL) || findPostgres() !== undefined,
    create: createPostgres,
  },
];

let server: { users: number; started: Promise<PostgresServer | undefined> } | undefined;

async function createPostgres(): Promise<TestDatabase> {
  const given = process.env.DATABASE_URL;
  if (!given) {
    server ??= { users: 0, started: startPostgres() };
    server.users += 1;
  }
  const started = await server?.started;
  const admin = given || started?.url('postgres');
  if (!admin) throw new Error('PostgreSQL is not installed');
  const name = `roambridge_${randomBytes(6).toString('hex')}`;
  await execute(admin, `create database ${name}`);
  const target = started?.url(name) ?? Object.assign(new URL(admin), { pathname: `/${name}` }).href;
  return testDatabase(mkdtempSync(join(tmpdir(), 'rb-data-')), target, async () => {
    await execute(admin, `drop database ${name} with (force)`);
    if (!server || !started) return;
    server.users -= 1;
    if (server.users > 0) return;
    server = undefined;
    await started.stop();
  });
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function createPglite(): Promise<TestDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rb-data-'));
  await copyTemplate(dataDir);
  return testDatabase(dataDir, undefined, async () => undefined);
}

/** Puts a migrated, empty embedded database into a data directory. */
export async function copyTemplate(dataDir: string): Promise<void> {
  cpSync(await pgliteTemplate(), join(dataDir, 'pglite'), { recursive: true });
}

function testDatabase(
  dataDir: string,
  databaseUrl: string | undefined,
  drop: () => Promise<void>,
): TestDatabase {
  const secretsKey = Buffer.alloc(32, 7);
  const opened: OpenedStore[] = [];
  return {
    dataDir,
    secretsKey,
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    async open(options = {}) {
      const store = await openStore({
        dataDir,
        secretsKey,
        log: silentLog,
        ...(databaseUrl === undefined ? {} : { databaseUrl }),
        ...options,
      });
      opened.push(store);
      return store;
    },
    async dispose() {
      for (const store of opened) await store.close();
      await drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Making an embedded database takes seconds, copying one does not: kept until the migrations change. */
async function pgliteTemplate(): Promise<string> {
  const source = (path: string) => readFileSync(fileURLToPath(new URL(path, import.meta.url)));
  const version = createHash('sha256')
    .update(source('../../src/migrations/list.ts'))
    .update(source('../../src/migrations/0001-initial.ts'))
    .update(source('../../package.json'))
    .digest('hex')
    .slice(0, 16);
  const template = join(tmpdir(), `rb-pglite-${version}`);
  if (existsSync(template)) return template;
  const dataDir = mkdtempSync(join(tmpdir(), 'rb-data-'));
  const store = await openStore({ dataDir, secretsKey: Buffer.alloc(32), log: silentLog });
  await store.close();
  try {
    renameSync(join(dataDir, 'pglite'), template);
  } catch (error) {
    // Another test process was faster.
    if (!existsSync(template)) throw error;
  }
  rmSync(dataDir, { recursive: true, force: true });
  return template;
}
