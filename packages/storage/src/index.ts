export type { CommitSettings, CommitStatistics } from './commit.js';
export type { Database } from './database/database.js';
export {
  CommitUnknown,
  DatabaseUnavailable,
  Overloaded,
  STORAGE_ERRORS,
  StorageError,
  type StorageErrorCode,
} from './errors.js';
export { openFileVault } from './file-vault.js';
export { type OpenedStore, openStore, type StoreOptions } from './open-store.js';
