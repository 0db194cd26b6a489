import type { CdrRecord, SessionRecord } from '../model/session.js';

/** Documents of each kind that are kept. */
const KEPT = 4_000;

/**
 * What this process wrote lately, as it is in the database: what partners are told is mostly seconds old and need
 * not be read and parsed again. Who takes a document forgets it: nearly all are told once, and none grows old here.
 */
export interface RecentDocuments {
  takeSession(id: string): SessionRecord | undefined;
  takeCdr(id: string): CdrRecord | undefined;
  /** After the commit. */
  note(written: { sessions: readonly SessionRecord[]; cdrs: readonly CdrRecord[] }): void;
  /** Nobody knows what is stored: everything is read again. */
  clear(): void;
}

export function createRecentDocuments(): RecentDocuments {
  const sessions = new Map<string, SessionRecord>();
  const cdrs = new Map<string, CdrRecord>();
  return {
    takeSession: (id) => take(sessions, id),
    takeCdr: (id) => take(cdrs, id),
    note(written) {
      for (const record of written.sessions) keep(sessions, record.session.id, record);
      for (const record of written.cdrs) keep(cdrs, record.cdr.id, record);
    },
    clear() {
      sessions.clear();
      cdrs.clear();
    },
  };
}

function take<T>(documents: Map<string, T>, id: string): T | undefined {
  const document = documents.get(id);
  documents.delete(id);
  return document;
}

function keep<T>(documents: Map<string, T>, id: string, document: T): void {
  documents.delete(id);
  documents.set(id, document);
  const oldest = documents.size > KEPT ? documents.keys().next().value : undefined;
  if (oldest !== undefined) documents.delete(oldest);
}
