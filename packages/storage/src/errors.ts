/** Every error that this package raises itself, by its stable code. */
export const STORAGE_ERRORS = {
  COMMIT_UNKNOWN: 'The connection was lost after the write was sent; it may or may not be stored.',
  CONFLICT: 'The value is already taken by another object.',
  CURSOR_INVALID: 'The page cursor was not made by this store.',
  DATABASE_IN_USE: 'Another gateway works on this database.',
  DATABASE_UNAVAILABLE: 'The database cannot be reached; nothing was stored.',
  DATA_DIR_IN_USE: 'Another process works on this data directory.',
  OVERLOADED: 'Too many writes are waiting for the database; this one was refused and nothing was stored.',
  SCHEMA_FAILED: 'The tables could not be brought to the version that this program needs.',
  SECRET_UNREADABLE: 'A stored secret cannot be decrypted with the key of this gateway.',
  STORE_CLOSED: 'The store is closed; nothing was stored.',
  TRANSACTION_IDS_EXHAUSTED: 'All transaction ids that OCPP 1.6 can express were given out.',
  VALUE_INVALID: 'A value cannot be stored in its column.',
} as const;

export type StorageErrorCode = keyof typeof STORAGE_ERRORS;

export class StorageError extends Error {
  readonly code: StorageErrorCode;
  constructor(code: StorageErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StorageError';
    this.code = code;
  }
}

/** The outcome is not known: read by natural key before answering or trying again (C10). */
export class CommitUnknown extends StorageError {
  constructor(cause: unknown) {
    super('COMMIT_UNKNOWN', STORAGE_ERRORS.COMMIT_UNKNOWN, { cause });
    this.name = 'CommitUnknown';
  }
}

/** The queue of write sets is full; nothing was stored. */
export class Overloaded extends StorageError {
  constructor(waiting: number) {
    super('OVERLOADED', `${STORAGE_ERRORS.OVERLOADED} Waiting: ${waiting}.`);
    this.name = 'Overloaded';
  }
}

/** Nothing was stored because the database could not be asked. */
export class DatabaseUnavailable extends StorageError {
  constructor(cause: unknown) {
    super('DATABASE_UNAVAILABLE', STORAGE_ERRORS.DATABASE_UNAVAILABLE, { cause });
    this.name = 'DatabaseUnavailable';
  }
}
