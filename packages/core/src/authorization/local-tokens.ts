import type { EpochMs } from '@roambridge/domain';
import type { LocalToken } from '../model/local-token.js';
import type { CursorPage, CursorQuery, Store } from '../ports/store.js';
import type { TokenDecision } from './decision.js';

/** The operator's own cards, in memory; written through. Partners never hear of them. */
export interface LocalTokens {
  load(): Promise<void>;
  /** The first that one of the spellings names, ignoring case. */
  find(spellings: readonly string[]): LocalToken | undefined;
  put(token: LocalToken): Promise<{ created: boolean }>;
  remove(uid: string): Promise<boolean>;
  all(): Iterable<LocalToken>;
}

export function createLocalTokens(store: Store, changed: () => void): LocalTokens {
  const byUid = new Map<string, LocalToken>();
  const key = (uid: string) => uid.toLowerCase();
  return {
    async load() {
      for (const token of await store.localTokens.list()) byUid.set(key(token.uid), token);
    },
    find(spellings) {
      for (const spelling of spellings) {
        const token = byUid.get(key(spelling));
        if (token) return token;
      }
      return undefined;
    },
    async put(token) {
      await store.localTokens.put(token);
      const created = !byUid.has(key(token.uid));
      byUid.set(key(token.uid), token);
      changed();
      return { created };
    },
    async remove(uid) {
      const removed = await store.localTokens.remove(uid);
      byUid.delete(key(uid));
      changed();
      return removed;
    },
    all: () => byUid.values(),
  };
}

/** Accepted, Blocked or Expired, and on nobody's account (D2-002). */
export function decideLocally(token: LocalToken, now: EpochMs): TokenDecision {
  // C-031: the group of a refused token is told as well.
  const group = token.group_id === undefined ? {} : { groupId: token.group_id };
  if (token.blocked) return { answer: { status: 'Blocked', ...group } };
  const expiresAt = token.expires_at === undefined ? undefined : Date.parse(token.expires_at);
  if (expiresAt !== undefined && expiresAt <= now) {
    return { answer: { status: 'Expired', expiresAt, ...group } };
  }
  return {
    answer: { status: 'Accepted', ...group, ...(expiresAt === undefined ? {} : { expiresAt }) },
    grant: { authMethod: 'WHITELIST', ...group },
  };
}

/** A page in the order of the uids; the cursor is the last one shown. */
export function pageOfLocalTokens(tokens: LocalTokens, query: CursorQuery): CursorPage<LocalToken> {
  const rest = [...tokens.all()]
    .map((token) => ({ key: token.uid.toLowerCase(), token }))
    .filter(({ key }) => query.cursor === undefined || key > query.cursor)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const shown = rest.slice(0, query.limit);
  const last = rest.length > query.limit ? shown.at(-1) : undefined;
  return { items: shown.map(({ token }) => token), ...(last ? { nextCursor: last.key } : {}) };
}
