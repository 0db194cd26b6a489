import { isPriced, type Location, type Token } from '@roambridge/domain';
import type { TokenBook } from '../authorization/tokens.js';
import type { Background } from '../background.js';
import type { CommandDesk } from '../commands/command-desk.js';
import type { Lanes } from '../delivery/lanes.js';
import type { HostedParty, PartnerEdge, PartnerPage } from '../edges/partner-edge.js';
import type { Feed } from '../feed.js';
import { newToken } from '../ids.js';
import type { DirtyMark } from '../model/delivery.js';
import type { Partner, Registration } from '../model/partner.js';
import type { Clock } from '../ports/clock.js';
import type { Log } from '../ports/log.js';
import type { ListQuery, Store } from '../ports/store.js';
import type { CoreSettings } from '../settings.js';
import type { PartnerDirectory } from './directory.js';
import type { ExchangeJournal } from './exchange-journal.js';
import type { TokenPull } from './pull-tokens.js';

export interface PartnerDeskPorts {
  background: Background;
  store: Store;
  clock: Clock;
  log: Log;
  feed: Feed;
  settings: CoreSettings;
  hostedParties: HostedParty[];
  partners: PartnerDirectory;
  tokens: TokenBook;
  tokenPull: TokenPull;
  exchanges: ExchangeJournal;
  commands: CommandDesk;
  lanes: Lanes;
}

/** All that partners may ask for; each sees only its own. */
export function createPartnerDesk(ports: PartnerDeskPorts): PartnerEdge {
  const { store, clock, log, feed, settings, hostedParties, partners, tokens, commands, lanes } = ports;

  async function register(partnerId: string, registration: Registration): Promise<{ inboundToken: string }> {
    const before = partners.get(partnerId);
    if (!before) throw new Error(`no partner ${partnerId}`);
    const inboundToken = newToken();
    const partner: Partner = {
      ...before,
      ...registration,
      status: 'registered',
      inboundToken,
      registeredAt: clock.now(),
    };
    await partners.put(partner);
    feed.publish('partner', { id: partnerId, status: partner.status, version: partner.version });
    log.info({ partner: partnerId, name: partner.name, version: partner.version }, 'partner registered');
    return { inboundToken };
  }

  /** LO-06, LO-14: a new partner is told all that it may see, tariffs before locations. */
  async function markEverything(partner: Partner): Promise<void> {
    const at = clock.now() + settings.pushLingerMs;
    for (let offset = 0, more = true; more; ) {
      const page = await store.tariffs.list({ offset, limit: INITIAL_PAGE });
      const marks = page.items.map(
        (tariff): DirtyMark => ({
          partnerId: partner.id,
          kind: 'tariff',
          key: `${tariff.country_code}/${tariff.party_id}/${tariff.id}`,
          dueAt: at,
        }),
      );
      if (marks.length > 0) await store.deliveries.mark(marks);
      offset += page.items.length;
      more = page.items.length === INITIAL_PAGE;
    }
    for (let offset = 0, more = true; more; ) {
      const page = await store.locations.list({ offset, limit: INITIAL_PAGE, published: true });
      const marks = page.items
        .filter((location) => location.publish)
        .map(
          (location): DirtyMark => ({
            partnerId: partner.id,
            kind: 'location',
            key: `${location.country_code}/${location.party_id}/${location.id}`,
            dueAt: at,
          }),
        );
      if (marks.length > 0) await store.deliveries.mark(marks);
      offset += page.items.length;
      more = page.items.length === INITIAL_PAGE;
    }
    lanes.wakePartner(partner.id);
  }

  return {
    hostedParties,

    authenticate(candidates) {
      for (const [index, candidate] of candidates.entries()) {
        const partner = partners.findByToken(candidate);
        if (!partner) continue;
        partner.lastInboundAt = clock.now();
        return { partner, index };
      }
      return undefined;
    },

    noteExchange: ports.exchanges.note,

    async completeRegistration(partnerId, registration) {
      const issued = await register(partnerId, registration);
      const partner = partners.get(partnerId);
      // Told once the partner has its answer and can be called.
      if (partner)
        clock.after(settings.pushLingerMs, () => {
          ports.background.persist(() => markEverything(partner), 'first push not prepared', {
            partner: partnerId,
          });
          ports.background.run(ports.tokenPull.pull(partner, 'add'), 'tokens could not be read', {
            partner: partnerId,
          });
        });
      return issued;
    },
    async updateRegistration(partnerId, registration) {
      const before = partners.get(partnerId);
      const issued = await register(partnerId, registration);
      // CR-21: a lost answer must not lock the partner out.
      if (before) partners.keepToken(before.inboundToken, partnerId, settings.tokenGraceMs);
      lanes.wakePartner(partnerId);
      return issued;
    },
    async unregister(partnerId) {
      const before = partners.get(partnerId);
      if (!before) return;
      const { outboundToken: _, ...rest } = before;
      await partners.put({ ...rest, status: 'unregistered' });
      tokens.clear();
      lanes.drop(partnerId);
      await store.deliveries.removePartner(partnerId);
      feed.publish('partner', { id: partnerId, status: 'unregistered' });
      log.info({ partner: partnerId, name: before.name }, 'partner unregistered');
    },

    async locations(_partner, page) {
      return store.locations.list({ ...query(page), published: true });
    },
    async location(_partner, id) {
      for (const { country_code, party_id } of hostedParties) {
        const location = await store.locations.get({ country_code, party_id, id });
        if (location) return location.publish ? location : undefined;
      }
      return undefined;
    },
    tariffs: (_partner, page) => store.tariffs.list(query(page)),
    async sessions(partner, page) {
      const found = await store.sessions.list({ ...query(page), partnerId: partner.id });
      return {
        total: found.total,
        items: found.items.map(({ session, snapshot }) => ({ session, location: snapshot.location })),
      };
    },
    async cdrs(partner, page) {
      const found = await store.cdrs.list({ ...query(page), partnerId: partner.id, now: clock.now() });
      const items = found.items.flatMap(({ cdr, location }) =>
        isPriced(cdr) ? [{ cdr, location: location satisfies Location }] : [],
      );
      return { total: found.total, items };
    },

    token: (partner, key) => store.tokens.get({ ...key, partnerId: partner.id }),
    async putToken(partner, token: Token) {
      const { created } = await tokens.put(partner.id, token);
      return { created };
    },

    startSession: commands.startSession,
    stopSession: commands.stopSession,
    reserveNow: commands.reserveNow,
    cancelReservation: commands.cancelReservation,
    unlockConnector: commands.unlockConnector,
    setProfile: commands.setProfile,
    clearProfile: commands.clearProfile,
    getProfile: commands.getProfile,
    setPreferences: commands.setPreferences,
  };
}

/** Objects marked at a time when a partner is told everything. */
const INITIAL_PAGE = 200;

function query(page: PartnerPage): ListQuery {
  return {
    offset: page.offset,
    limit: page.limit,
    ...(page.dateFrom === undefined ? {} : { dateFrom: page.dateFrom }),
    ...(page.dateTo === undefined ? {} : { dateTo: page.dateTo }),
  };
}
