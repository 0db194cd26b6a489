import type { Kysely } from 'kysely';
import type { Tables } from './tables.js';

/**
 * A statement that is prepared once under its name. Its values, binary arrays, lie one behind another in memory that
 * whoever runs it takes over: it is run once.
 */
export interface PreparedStatement {
  name: string;
  text: string;
  bytes: Uint8Array<ArrayBuffer>;
  /** Of each value, in bytes; what is behind the last one is spare. */
  sizes: number[];
}

/** One of the two databases, ready for use. */
export interface Database {
  kind: 'postgresql' | 'pglite';
  tables: Kysely<Tables>;
  /**
   * Runs one statement as one database transaction on the connection that all commits share. Rejects with
   * `DatabaseUnavailable` when it was not sent, `CommitUnknown` when the outcome is not known, and the database's
   * own error when it was refused; nothing is stored then.
   */
  commit(statement: PreparedStatement): Promise<void>;
  /** Statements of {@link commit} that are worth handing over at a time; they run one after another. */
  commitsUnderWay: number;
  close(): Promise<void>;
}
