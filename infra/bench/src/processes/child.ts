import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A process of this package that takes orders and reports. */
export interface Child<Order, Report extends { is: string }> {
  readonly pid: number;
  tell(order: Order): void;
  /** Next report of this kind. Rejects when the process reports a failure, ends, or says nothing in time. */
  next<Kind extends Report['is']>(kind: Kind, timeoutMs: number): Promise<Extract<Report, { is: Kind }>>;
  stop(): Promise<void>;
}

/** Starts a module of this package (`path` below dist) in a process of its own. */
export function startChild<Order extends object, Report extends { is: string }>(
  path: string,
  environment: Record<string, string> = {},
): Child<Order, Report> {
  const child = fork(fileURLToPath(new URL(`../${path}`, import.meta.url)), {
    env: { ...process.env, ...environment },
  });
  const reports: Report[] = [];
  let waiting: { look: () => void } | undefined;
  let failure: string | undefined;

  child.on('message', (message) => {
    const report = message as Report;
    if (report.is === 'failed') failure ??= `${path}: ${JSON.stringify(report)}`;
    else reports.push(report);
    waiting?.look();
  });
  child.on('exit', (code, signal) => {
    failure ??= `${path} ended (${signal ?? code})`;
    waiting?.look();
  });

  return {
    pid: pidOf(child),
    tell: (order) => void child.send(order),
    next: (kind, timeoutMs) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => finish(() => reject(new Error(`${path}: no "${kind}" within ${timeoutMs} ms`))),
          timeoutMs,
        );
        function finish(settle: () => void): void {
          clearTimeout(timer);
          waiting = undefined;
          settle();
        }
        function look(): void {
          const report = reports.shift();
          if (failure !== undefined) finish(() => reject(new Error(failure)));
          else if (report && isKind(report, kind)) finish(() => resolve(report));
          else if (report) finish(() => reject(new Error(`${path}: "${report.is}" instead of "${kind}"`)));
        }
        waiting = { look };
        look();
      }),
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.disconnect();
      }),
  };
}

function isKind<Report extends { is: string }, Kind extends Report['is']>(
  report: Report,
  kind: Kind,
): report is Extract<Report, { is: Kind }> {
  return report.is === kind;
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('the process could not be started');
  return child.pid;
}
