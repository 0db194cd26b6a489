import type { Background } from '../background.js';
import { retryDelayMs } from '../delivery/backoff.js';
import type { Lanes } from '../delivery/lanes.js';
import { RequestRefused } from '../edges/operator-edge.js';
import type { Feed } from '../feed.js';
import { newToken, randomUUID, stableId } from '../ids.js';
import type { Partner } from '../model/partner.js';
import type { AttentionRecord } from '../model/session.js';
import type { Clock } from '../ports/clock.js';
import type { Log } from '../ports/log.js';
import type { CredentialsOutcome, Discovery, PartnerLink } from '../ports/partner-link.js';
import type { Store } from '../ports/store.js';
import type { PartnerDirectory } from './directory.js';

/** After a start, before partners are told what changed of us: they call back, and the door has to be open. */
const TELL_AFTER_MS = 2_000;
/** Tries of an exchange of credentials whose outcome is not known; the delay doubles up to 15 minutes. */
const TRIES = 100;

export interface RegistrarPorts {
  store: Store;
  clock: Clock;
  log: Log;
  feed: Feed;
  background: Background;
  partners: PartnerDirectory;
  lanes: Lanes;
  partnerLink: () => PartnerLink;
  settings: { tokenGraceMs: number };
  /** What we host and offer, as one text. */
  platform: () => string;
  /** Tells a partner all that it may see, and reads its tokens. */
  welcome: (partner: Partner) => void;
}

/**
 * Exchanges credentials with partners on our own initiative. Every step is stored before it is taken, so that a
 * process that dies in between goes on where it was: with the token that was offered, which the partner may have
 * already.
 */
export interface Registrar {
  /**
   * We register with a platform. Throws {@link RequestRefused} where it is certain that nothing came of it; a partner
   * that is still `registering` is tried again.
   */
  register(input: {
    name: string;
    versionsUrl: string;
    token: string;
    party?: Partner['party'];
  }): Promise<Partner>;
  /** Replaces the tokens of both directions; undefined = no such partner. */
  rotate(partnerId: string): Promise<Partner | undefined>;
  /** Takes up what a process that is gone left undone. */
  resume(): void;
}

export function createRegistrar(ports: RegistrarPorts): Registrar {
  const { store, clock, log, feed, partners, lanes } = ports;
  const underWay = new Set<string>();

  async function alone<T>(partnerId: string, task: () => Promise<T>): Promise<T> {
    if (underWay.has(partnerId)) {
      throw new RequestRefused(409, 'credentials are being exchanged with this partner');
    }
    underWay.add(partnerId);
    try {
      return await task();
    } finally {
      underWay.delete(partnerId);
    }
  }

  /** One attempt of a registration or rotation; the partner as it is after it. */
  async function attempt(partner: Partner): Promise<{ partner: Partner; outcome: CredentialsOutcome }> {
    const link = ports.partnerLink();
    const offered = partner.nextInboundToken ?? partner.inboundToken;
    const method = partner.status === 'registering' ? 'POST' : 'PUT';
    let outcome = await link.sendCredentials(partner, method, offered);
    // It has us already: the answer to an earlier POST was lost (CR-19).
    if (outcome.kind === 'refused' && outcome.why === 'registered' && method === 'POST') {
      outcome = await link.sendCredentials(partner, 'PUT', offered);
    }
    return { partner: await conclude(partner.id, offered, outcome), outcome };
  }

  async function conclude(id: string, offered: string, outcome: CredentialsOutcome): Promise<Partner> {
    const now = partners.get(id);
    if (!now) throw new RequestRefused(404, 'the partner was removed meanwhile');
    const isOpen =
      now.nextInboundToken === offered || (now.status === 'registering' && now.inboundToken === offered);
    // The partner came first with credentials of its own: those count.
    if (!isOpen || outcome.kind !== 'accepted') return now;
    const { nextInboundToken: _next, stalled: _stalled, hubParty: _hub, ...rest } = now;
    const isNew = now.status === 'registering';
    const partner: Partner = {
      ...rest,
      ...outcome.credentials,
      status: 'registered',
      inboundToken: offered,
      toldPlatform: ports.platform(),
      ...(isNew
        ? { registeredAt: clock.now() }
        : {
            rotatedAt: clock.now(),
            previousInboundToken: now.inboundToken,
            previousInboundUntil: clock.now() + ports.settings.tokenGraceMs,
          }),
    };
    await partners.put(partner);
    if (await store.attention.resolve(stalledId(id), clock.now())) {
      feed.publish('attention', { id: stalledId(id) });
    }
    feed.publish('partner', { id, status: partner.status, version: partner.version });
    log.info(
      { partner: id, name: partner.name, version: partner.version },
      isNew ? 'registered with a partner' : 'tokens of a partner replaced',
    );
    if (isNew) ports.welcome(partner);
    else lanes.wakePartner(id);
    return partner;
  }

  /** Nobody knows what became of it: tried again with the same token. */
  function again(id: string, tries: number): void {
    clock.after(retryDelayMs(tries, Math.random()), () => {
      const partner = partners.get(id);
      if (!partner || !isUndone(partner) || partner.stalled !== undefined || underWay.has(id)) return;
      ports.background.run(
        alone(id, () => retry(partner, tries)),
        'credentials could not be exchanged',
        { partner: id },
      );
    });
  }

  async function retry(partner: Partner, tries: number): Promise<void> {
    const found = partner.version === undefined ? await settleVersion(partner) : partner;
    if ('failed' in found) {
      if (tries >= TRIES) await stall(partner.id, found.failed);
      else again(partner.id, tries + 1);
      return;
    }
    const { outcome } = await attempt(found);
    if (outcome.kind === 'accepted') return;
    if (outcome.kind === 'unknown' && tries < TRIES) again(partner.id, tries + 1);
    else await stall(partner.id, outcome.detail);
  }

  /** Only the partner can go on: both tokens of ours stay good for its PUT of credentials. */
  async function stall(id: string, detail: string): Promise<void> {
    const partner = partners.get(id);
    if (!partner || !isUndone(partner)) return;
    await partners.put({ ...partner, stalled: detail });
    const what = partner.status === 'registering' ? 'registration' : 'replacement of tokens';
    const message = `${partner.name}: the ${what} did not come to an end (${detail}). The partner has to send its credentials, or a new registration token`;
    const entry: AttentionRecord = {
      id: stalledId(id),
      kind: 'credentials-stalled',
      subject: id,
      partnerId: id,
      message,
      createdAt: clock.now(),
    };
    await store.commit({ stationId: '', attention: [entry] });
    feed.publish('attention', entry);
    feed.publish('partner', { id, stalled: detail });
    log.warn({ partner: id, name: partner.name, detail }, `${what} stalled`);
  }

  async function settleVersion(partner: Partner): Promise<Partner | { failed: string; found: Discovery }> {
    const found = await ports.partnerLink().discover(partner, partner.versionsUrl ?? '');
    if (found.kind !== 'found') return { failed: found.detail, found };
    const { version, endpoints, tokenEncoding } = found;
    const known = { ...partner, version, endpoints, tokenEncoding };
    await partners.put(known);
    return known;
  }

  async function forget(partner: Partner, detail: string, pointer: string): Promise<never> {
    await partners.remove(partner.id);
    feed.publish('partner', { id: partner.id, removed: true });
    throw new RequestRefused(422, detail, pointer);
  }

  /** VE-08, CR-31: whoever was told of other parties or endpoints gets our credentials anew. */
  function tellChanges(): void {
    const platform = ports.platform();
    for (const { id, toldPlatform, nextInboundToken } of partners.registered()) {
      if (toldPlatform === undefined || toldPlatform === platform || nextInboundToken !== undefined) continue;
      ports.background.run(rotate(id), 'partner not told what changed of us', { partner: id });
    }
  }

  async function rotate(partnerId: string): Promise<Partner | undefined> {
    const partner = partners.get(partnerId);
    if (!partner) return undefined;
    if (partner.status !== 'registered') throw new RequestRefused(409, `the partner is ${partner.status}`);
    return alone(partnerId, async () => {
      const { stalled: _, ...rest } = partner;
      const offering = { ...rest, nextInboundToken: partner.nextInboundToken ?? newToken() };
      await partners.put(offering);
      const { partner: after, outcome } = await attempt(offering);
      if (outcome.kind === 'refused') {
        const { nextInboundToken: _next, ...unchanged } = after;
        await partners.put(unchanged);
        throw new RequestRefused(409, `the partner keeps its tokens: ${outcome.detail}`);
      }
      if (outcome.kind === 'unknown') again(partnerId, 0);
      return after;
    });
  }

  return {
    async register({ name, versionsUrl, token, party }) {
      const refusal = await ports.partnerLink().refusal(versionsUrl);
      if (refusal !== undefined) throw new RequestRefused(422, refusal, '/versions_url');
      const invited: Partner = {
        id: randomUUID(),
        name,
        status: 'registering',
        versionsUrl,
        roles: [],
        endpoints: [],
        outboundToken: token,
        // CR-11: good before it is sent, because the partner calls back while it answers.
        inboundToken: newToken(),
        ...(party ? { party } : {}),
        createdAt: clock.now(),
      };
      return alone(invited.id, async () => {
        await partners.put(invited);
        const known = await settleVersion(invited);
        if ('failed' in known) {
          const isToken = /\b401\b/.test(known.failed);
          return forget(invited, known.failed, isToken ? '/token' : '/versions_url');
        }
        const { partner, outcome } = await attempt(known);
        if (outcome.kind === 'refused') {
          return forget(partner, `the partner does not register us: ${outcome.detail}`, '/token');
        }
        if (outcome.kind === 'unknown') again(partner.id, 0);
        return partner;
      });
    },

    rotate,

    resume() {
      clock.after(TELL_AFTER_MS, tellChanges);
      for (const partner of partners.all()) {
        if (isUndone(partner) && partner.stalled === undefined) again(partner.id, 0);
      }
    },
  };
}

function isUndone({ status, nextInboundToken }: Partner): boolean {
  return status === 'registering' || (status === 'registered' && nextInboundToken !== undefined);
}

function stalledId(partnerId: string): string {
  return stableId(`credentials-stalled:${partnerId}`);
}
