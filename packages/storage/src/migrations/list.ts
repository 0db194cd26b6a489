import type { Migration } from 'kysely';
import * as initial from './0001-initial.js';

/** All migrations by name; they run in the order of their names and are never changed once released. */
export const MIGRATIONS: Record<string, Migration> = {
  '0001-initial': initial,
};
