import type { BenchResults } from '../run/bench.js';
import type { ConsoleResult } from '../run/console.js';
import type { Row } from './rows.js';
import { number, percent } from './table.js';

/** Share of the machine used by others above which ratios are not to be relied on. */
const NOISY_SHARE = 0.15;

/** What a message costs in statements and CPU, and whether the partner was told everything. */
export function closingNote(rows: readonly Row[], results: BenchResults): string[] {
  return [
    ...noiseOf(results),
    ...deadlocksOf(results),
    ...results.console.map(consoleNote),
    ...rows.filter(({ mix }) => mix !== 'heartbeat').flatMap(costOf),
    ...results.ledgers.flatMap((found) => ledgerOf(found, results)),
  ];
}

function ledgerOf({ server, ledger }: BenchResults['ledgers'][number], results: BenchResults): string[] {
  if (ledger.sessionsEnded === 0) return [];
  return [
    `${server}: ${ledger.sessionsEnded} sessions ended, ${ledger.cdrsStored} CDRs stored, ` +
      `${ledger.cdrsTold} CDRs and ${ledger.sessionsToldCompleted} completed sessions at the partner, ` +
      `which objected ${ledger.findings} times; ${drainOf(results, server)}`,
  ];
}

function noiseOf({ measurements }: BenchResults): string[] {
  const most = Math.max(0, ...measurements.map(({ othersShare = 0 }) => othersShare));
  if (most < NOISY_SHARE) return [];
  return [`Other programs used up to ${percent(most)} of this machine meanwhile: the figures are noisy.`];
}

function deadlocksOf({ measurements }: BenchResults): string[] {
  const deadlocks = measurements.reduce((sum, found) => sum + (found.deadlocks ?? 0), 0);
  return deadlocks === 0
    ? []
    : [`PostgreSQL had to resolve ${deadlocks} deadlocks, each after its deadlock_timeout.`];
}

function costOf({ server, mix, stations, figures }: Row): string[] {
  const { commits, commitGroup, databaseTransactions, serverCpuUs, databaseCpuUs } = figures;
  if (commits === undefined) return [];
  const transactions =
    databaseTransactions === undefined
      ? ''
      : `, ${number(databaseTransactions, 3)} database transactions with all reads`;
  const cpu =
    serverCpuUs === undefined
      ? ''
      : `, ${number(serverCpuUs, 0)} us CPU${databaseCpuUs === undefined ? '' : ` and ${number(databaseCpuUs, 0)} us in the database`}`;
  return [
    `A ${mix} message on ${server} (${stations} stations) costs ${number(commits, 3)} commits of one statement each ` +
      `(${number(commitGroup, 0)} write sets share one)${transactions}${cpu}.`,
  ];
}

/** A key is answered within this time, ms. */
const CONSOLE_BAR_MS = 100;

function consoleNote({ stations, changesPerSecond, keys, p95Ms, longestMs }: ConsoleResult): string {
  return (
    `Console with ${stations} stations and ${changesPerSecond} changes/s: of ${keys} keys 95 % are answered within ` +
    `${number(p95Ms, 0)} ms, the slowest in ${number(longestMs, 0)} ms (bar ${CONSOLE_BAR_MS} ms: ` +
    `${longestMs <= CONSOLE_BAR_MS ? 'reached' : 'NOT reached'}).`
  );
}

function drainOf({ measurements }: BenchResults, server: string): string {
  const drains = measurements.flatMap(({ subject, drain }) => (subject === server && drain ? [drain] : []));
  const longest = Math.max(0, ...drains.map(({ seconds }) => seconds));
  const behind = Math.max(0, ...drains.map(({ cdrsDue, cdrsToldAtEnd }) => cdrsDue - cdrsToldAtEnd));
  return `at the end of a load at most ${behind} CDRs were not told yet, ${number(longest, 1)} s later nothing was left to tell`;
}
