/** CPU seconds used so far; undefined where the system does not tell. */
export interface CpuReading {
  server: number | undefined;
  /** Absent when the database runs inside the server. */
  database?: number | undefined;
  /** Absent without a partner. */
  partner?: number | undefined;
}

/** What the database and the group commit have done so far. */
export interface WorkReading {
  /** Group commits. */
  commits: number;
  /** Write sets in them. */
  writeSets: number;
  /** Transactions of PostgreSQL; reads outside of group commits count as one each. */
  databaseTransactions?: number;
  /** Each costs the commits that wait for it PostgreSQL's deadlock_timeout (1 s). */
  deadlocks?: number;
}

export type SubjectName = 'raw ws' | 'PostgreSQL' | 'PGlite';

/** A server under test. */
export interface Subject {
  name: SubjectName;
  pid: number;
  /** Ends with a slash; the station id follows. */
  ocppUrl: string;
  cpu(): CpuReading;
  /** Only of a gateway. */
  work?(): Promise<WorkReading>;
  /** Resolves when the partner has been told everything. Only of a gateway. */
  drained?(): Promise<Drain>;
  /** The generator ended this many sessions. Only of a gateway. */
  ended?(sessions: number): void;
}

/** How the partner caught up after the load. */
export interface Drain {
  /** CDRs of all sessions so far, and how many of them the partner had when the load ended. */
  cdrsDue: number;
  cdrsToldAtEnd: number;
  /** Until nothing was pending any more, seconds. */
  seconds: number;
}
