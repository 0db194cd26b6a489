import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const DEBIAN = '/usr/lib/postgresql';
const START_LIMIT_MS = 90_000;
const POLL_MS = 50;

/** A PostgreSQL server of our own, in a temporary directory, reached through a Unix socket. */
export interface PostgresServer {
  /** URL of a database of this server; `postgres` exists. */
  url(database: string): string;
  stop(): Promise<void>;
}

/** Folder with the server's programs: TEST_PG_BIN, else the newest of the Debian packages; undefined = none. */
export function findPostgres(): string | undefined {
  const given = process.env.TEST_PG_BIN;
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : [];
  const debian = versions
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(DEBIAN, version, 'bin'));
  return (given ? [given] : debian).find((folder) => existsSync(join(folder, 'initdb')));
}

/** Starts a server; undefined when PostgreSQL is not installed. As root it runs as the user `postgres`. */
export async function startPostgres(
  options: { settings?: Record<string, string> } = {},
): Promise<PostgresServer | undefined> {
  const bin = findPostgres();
  if (bin === undefined) return undefined;
  const directory = mkdtempSync(join(tmpdir(), 'rb-pg-'));
  const user = serverUser();
  if (user) chownSync(directory, user.uid, user.gid);
  const run = { cwd: directory, env: { ...process.env, HOME: directory, LC_ALL: 'C.UTF-8' }, ...user };
  const data = join(directory, 'data');
  await promisify(execFile)(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    run,
  );
  const settings = Object.entries({ listen_addresses: '', max_connections: '100', ...options.settings });
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-k', directory, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...run, stdio: 'ignore' },
  );
  const kill = () => void server.kill('SIGQUIT');
  process.on('exit', kill);
  const url = (database: string) => `postgresql://postgres@${encodeURIComponent(directory)}/${database}`;
  await untilReady(url('postgres'), server);
  return {
    url,
    async stop() {
      process.off('exit', kill);
      await ended(server, 'SIGINT');
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

async function untilReady(url: string, server: ChildProcess): Promise<void> {
  const until = Date.now() + START_LIMIT_MS;
  for (;;) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (Date.now() > until || server.exitCode !== null) {
        throw new Error('the PostgreSQL of the tests does not start', { cause: error });
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}
