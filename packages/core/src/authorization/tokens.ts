import type { Token } from '@roambridge/domain';
import type { Store } from '../ports/store.js';

/** Tokens looked up lately, at most. */
const CACHED_UIDS = 50_000;

export interface OwnedToken {
  partnerId: string;
  token: Token;
}

/** Tokens of all partners by uid, cached: the hot path reads nothing. */
export interface TokenBook {
  /** D4-002: all tokens with this uid, ignoring case. */
  find(uid: string): Promise<readonly OwnedToken[]>;
  put(partnerId: string, token: Token): Promise<{ created: boolean; stored: Token }>;
  /** Forgets everything: a partner was removed. */
  clear(): void;
}

/** Who else must know when partners' tokens change. */
export interface TokenListener {
  told(partnerId: string, token: Token): void;
  /** Partners went, and their tokens with them. */
  forgotten(): void;
}

export function createTokenBook(store: Store, listener: TokenListener): TokenBook {
  const cache = new Map<string, Promise<readonly OwnedToken[]>>();
  return {
    find(uid) {
      const key = uid.toLowerCase();
      const known = cache.get(key);
      if (known) return known;
      const found = store.tokens.findByUid(uid);
      cache.set(key, found);
      found.catch(() => cache.delete(key));
      // Oldest entry first: a Map keeps the order of insertion.
      const oldest = cache.size > CACHED_UIDS ? cache.keys().next().value : undefined;
      if (oldest !== undefined) cache.delete(oldest);
      return found;
    },
    async put(partnerId, token) {
      const result = await store.tokens.put(partnerId, token);
      cache.delete(token.uid.toLowerCase());
      listener.told(partnerId, result.stored);
      return result;
    },
    clear() {
      cache.clear();
      listener.forgotten();
    },
  };
}
