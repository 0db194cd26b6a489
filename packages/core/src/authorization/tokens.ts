import type { Token } from '@roambridge/domain';
import type { Store } from '../ports/store.js';

/** Tokens looked up lately, at most. */
const CACHED_UIDS = 50_000;

export interface OwnedToken {
  partnerId: string;
  token: Token;
  /** The token before its latest change. */
  previous?: Token;
}

/** Tokens of all partners by uid, cached: the hot path reads nothing. */
export interface TokenBook {
  /** D4-002: all tokens with this uid, ignoring case. */
  find(uid: string): Promise<readonly OwnedToken[]>;
  /** D4-006: tokens of type EMAID whose contract this is, in the spelling of {@link normalizeEmaid}. */
  findContract(emaid: string): Promise<readonly OwnedToken[]>;
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
  const cache: Cache = new Map();
  const contracts: Cache = new Map();
  return {
    find: (uid) => remembered(cache, uid.toLowerCase(), () => store.tokens.findByUid(uid)),
    findContract: (emaid) => remembered(contracts, emaid, () => store.tokens.findByContract(emaid)),
    async put(partnerId, token) {
      const result = await store.tokens.put(partnerId, token);
      cache.delete(token.uid.toLowerCase());
      // Whose contract it was before is not known here.
      if (token.type === 'EMAID') contracts.clear();
      listener.told(partnerId, result.stored);
      return result;
    },
    clear() {
      cache.clear();
      contracts.clear();
      listener.forgotten();
    },
  };
}

type Cache = Map<string, Promise<readonly OwnedToken[]>>;

function remembered(cache: Cache, key: string, read: () => Promise<readonly OwnedToken[]>) {
  const known = cache.get(key);
  if (known) return known;
  const found = read();
  cache.set(key, found);
  found.catch(() => cache.delete(key));
  // Oldest entry first: a Map keeps the order of insertion.
  const oldest = cache.size > CACHED_UIDS ? cache.keys().next().value : undefined;
  if (oldest !== undefined) cache.delete(oldest);
  return found;
}
