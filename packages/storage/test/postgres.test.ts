import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { CommitUnknown, type OpenedStore, openStore } from '../src/index.js';
import { silentLog } from './support/databases.js';
import { startGatewayProcess } from './support/gateway-process.js';
import { findPostgres, type PostgresServer, startPostgres } from './support/postgres.js';
import { frame } from './support/samples.js';

const run = findPostgres() === undefined ? describe.skip : describe;
const secretsKey = Buffer.alloc(32, 7);

run('a gateway on PostgreSQL', () => {
  const directories: string[] = [];
  const dataDir = () => {
    const directory = mkdtempSync(join(tmpdir(), 'rb-data-'));
    directories.push(directory);
    return directory;
  };
  const warnings: string[] = [];
  let server: PostgresServer;
  let admin: pg.Client;
  let store: OpenedStore;

  beforeAll(async () => {
    const started = await startPostgres({ settings: { full_page_writes: 'off' } });
    if (!started) throw new Error('PostgreSQL is not installed');
    server = started;
    admin = new pg.Client({ connectionString: server.url('postgres') });
    await admin.connect();
    const log = {
      ...silentLog,
      warn: (fields: object, message: string) => warnings.push(JSON.stringify([fields, message])),
    };
    store = await openStore({ databaseUrl: server.url('postgres'), dataDir: dataDir(), secretsKey, log });
  });

  afterAll(async () => {
    await store.close();
    await admin.end();
    await server.stop();
    for (const directory of directories) rmSync(directory, { recursive: true, force: true });
  });

  const terminate = (which: string) =>
    admin.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name like 'roambridge%' and pid in (select pid from pg_locks where locktype = 'advisory') = ${which}`,
    );

  test('warns of a setting that can lose commits', () => {
    expect(warnings).toEqual([expect.stringContaining('full_page_writes')]);
  });

  test('a second gateway with a directory of its own is refused on the same database', async () => {
    const options = { databaseUrl: server.url('postgres'), dataDir: dataDir() };
    const second = startGatewayProcess(options, 'hold');
    await second.printed(1);
    expect(second.lines[0]).toBe(
      `refused DATABASE_IN_USE the database is in use by roambridge ${process.pid} at this machine; ` +
        'stop it, or give this gateway a database of its own',
    );
    await second.kill();
    const ownDatabase = 'second';
    await admin.query(`create database ${ownDatabase}`);
    const other = startGatewayProcess({ ...options, databaseUrl: server.url(ownDatabase) }, 'hold');
    await other.printed(1);
    expect(other.lines[0]).toBe('open');
    await other.kill();
  });

  test('lost connections are made anew by the next read and the next commit', async () => {
    await store.settings.put('before', '1');
    const ours = await admin.query<{ pid: number }>(
      "select pid from pg_stat_activity where application_name like 'roambridge%'",
    );
    await terminate('true');
    await terminate('false');
    await untilEnded(
      admin,
      ours.rows.map(({ pid }) => pid),
    );
    // The loss is known when the sockets have told it.
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await store.settings.get('before')).toBe('1');
    await store.commit({ stationId: 'again', frames: [frame('again')] });
  });

  test('a commit whose connection is lost under way has an unknown outcome, and the next group is stored', async () => {
    await admin.query('begin');
    await admin.query('lock table frames');
    const unknown = store.commit({ stationId: 'lost', frames: [frame('lost')] });
    const outcome = expect(unknown).rejects.toBeInstanceOf(CommitUnknown);
    await untilWaiting(admin);
    await terminate('true');
    await outcome;
    await admin.query('rollback');
    await store.commit({ stationId: 'next', frames: [frame('next')] });
    expect((await store.frames.page({ stationId: 'lost', limit: 1 })).items).toEqual([]);
    expect((await store.frames.page({ stationId: 'next', limit: 1 })).items).toHaveLength(1);
  });

  test('a commit is refused when another gateway took the database meanwhile', async () => {
    await store.idle();
    const thief = new pg.Client({ connectionString: server.url('postgres') });
    await thief.connect();
    const taking = thief.query('select pg_advisory_lock($1, $2)', [0x526f616d, 0x62726964]);
    await untilWaiting(admin);
    await terminate('true');
    await taking;
    await new Promise((resolve) => setTimeout(resolve, 50));
    await expect(store.commit({ stationId: 'x', frames: [frame('x')] })).rejects.toMatchObject({
      code: 'DATABASE_IN_USE',
    });
    await thief.end();
    await store.commit({ stationId: 'x', frames: [frame('x')] });
  });
});

/** The server's processes of these connections are gone. */
async function untilEnded(admin: pg.Client, pids: readonly number[]): Promise<void> {
  for (;;) {
    const { rows } = await admin.query('select 1 from pg_stat_activity where pid = any($1)', [pids]);
    if (rows.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function untilWaiting(admin: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await admin.query('select 1 from pg_locks where not granted');
    if (rows.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
