import type { Token } from '../roaming/token.js';
import { idTokenType, preferToken } from './decide.js';

/** A token that may be on the list of a station. Without `partnerId` it is the operator's own card. */
export interface ListCandidate {
  partnerId?: string;
  token: Pick<Token, 'uid' | 'type' | 'valid' | 'whitelist' | 'group_id' | 'last_updated'> & {
    expires_at?: string;
  };
}

/** What a station is told about one token. */
export interface ListEntry {
  uid: string;
  /** Type of the token in a typed protocol. */
  type: string;
  status: 'Accepted' | 'Blocked';
  groupId?: string;
  /** RFC 3339. */
  expiresAt?: string;
}

/** What the lists of stations of one kind are made of (D4-040). */
export interface ListSource {
  /** In the order of their uids. */
  accepted: readonly ListEntry[];
  /** Refused tokens: told only to stations that have them on their list. */
  blocked: ReadonlyMap<string, ListEntry>;
}

export interface ListTraits {
  idTokenMaxLength: number;
  /** The station accepts what is on its list without asking, also while it is connected. */
  preAuthorize: boolean;
  maxEntries: number;
}

const key = (uid: string) => uid.toLowerCase();

/** D4-040, D4-041: which tokens belong on the list of a station. The same tokens always give the same list. */
export function listSource(
  candidates: readonly ListCandidate[],
  traits: ListTraits,
  now: number,
): ListSource {
  const byUid = new Map<string, ListCandidate[]>();
  for (const candidate of candidates) {
    const { uid } = candidate.token;
    if (uid.length > traits.idTokenMaxLength) continue;
    const known = byUid.get(key(uid));
    if (known) known.push(candidate);
    else byUid.set(key(uid), [candidate]);
  }
  const eligible: ListCandidate[] = [];
  const blocked = new Map<string, ListEntry>();
  for (const [uid, sameUid] of byUid) {
    const preferred = preferToken(sameUid);
    if (!preferred) continue;
    if (isRefused(preferred, now)) blocked.set(uid, entryOf(preferred, 'Blocked'));
    else if (isEligible(preferred, traits)) eligible.push(preferred);
  }
  const accepted = selected(eligible, traits.maxEntries)
    .map((candidate) => entryOf(candidate, 'Accepted'))
    .sort((a, b) => (key(a.uid) < key(b.uid) ? -1 : 1));
  return { accepted, blocked };
}

function isRefused({ token }: ListCandidate, now: number): boolean {
  if (token.whitelist === 'NEVER') return false;
  return !token.valid || (token.expires_at !== undefined && Date.parse(token.expires_at) <= now);
}

const ON_LIST = {
  ALWAYS: () => true,
  ALLOWED: () => true,
  // The eMSP wants to be asked while it can be.
  ALLOWED_OFFLINE: (preAuthorize) => !preAuthorize,
  NEVER: () => false,
} as const satisfies Record<Token['whitelist'], (preAuthorize: boolean) => boolean>;

/** Tokens of apps are in nobody's hand at a station. */
const NOT_PRESENTED: ReadonlySet<string> = new Set(['APP_USER', 'AD_HOC_USER']);

function isEligible({ token }: ListCandidate, { preAuthorize }: ListTraits): boolean {
  return ON_LIST[token.whitelist](preAuthorize) && !NOT_PRESENTED.has(token.type);
}

function entryOf({ token }: ListCandidate, status: ListEntry['status']): ListEntry {
  return {
    uid: token.uid,
    type: idTokenType(token),
    status,
    ...(token.group_id === undefined || status === 'Blocked' ? {} : { groupId: token.group_id }),
    ...(token.expires_at === undefined || status === 'Blocked' ? {} : { expiresAt: token.expires_at }),
  };
}

/** D4-041: the operator's own cards first, then a fair share of each partner, its newest tokens first. */
function selected(eligible: ListCandidate[], maxEntries: number): ListCandidate[] {
  if (eligible.length <= maxEntries) return eligible;
  const shares = new Map<string, ListCandidate[]>();
  for (const candidate of eligible) {
    const owner = candidate.partnerId ?? '';
    const share = shares.get(owner);
    if (share) share.push(candidate);
    else shares.set(owner, [candidate]);
  }
  for (const share of shares.values()) {
    share.sort(
      (a, b) =>
        b.token.last_updated.localeCompare(a.token.last_updated) || a.token.uid.localeCompare(b.token.uid),
    );
  }
  const own = shares.get('') ?? [];
  shares.delete('');
  const chosen = own.slice(0, maxEntries);
  const owners = [...shares.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, share]) => share);
  for (let turn = 0; chosen.length < maxEntries; turn += 1) {
    const round = owners.flatMap((share) => share.slice(turn, turn + 1));
    if (round.length === 0) break;
    chosen.push(...round.slice(0, maxEntries - chosen.length));
  }
  return chosen;
}

/** The list that a station should have: a token on its list that is refused now is told as Blocked (D4-040). */
export function targetList(
  source: ListSource,
  acknowledged: readonly ListEntry[],
  maxEntries: number,
): ListEntry[] {
  const accepted = new Set(source.accepted.map(({ uid }) => key(uid)));
  const blocked = acknowledged.flatMap(({ uid }) => {
    const entry = accepted.has(key(uid)) ? undefined : source.blocked.get(key(uid));
    return entry ? [entry] : [];
  });
  return [...source.accepted, ...blocked].slice(0, maxEntries);
}

export interface ListDifference {
  changed: ListEntry[];
  removed: ListEntry[];
}

/** What changes a list into another one. */
export function listDifference(before: readonly ListEntry[], after: readonly ListEntry[]): ListDifference {
  const known = new Map(before.map((entry) => [key(entry.uid), JSON.stringify(entry)]));
  const wanted = new Set(after.map(({ uid }) => key(uid)));
  return {
    changed: after.filter((entry) => known.get(key(entry.uid)) !== JSON.stringify(entry)),
    removed: before.filter(({ uid }) => !wanted.has(key(uid))),
  };
}
