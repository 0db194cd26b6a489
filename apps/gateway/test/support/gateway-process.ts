import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { SHORT_SETTINGS } from './test-gateway.js';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const START_LIMIT_MS = 90_000;

/** `npm test` builds it; jest alone does not. */
export const isBuilt = existsSync(MAIN);

export interface GatewayProcess {
  pid: number;
  urls: { ocpp: string; ocppTls?: string; ocpiVersions: string; operator: string };
  /** SIGKILL: no chance to clean up. */
  kill(): Promise<void>;
  /** SIGTERM, in good order. */
  stop(): Promise<Ended>;
}

export interface Ended {
  code: number | null;
  /** Everything it wrote. */
  output: string;
}

function launch(settings: Record<string, string>): {
  child: ChildProcess;
  lines: string[];
  ended: Promise<Ended>;
} {
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, ...SHORT_SETTINGS, LOG_LEVEL: 'info', LOG_FORMAT: 'json', ...settings },
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', (line) => lines.push(line));
  }
  const ended = new Promise<Ended>((resolve) =>
    child.once('close', (code) => resolve({ code, output: lines.join('\n') })),
  );
  return { child, lines, ended };
}

/** Starts the gateway as a process of its own; resolves when it is up. @throws Error with its output when it ends. */
export async function startGatewayProcess(settings: Record<string, string>): Promise<GatewayProcess> {
  const { child, lines, ended } = launch(settings);
  const lastResort = () => void child.kill('SIGKILL');
  process.once('exit', lastResort);
  void ended.then(() => process.off('exit', lastResort));
  const urls = await upOrEnded(child, lines, ended);
  return {
    pid: child.pid ?? 0,
    urls,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** Runs a gateway that is expected to refuse; it is killed when it has not ended in time. */
export async function runRefusedGateway(settings: Record<string, string>, timeoutMs: number): Promise<Ended> {
  const { child, ended } = launch(settings);
  const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  const how = await ended;
  clearTimeout(timer);
  return how;
}

function upOrEnded(
  child: ChildProcess,
  lines: readonly string[],
  ended: Promise<Ended>,
): Promise<GatewayProcess['urls']> {
  return new Promise((resolve, reject) => {
    const refuse = (why: string) => reject(new Error(`the gateway ${why}\n${lines.join('\n')}`));
    const timer = setTimeout(() => refuse('does not start'), START_LIMIT_MS);
    void ended.then(({ code }) => refuse(`ended with ${code}`)).finally(() => clearTimeout(timer));
    child.stdout?.on('data', () => {
      // Lines are split a moment after the data arrives.
      setImmediate(() => {
        const up = lines.find((line) => line.includes('"gateway is up"'));
        if (up === undefined) return;
        clearTimeout(timer);
        resolve(JSON.parse(up) as GatewayProcess['urls']);
      });
    });
  });
}
