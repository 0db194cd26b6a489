import { CommitUnknown, DatabaseUnavailable, StorageError, type StorageErrorCode } from '../errors.js';
import type { PreparedStatement } from './database.js';

/** What the thread of the commits is told; the memory of a statement is handed over and not copied. Answers come in the order of the requests. */
export type CommitRequest =
  | { kind: 'connect' }
  | { kind: 'execute'; statement: PreparedStatement }
  | { kind: 'close' };

/** What the thread says. */
export type CommitReply =
  | { kind: 'done'; error?: PlainError }
  | { kind: 'warning'; message: string; error: string };

/** An error as it crosses threads: ours by its code, the database's by its members. */
export type PlainError =
  | { from: 'storage'; code: StorageErrorCode; message: string; cause: string }
  | { from: 'database'; message: string; members: Record<string, unknown> };

/** Of an error of PostgreSQL. */
const MEMBERS = ['severity', 'code', 'detail', 'schema', 'table', 'column', 'constraint', 'routine'] as const;

export function plainError(error: unknown): PlainError {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof StorageError) {
    return {
      from: 'storage',
      code: error.code,
      message,
      cause: error.cause === undefined ? '' : String(error.cause),
    };
  }
  const members: Record<string, unknown> = {};
  if (typeof error === 'object' && error !== null) {
    for (const name of MEMBERS) {
      const value: unknown = Reflect.get(error, name);
      if (value !== undefined) members[name] = value;
    }
  }
  return { from: 'database', message, members };
}

export function wholeError(error: PlainError): Error {
  if (error.from === 'database') return Object.assign(new Error(error.message), error.members);
  switch (error.code) {
    case 'COMMIT_UNKNOWN':
      return new CommitUnknown(new Error(error.cause));
    case 'DATABASE_UNAVAILABLE':
      return new DatabaseUnavailable(new Error(error.cause));
    default:
      return new StorageError(error.code, error.message);
  }
}
