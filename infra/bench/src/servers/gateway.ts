import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../processes/free-port.js';
import { createOperatorClient, type OperatorClient } from './operator-client.js';

const GATEWAY_MAIN = fileURLToPath(new URL('../../../../apps/gateway/dist/main.js', import.meta.url));
/** As in `npm run gateway`: what a message needs is gone before the next collection, and never moved. */
const NODE_FLAGS = ['--max-semi-space-size=64'];
const READY_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 20_000;
const POLL_MS = 100;
const LOG_TAIL_CHARS = 2_000;

/** The gateway as in production, in a process of its own. */
export interface Gateway {
  pid: number;
  /** Ends with a slash; the station id follows. */
  ocppUrl: string;
  operator: OperatorClient;
  /** Stops it, does the task with its data directory and starts it again; its `pid` is another one then. */
  whileDown(task: (dataDir: string) => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts `npm run gateway` on a fresh database: the embedded one, or PostgreSQL at `databaseUrl`. All settings have
 * their defaults, but CDRs leave a second after the end of a session so that they are pushed during the run, and for
 * `settings`. `BENCH_NODE_OPTIONS` goes to its node, e.g. `--cpu-prof`.
 */
export async function startGateway(
  databaseUrl?: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<Gateway> {
  const directory = mkdtempSync(join(tmpdir(), 'rb-bench-'));
  const [ocppPort, ocpiPort, operatorPort] = [await freePort(), await freePort(), await freePort()];
  const token = randomBytes(24).toString('base64url');
  const logFile = join(directory, 'gateway.log');
  const nodeOptions = (process.env.BENCH_NODE_OPTIONS ?? '').split(' ').filter((option) => option !== '');
  const dataDir = join(directory, 'data');
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    DATA_DIR: dataDir,
    OCPP_PORT: String(ocppPort),
    OCPI_PORT: String(ocpiPort),
    OPERATOR_PORT: String(operatorPort),
    OPERATOR_TOKEN: token,
    OCPI_PUBLIC_URL: `http://127.0.0.1:${ocpiPort}`,
    OCPI_ALLOW_PRIVATE_PARTNER_URLS: 'true',
    CDR_SETTLE: '1s',
    LOG_FORMAT: 'json',
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
    ...settings,
  };
  const operatorUrl = `http://127.0.0.1:${operatorPort}`;

  let child: ChildProcess | undefined;
  async function start(): Promise<void> {
    const log = openSync(logFile, 'a');
    child = spawn(process.execPath, [...NODE_FLAGS, ...nodeOptions, GATEWAY_MAIN], {
      stdio: ['ignore', log, log],
      env,
    });
    closeSync(log);
    await untilReady(operatorUrl, child, () => readFileSync(logFile, 'utf8').slice(-LOG_TAIL_CHARS));
  }

  const kill = () => void child?.kill('SIGKILL');
  process.on('exit', kill);
  await start();
  return {
    pid: pidOf(child),
    async whileDown(task) {
      if (child) await ended(child);
      await task(dataDir);
      await start();
    },
    ocppUrl: `ws://127.0.0.1:${ocppPort}/ocpp/`,
    operator: createOperatorClient({ url: operatorUrl, token }),
    async stop() {
      process.off('exit', kill);
      if (child) await ended(child);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function pidOf(child: ChildProcess | undefined): number {
  return child?.pid ?? 0;
}

async function untilReady(url: string, child: ChildProcess, tail: () => string): Promise<void> {
  const until = Date.now() + READY_TIMEOUT_MS;
  for (;;) {
    const ready = await fetch(`${url}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return;
    if (child.exitCode !== null || Date.now() > until) {
      throw new Error(`the gateway is not ready:\n${tail()}`);
    }
    await delay(POLL_MS);
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await exit;
  clearTimeout(timer);
}
