import type { ListCandidate, Token } from '@roambridge/domain';
import type { LocalTokens } from '../authorization/local-tokens.js';
import type { PartnerDirectory } from '../partners/directory.js';
import type { Store } from '../ports/store.js';

/** Tokens read at a time. */
const PAGE = 500;
/** Tokens kept in memory for local lists, at most; the newest ones. */
const MAX_CANDIDATES = 200_000;

/** All tokens that may be on local lists: read once, then kept up to date by what partners tell. */
export interface Candidates {
  all(): Promise<ListCandidate[]>;
  /** A partner told a token. */
  changed(partnerId: string, token: Token): void;
  /** Partners came or went. */
  forget(): void;
}

export function createCandidates(options: {
  store: Store;
  partners: PartnerDirectory;
  localTokens: LocalTokens;
}): Candidates {
  const { store, partners, localTokens } = options;
  let known: Promise<Map<string, ListCandidate>> | undefined;
  const keyOf = (partnerId: string, { country_code, party_id, uid, type }: Token) =>
    [partnerId, country_code, party_id, uid.toLowerCase(), type].join('\0');

  async function load(): Promise<Map<string, ListCandidate>> {
    const found = new Map<string, ListCandidate>();
    const registered = new Set(partners.registered().map(({ id }) => id));
    let cursor: string | undefined;
    do {
      const page = await store.tokens.page({ limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
      for (const { partnerId, token } of page.items) {
        if (registered.has(partnerId)) found.set(keyOf(partnerId, token), { partnerId, token: slim(token) });
      }
      cursor = page.nextCursor;
    } while (cursor !== undefined && found.size < MAX_CANDIDATES);
    return found;
  }

  return {
    async all() {
      if (!known) {
        known = load();
        known.catch(() => {
          known = undefined;
        });
      }
      return [...(await known).values(), ...own(localTokens)];
    },
    changed(partnerId, token) {
      known
        ?.then((found) => found.set(keyOf(partnerId, token), { partnerId, token: slim(token) }))
        .catch(() => undefined);
    },
    forget() {
      known = undefined;
    },
  };
}

function slim({ uid, type, valid, whitelist, group_id, last_updated }: Token): ListCandidate['token'] {
  return { uid, type, valid, whitelist, last_updated, ...(group_id === undefined ? {} : { group_id }) };
}

function own(localTokens: LocalTokens): ListCandidate[] {
  return [...localTokens.all()].map(({ uid, type, blocked, expires_at, group_id }) => ({
    token: {
      uid,
      type,
      valid: blocked !== true,
      whitelist: 'ALWAYS',
      last_updated: '',
      ...(expires_at === undefined ? {} : { expires_at }),
      ...(group_id === undefined ? {} : { group_id }),
    },
  }));
}
