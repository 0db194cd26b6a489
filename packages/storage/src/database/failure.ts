import { CommitUnknown, StorageError } from '../errors.js';

/** SQLSTATE classes that concern the database, not the rows: trying them station by station changes nothing. */
const NOT_OF_THE_ROWS = /^(08|25|53|57|58)/;

/** SQLSTATE deadlock_detected. */
const DEADLOCK = '40P01';
const DEADLOCK_ATTEMPTS = 3;

interface ServerError {
  severity: string;
  code: string;
}

/** An error that the database answered, as opposed to one of the connection. */
function isServerError(error: unknown): error is ServerError {
  return (
    typeof error === 'object' &&
    error !== null &&
    'severity' in error &&
    typeof error.severity === 'string' &&
    'code' in error &&
    typeof error.code === 'string'
  );
}

/**
 * What became of a statement that was sent: when the database answered ERROR nothing is stored. Anything else,
 * FATAL included (it may follow the commit), leaves it open (C10).
 */
export function outcomeOf(error: unknown): unknown {
  if (error instanceof StorageError) return error;
  return isServerError(error) && error.severity === 'ERROR' ? error : new CommitUnknown(error);
}

/** Whether some row of the group is at fault, so that the other stations' rows can still be stored. */
export function isOfTheRows(error: unknown): boolean {
  if (error instanceof StorageError) return error.code === 'VALUE_INVALID';
  return isServerError(error)
    ? !NOT_OF_THE_ROWS.test(error.code)
    : error instanceof Error && !('code' in error);
}

/** Runs a database transaction again when it waited for another one that waited for it. */
export async function despiteDeadlock<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (attempt >= DEADLOCK_ATTEMPTS || !isServerError(error) || error.code !== DEADLOCK) throw error;
    }
  }
}

/** The constraint that a row would have broken, if that was it. */
export function brokenConstraint(error: unknown): string | undefined {
  if (!isServerError(error) || error.code !== '23505') return undefined;
  return 'constraint' in error && typeof error.constraint === 'string' ? error.constraint : '';
}
