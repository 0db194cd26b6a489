import type { Token } from '@roambridge/domain';
import type { TokenBook } from '../authorization/tokens.js';
import type { Background } from '../background.js';
import type { Partner } from '../model/partner.js';
import type { Clock } from '../ports/clock.js';
import type { Log } from '../ports/log.js';
import type { PartnerLink } from '../ports/partner-link.js';
import type { Store } from '../ports/store.js';
import type { PartnerDirectory } from './directory.js';
import { speaksFor } from './hubs.js';
import { createPageWatch } from './page-watch.js';

/** A list that never ends is given up after so many pages, or tokens. */
const MAX_PAGES = 10_000;
const MAX_TOKENS = 2_000_000;
/** Stored tokens read at a time. */
const STORED_PAGE = 500;
/** OF-02: intervals differ by up to this share, so that partners are not all called at once. */
const SPREAD = 0.1;
/** After an outage, ours or the partner's, its list is read: what it pushed meanwhile was lost (OF-04). */
const AFTER_OUTAGE_MS = 30_000;
/** A connection that comes and goes does not have the list read each time. */
const OUTAGES_APART_MS = 15 * 60_000;

export interface TokenPullPorts {
  store: Store;
  clock: Clock;
  log: Log;
  background: Background;
  partners: PartnerDirectory;
  tokens: TokenBook;
  partnerLink: () => PartnerLink;
  settings: { tokenPullIntervalMs: number };
}

/** Brings the stored tokens in line with the lists of eMSPs (TO-06, TO-07); not for single authorizations. */
export interface TokenPull {
  /** Begins to compare every TOKEN_PULL_INTERVAL, and soon with the partners that are there already. */
  start(): void;
  /** A partner answers again after it did not. */
  recovered(partnerId: string): void;
  /**
   * Reads the list of one partner; resolves when it is stored. `add`: concludes nothing from what is missing, because
   * a partner that has just registered is pushing its tokens meanwhile. A list is read once at a time: a slow one is
   * not asked for again before it has ended.
   */
  pull(partner: Partner, mode: PullMode): Promise<PullOutcome>;
}

type PullMode = 'add' | 'compare';

export type PullOutcome =
  /** `changed`: tokens that were stored anew or are invalid now. */
  { kind: 'read'; tokens: number; changed: number; unreadable: number } | { kind: 'failed'; detail: string };

const keyOf = ({ country_code, party_id, uid, type }: Token) =>
  [country_code, party_id, uid, type].join('\0').toLowerCase();

export function createTokenPull(ports: TokenPullPorts): TokenPull {
  const { store, clock, log, background, partners, tokens, settings } = ports;
  /** By partner: the end of the time in which another outage changes nothing. */
  const notBefore = new Map<string, number>();

  const underWay = new Map<string, { mode: PullMode; end: Promise<PullOutcome> }>();

  function pull(partner: Partner, mode: PullMode): Promise<PullOutcome> {
    const running = underWay.get(partner.id);
    if (running?.mode === mode) return running.end;
    const read = () => readList(partners.get(partner.id) ?? partner, mode);
    const end = (running ? running.end.then(read, read) : read()).finally(() => {
      if (underWay.get(partner.id)?.end === end) underWay.delete(partner.id);
    });
    underWay.set(partner.id, { mode, end });
    return end;
  }

  async function readList(partner: Partner, mode: PullMode): Promise<PullOutcome> {
    const startedAt = clock.now();
    const watch = createPageWatch(MAX_PAGES);
    const listed = new Set<string>();
    const totals = new Set<number>();
    let url: string | undefined;
    let rows = 0;
    let unreadable = 0;
    let changed = 0;
    for (;;) {
      const page = await ports.partnerLink().tokenPage(partner, url);
      if (page.kind === 'not-applicable') return { kind: 'failed', detail: page.detail };
      if (page.kind === 'unreachable') return givenUp(partner, page.detail);
      const known = listed.size;
      rows += page.tokens.length + page.unreadable;
      unreadable += page.unreadable;
      if (page.total !== undefined) totals.add(page.total);
      for (const token of page.tokens) {
        listed.add(keyOf(token));
        // S11: a partner speaks for its own parties.
        if (!speaksFor(partner, token) || (await isStored(partner, token))) continue;
        await tokens.put(partner.id, token);
        changed += 1;
      }
      url = page.next;
      if (url === undefined) break;
      const fault =
        watch({ next: url, news: listed.size - known }) ??
        (listed.size > MAX_TOKENS ? `its list has more than ${MAX_TOKENS} tokens` : undefined);
      if (fault !== undefined) return givenUp(partner, fault);
    }
    // From a list that could not be read as a whole, nothing is concluded about what is missing: an object that is
    // no token, or a list that shrank while it was read and so skipped some.
    const isWhole = unreadable === 0 && (totals.size === 0 || (totals.size === 1 && totals.has(rows)));
    if (mode === 'compare' && isWhole) changed += await invalidateMissing(partner, listed, startedAt);
    log.info({ partner: partner.id, tokens: listed.size, unreadable, isWhole }, 'tokens read');
    return { kind: 'read', tokens: listed.size, changed, unreadable };
  }

  function givenUp(partner: Partner, detail: string): PullOutcome {
    log.warn({ partner: partner.id, detail }, 'tokens not read');
    return { kind: 'failed', detail };
  }

  /** A list is mostly what is known: reading costs less than writing it again. */
  async function isStored(partner: Partner, token: Token): Promise<boolean> {
    const stored = await store.tokens.get({ ...token, partnerId: partner.id });
    return (
      stored !== undefined &&
      stored.last_updated === token.last_updated &&
      stored.valid === token.valid &&
      stored.whitelist === token.whitelist
    );
  }

  /** TO-07: the list is the whole truth, except for what was pushed while it was read. */
  async function invalidateMissing(
    partner: Partner,
    listed: ReadonlySet<string>,
    startedAt: number,
  ): Promise<number> {
    let invalidated = 0;
    let cursor: string | undefined;
    do {
      const query = { limit: STORED_PAGE, partnerId: partner.id };
      const page = await store.tokens.page(cursor === undefined ? query : { ...query, cursor });
      for (const { token } of page.items) {
        const isOld = Date.parse(token.last_updated) < startedAt;
        // The time stays the eMSP's own, so that whatever it says next is newer (TO-05).
        if (token.valid && isOld && !listed.has(keyOf(token))) {
          await tokens.put(partner.id, { ...token, valid: false });
          invalidated += 1;
        }
      }
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return invalidated;
  }

  const spread = (delayMs: number) => Math.round(delayMs * (1 + SPREAD * Math.random()));

  function compare(partnerId: string): void {
    const partner = partners.get(partnerId);
    if (partner?.status !== 'registered') return;
    background.run(pull(partner, 'compare'), 'tokens could not be read', { partner: partnerId });
  }

  function again(): void {
    clock.after(spread(settings.tokenPullIntervalMs), () => {
      for (const { id } of partners.registered()) compare(id);
      again();
    });
  }

  function soon(partnerId: string): void {
    const now = clock.now();
    if (settings.tokenPullIntervalMs <= 0 || now < (notBefore.get(partnerId) ?? 0)) return;
    notBefore.set(partnerId, now + OUTAGES_APART_MS);
    clock.after(spread(AFTER_OUTAGE_MS), () => compare(partnerId));
  }

  return {
    start() {
      if (settings.tokenPullIntervalMs > 0) again();
      for (const { id } of partners.registered()) soon(id);
    },
    recovered: soon,
    pull,
  };
}
