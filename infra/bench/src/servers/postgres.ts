import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const DEBIAN = '/usr/lib/postgresql';
const START_LIMIT_MS = 20_000;
const POLL_MS = 100;

const run = promisify(execFile);

/** A PostgreSQL of our own in a temporary directory, with the settings that it comes with (fsync is on). */
export interface PostgresServer {
  pid: number;
  /** What `DATABASE_URL` of the gateway is set to. */
  url: string;
  /** First column of the first row. */
  ask(sql: string): Promise<string>;
  stop(): Promise<void>;
}

/** Folder of the server's programs: TEST_PG_BIN, else the newest of the Debian packages; undefined = none. */
export function findPostgres(): string | undefined {
  const given = process.env.TEST_PG_BIN;
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : [];
  const debian = versions
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(DEBIAN, version, 'bin'));
  return (given ? [given] : debian).find((folder) => existsSync(join(folder, 'initdb')));
}

/** `bin` comes from {@link findPostgres}. As root the server runs as the user `postgres`. */
export async function startPostgres(
  bin: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<PostgresServer> {
  const directory = mkdtempSync(join(tmpdir(), 'rb-bench-pg-'));
  const user = serverUser();
  if (user) chownSync(directory, user.uid, user.gid);
  const options = { cwd: directory, env: { ...process.env, HOME: directory, LC_ALL: 'C.UTF-8' }, ...user };
  const data = join(directory, 'data');
  await run(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    options,
  );
  const server = spawn(
    join(bin, 'postgres'),
    [
      '-D',
      data,
      '-k',
      directory,
      ...Object.entries({ listen_addresses: '', ...settings }).flatMap(([name, value]) => [
        '-c',
        `${name}=${value}`,
      ]),
    ],
    {
      ...options,
      stdio: 'ignore',
    },
  );
  const kill = () => void server.kill('SIGQUIT');
  process.on('exit', kill);

  async function ask(sql: string): Promise<string> {
    const { stdout } = await run(
      join(bin, 'psql'),
      ['-h', directory, '-U', 'postgres', '-At', '-c', sql],
      options,
    );
    return stdout.trim();
  }

  await untilReady(() => ask('select 1'), server);
  return {
    pid: server.pid ?? 0,
    url: `postgresql://postgres@${encodeURIComponent(directory)}/postgres`,
    ask,
    async stop() {
      process.off('exit', kill);
      await ended(server);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root. */
function serverUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function untilReady(ask: () => Promise<string>, server: ChildProcess): Promise<void> {
  const until = Date.now() + START_LIMIT_MS;
  for (;;) {
    try {
      await ask();
      return;
    } catch (error) {
      if (Date.now() > until || server.exitCode !== null) {
        throw new Error('the PostgreSQL of the benchmark does not start', { cause: error });
      }
      await delay(POLL_MS);
    }
  }
}

function ended(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (server.exitCode !== null || server.signalCode !== null) return resolve();
    server.once('exit', () => resolve());
    // Fast shutdown: sessions are ended.
    server.kill('SIGINT');
  });
}
