import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { TestDatabase } from './databases.js';

/** Another process on the same data directory and database. */
export interface GatewayProcess {
  pid: number;
  lines: string[];
  /** Resolves when so many lines were printed, or the process ended. */
  printed(count: number): Promise<void>;
  /** Ends it without a chance to clean up. */
  kill(): Promise<void>;
}

export function startGatewayProcess(
  database: Pick<TestDatabase, 'dataDir' | 'databaseUrl'>,
  mode: 'hold' | 'write',
  round = 0,
): GatewayProcess {
  const { dataDir, databaseUrl } = database;
  const program = fileURLToPath(new URL('./store-writer.mjs', import.meta.url));
  const child: ChildProcess = spawn(
    process.execPath,
    [program, JSON.stringify({ mode, dataDir, databaseUrl, round })],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NODE_OPTIONS: '' } },
  );
  const lines: string[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  let over = false;
  const wake = () => {
    for (const one of waiting) if (over || lines.length >= one.count) one.resolve();
  };
  if (!child.stdout) throw new Error('the process has no output');
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    wake();
  });
  const ended = new Promise<void>((resolve) =>
    child.once('close', () => {
      over = true;
      wake();
      resolve();
    }),
  );
  return {
    pid: child.pid ?? 0,
    lines,
    printed: (count) =>
      new Promise((resolve) => {
        if (over || lines.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
