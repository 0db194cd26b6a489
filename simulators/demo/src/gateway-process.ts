import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openGatewayLog } from './gateway-log.js';

const GATEWAY_MAIN = fileURLToPath(new URL('../../../apps/gateway/dist/main.js', import.meta.url));
const READY_TIMEOUT_MS = 60_000;
const READY_POLL_MS = 100;
const PROBE_TIMEOUT_MS = 2_000;
/** Draining may take a while; a gateway that does not end is killed. */
const STOP_TIMEOUT_MS = 20_000;

/** The gateway as a child process. */
export interface GatewayProcess {
  /** Resolves when it has ended, for whatever reason. */
  readonly ended: Promise<string>;
  /** Last lines of its output. */
  lastLines(): readonly string[];
  /** Resolves when it takes traffic. @throws Error when it ends or is not ready in time. */
  ready(): Promise<void>;
  /** Lets it drain and waits for its end; false when it had to be killed. */
  stop(): Promise<boolean>;
}

export function startGateway(options: {
  environment: Record<string, string | undefined>;
  operatorUrl: string;
  logFile: string;
  warn: (text: string) => void;
}): GatewayProcess {
  const log = openGatewayLog(options.logFile, options.warn);
  const child = spawn(process.execPath, [GATEWAY_MAIN], {
    env: options.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Its own process group: Ctrl-C reaches this process alone, which stops the simulators first.
    detached: true,
  });
  log.follow(child.stdout);
  log.follow(child.stderr);
  const lastResort = () => child.kill('SIGTERM');
  process.once('exit', lastResort);
  const ended = endOf(child).then((how) => {
    process.removeListener('exit', lastResort);
    log.close();
    return how;
  });

  return {
    ended,
    lastLines: log.lastLines,
    async ready() {
      let death: string | undefined;
      void ended.then((how) => {
        death = how;
      });
      const end = Date.now() + READY_TIMEOUT_MS;
      while (Date.now() < end) {
        if (death !== undefined) throw new Error(`the gateway ended before it was ready (${death})`);
        if (await answersReady(options.operatorUrl)) return;
        await delay(READY_POLL_MS);
      }
      throw new Error(`the gateway was not ready after ${READY_TIMEOUT_MS / 1_000} s`);
    },
    async stop() {
      child.kill('SIGTERM');
      const inTime = await Promise.race([
        ended.then(() => true),
        delay(STOP_TIMEOUT_MS, false, { ref: false }),
      ]);
      if (!inTime) {
        child.kill('SIGKILL');
        await ended;
      }
      return inTime;
    },
  };
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    // `close` comes after the last line of its output.
    child.once('close', (code, signal) =>
      resolve(signal === null ? `exit code ${code}` : `signal ${signal}`),
    );
  });
}

async function answersReady(operatorUrl: string): Promise<boolean> {
  try {
    const response = await fetch(`${operatorUrl}/readyz`, {
      signal: AbortSignal.timeout(PROBE_TIMEOUT_MS),
    });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
