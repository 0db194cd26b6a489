import type { Log, WriteSet } from '@roambridge/core';
import type { EpochMs } from '@roambridge/domain';
import { groupStatement } from './commit/statement.js';
import type { PreparedStatement } from './database/database.js';
import { despiteDeadlock, isOfTheRows } from './database/failure.js';
import { Overloaded, STORAGE_ERRORS, StorageError } from './errors.js';

/** Write sets that share one database transaction, at most. */
const MAX_GROUP = 500;
/** Write sets that wait for the database, at most; above it new ones are refused. */
const MAX_WAITING = 20_000;

export interface CommitSettings {
  /** Write sets that share one database transaction, at most (default 500). */
  maxGroup?: number;
  /** Time that a group waits for company when nothing is under way (default 0: those of one event loop turn). */
  lingerMs?: number;
  /** Write sets that may wait (default 20,000). */
  maxWaiting?: number;
  /** Groups handed to the database at a time (default 1). */
  maxUnderWay?: number;
}

/** Counters since the store was opened. */
export interface CommitStatistics {
  commits: number;
  writeSets: number;
  statements: number;
  /** Stations tried alone after their group failed. */
  retries: number;
}

export interface GroupCommit {
  /** Resolves when the write set is durable. Rejects at once with `Overloaded` when too many are waiting. */
  commit(writes: WriteSet): Promise<void>;
  statistics(): CommitStatistics;
  /** Resolves when nothing waits and nothing is under way. */
  idle(): Promise<void>;
  /** Refuses what comes and resolves when all earlier write sets are settled. */
  close(): Promise<void>;
}

interface Waiting {
  writes: WriteSet;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Write sets that arrive while a database transaction is under way form the next one. Where several may be under
 * way, no station is in two of them: its facts are stored in the order in which they came. A group that fails
 * because of its rows is tried again station by station, so that a bad fact hurts only its own station.
 */
export function createGroupCommit(options: {
  execute: (statement: PreparedStatement) => Promise<void>;
  now: () => EpochMs;
  log: Log;
  settings?: CommitSettings;
  /** Called after every database transaction with its number of write sets. */
  committed?: (writeSets: number) => void;
}): GroupCommit {
  const { execute, now, log, committed } = options;
  const {
    maxGroup = MAX_GROUP,
    lingerMs = 0,
    maxWaiting = MAX_WAITING,
    maxUnderWay = 1,
  } = options.settings ?? {};
  const counters: CommitStatistics = { commits: 0, writeSets: 0, statements: 0, retries: 0 };
  const runners = new Set<Promise<void>>();
  /** Stations with write sets in a group that is under way. */
  const busy = new Set<string>();
  let waiting: Waiting[] = [];
  let closed = false;

  async function write(group: readonly Waiting[]): Promise<void> {
    const writeSets = group.map(({ writes }) => writes);
    const at = now();
    let written = false;
    await despiteDeadlock(async () => {
      // Anew for each attempt: who runs a statement takes its memory over.
      const statement = groupStatement(writeSets, at);
      if (!statement) return;
      counters.statements += 1;
      await execute(statement);
      written = true;
    });
    if (written) counters.commits += 1;
    counters.writeSets += group.length;
    for (const { resolve } of group) resolve();
    if (written) tell(group.length);
  }

  /** What is stored stays stored: a listener that fails must not look like a commit that failed. */
  function tell(writeSets: number): void {
    try {
      committed?.(writeSets);
    } catch (error) {
      log.error({ err: error }, 'the listener of the commits failed');
    }
  }

  async function writeOrReject(group: readonly Waiting[], station: string): Promise<void> {
    try {
      await write(group);
    } catch (error) {
      log.error({ err: error, station, writeSets: group.length }, 'facts of a station could not be stored');
      for (const { reject } of group) reject(error);
    }
  }

  async function writeGroup(group: readonly Waiting[]): Promise<void> {
    const stations = new Map<string, Waiting[]>();
    try {
      await write(group);
      return;
    } catch (error) {
      for (const one of group) {
        const own = stations.get(one.writes.stationId);
        if (own) own.push(one);
        else stations.set(one.writes.stationId, [one]);
      }
      if (stations.size === 1 || !isOfTheRows(error)) {
        log.error(
          { err: error, stations: stations.size, writeSets: group.length },
          'a group could not be stored',
        );
        for (const { reject } of group) reject(error);
        return;
      }
      log.warn(
        { err: error, stations: stations.size },
        'a group could not be stored; trying station by station',
      );
    }
    for (const [station, own] of stations) {
      counters.retries += 1;
      await writeOrReject(own, station);
    }
  }

  /** The next group, in the order of arrival; what belongs to a busy station stays. */
  function takeGroup(): Waiting[] {
    const group: Waiting[] = [];
    const left: Waiting[] = [];
    for (const one of waiting) {
      if (group.length < maxGroup && !busy.has(one.writes.stationId)) group.push(one);
      else left.push(one);
    }
    waiting = left;
    for (const { writes } of group) busy.add(writes.stationId);
    return group;
  }

  async function run(): Promise<void> {
    if (lingerMs > 0) await new Promise<void>((resolve) => setTimeout(resolve, lingerMs));
    for (;;) {
      // The write sets of one turn of the event loop go together.
      await new Promise<void>((turn) => setImmediate(turn));
      const group = takeGroup();
      if (group.length === 0) return;
      await writeGroup(group);
      for (const { writes } of group) busy.delete(writes.stationId);
    }
  }

  function startRunner(): void {
    if (runners.size >= maxUnderWay) return;
    const runner = run().finally(() => {
      runners.delete(runner);
      // What came after its last look; another runner looks again when it frees its stations.
      if (runners.size === 0 && waiting.length > 0) startRunner();
    });
    runners.add(runner);
  }

  async function idle(): Promise<void> {
    while (runners.size > 0) await Promise.all(runners);
  }

  return {
    commit(writes) {
      if (closed) return Promise.reject(new StorageError('STORE_CLOSED', STORAGE_ERRORS.STORE_CLOSED));
      if (waiting.length >= maxWaiting) return Promise.reject(new Overloaded(waiting.length));
      return new Promise((resolve, reject) => {
        waiting.push({ writes, resolve, reject });
        startRunner();
      });
    },
    statistics: () => ({ ...counters }),
    idle,
    async close() {
      closed = true;
      await idle();
    },
  };
}
