import { isPriced, type Location, type Token } from '@roambridge/domain';
import type { TokenBook } from '../authorization/tokens.js';
import type { Background } from '../background.js';
import type { AsSeen } from '../catalog/as-seen.js';
import type { CommandDesk } from '../commands/command-desk.js';
import type { Lanes } from '../delivery/lanes.js';
import type { HostedParty, PartnerEdge, PartnerPage } from '../edges/partner-edge.js';
import type { Feed } from '../feed.js';
import { newToken } from '../ids.js';
import type { Partner, Registration } from '../model/partner.js';
import type { Clock } from '../ports/clock.js';
import type { Log } from '../ports/log.js';
import type { ListQuery, Store } from '../ports/store.js';
import type { CoreSettings } from '../settings.js';
import type { PartnerDirectory } from './directory.js';
import type { ExchangeJournal } from './exchange-journal.js';
import type { HubDesk } from './hub-desk.js';

/** How long a registration token can be presented again when the answer to its registration did not leave. */
const REGISTER_AGAIN_MS = 3_600_000;

export interface PartnerDeskPorts {
  store: Store;
  clock: Clock;
  log: Log;
  feed: Feed;
  settings: CoreSettings;
  hostedParties: HostedParty[];
  partners: PartnerDirectory;
  tokens: TokenBook;
  asSeen: AsSeen;
  welcome: (partner: Partner) => void;
  /** What we host and offer, as one text. */
  platform: () => string;
  hubs: HubDesk;
  exchanges: ExchangeJournal;
  background: Background;
  commands: CommandDesk;
  lanes: Lanes;
}

/** All that partners may ask for; each sees only its own. */
export function createPartnerDesk(ports: PartnerDeskPorts): PartnerEdge {
  const { store, clock, log, feed, settings, hostedParties, partners, tokens, commands, lanes, asSeen } =
    ports;

  async function register(
    partnerId: string,
    registration: Registration,
  ): Promise<{ partner: Partner; inboundToken: string }> {
    const before = partners.get(partnerId);
    if (!before) throw new Error(`no partner ${partnerId}`);
    const inboundToken = newToken();
    const { nextInboundToken: _next, stalled: _stalled, hubParty: _hub, ...rest } = before;
    const isAgain = before.answerOpen === true;
    const partner: Partner = {
      ...rest,
      ...registration,
      status: 'registered',
      inboundToken,
      toldPlatform: ports.platform(),
      ...(isAgain ? {} : replaced(before)),
      ...(before.status === 'registered' && !isAgain
        ? { rotatedAt: clock.now() }
        : { registeredAt: clock.now() }),
    };
    await partners.put(partner);
    feed.publish('partner', { id: partnerId, status: partner.status, version: partner.version });
    log.info({ partner: partnerId, name: partner.name, version: partner.version }, 'partner registered');
    return { partner, inboundToken };
  }

  /** CR-15, CR-21: a lost answer must not lock the partner out. */
  function replaced({ status, inboundToken }: Partner) {
    const isFirst = status === 'awaiting_registration';
    return {
      previousInboundToken: inboundToken,
      previousInboundUntil: clock.now() + (isFirst ? REGISTER_AGAIN_MS : settings.tokenGraceMs),
      ...(isFirst ? { answerOpen: true as const } : {}),
    };
  }

  /** The partner has its token: a registration token is good for one registration. */
  function closeAnswer(partner: Partner): void {
    if (!partner.answerOpen) return;
    ports.background.persist(
      () => partners.endReplacedToken(partner.id),
      'end of a registration token not stored',
      { partner: partner.id },
    );
  }

  function ofParty(partner: Partner) {
    const party = partners.partyOf(partner);
    return party === undefined ? {} : { parties: [party] };
  }

  return {
    hostedParties,

    authenticate(candidates) {
      for (const [index, candidate] of candidates.entries()) {
        const partner = partners.findByToken(candidate);
        if (!partner) continue;
        partner.lastInboundAt = clock.now();
        partner.inboundEncoding = index === 0 ? 'raw' : 'base64'; // TR-007
        if (!partner.answerOpen) return { partner, index };
        if (candidate === partner.previousInboundToken) {
          return { partner: { ...partner, status: 'awaiting_registration', inboundToken: candidate }, index };
        }
        closeAnswer(partner);
        return { partner, index };
      }
      return undefined;
    },

    noteExchange: ports.exchanges.note,
    putHubClient: (partner, client) => ports.hubs.put(partner.id, client),
    hubClient: ports.hubs.find,

    async completeRegistration(partnerId, registration) {
      const { partner, inboundToken } = await register(partnerId, registration);
      ports.welcome(partner);
      return { inboundToken };
    },
    answeredRegistration(partnerId) {
      const partner = partners.get(partnerId);
      if (partner) closeAnswer(partner);
    },
    async updateRegistration(partnerId, registration) {
      const before = partners.get(partnerId);
      const { partner, inboundToken } = await register(partnerId, registration);
      ports.hubs.pull(partner);
      if (before?.status === 'registered') lanes.wakePartner(partnerId);
      // CR-22: in another version it has none of what it was told.
      if (before?.status !== 'registered' || before.version !== partner.version) ports.welcome(partner);
      return { inboundToken };
    },
    async unregister(partnerId) {
      const before = partners.get(partnerId);
      if (!before) return;
      const {
        outboundToken: _out,
        nextInboundToken: _next,
        previousInboundToken: _previous,
        ...rest
      } = before;
      await partners.put({ ...rest, status: 'unregistered' });
      tokens.clear();
      await lanes.drop(partnerId);
      await store.deliveries.removePartner(partnerId);
      feed.publish('partner', { id: partnerId, status: 'unregistered' });
      log.info({ partner: partnerId, name: before.name }, 'partner unregistered');
    },

    async locations(partner, page) {
      const found = await store.locations.list({ ...query(page), ...ofParty(partner), published: true });
      return { ...found, items: await Promise.all(found.items.map((each) => asSeen(partner, each))) };
    },
    async location(partner, id) {
      for (const { country_code, party_id } of hostedParties) {
        const location = await store.locations.get({ country_code, party_id, id });
        if (!location) continue;
        return location.publish && partners.concerns(partner, location)
          ? asSeen(partner, location)
          : undefined;
      }
      return undefined;
    },
    tariffs: (partner, page) => store.tariffs.list({ ...query(page), ...ofParty(partner) }),
    async sessions(partner, page) {
      const found = await store.sessions.list({ ...query(page), partnerId: partner.id });
      return {
        ...found,
        items: found.items.map(({ session, snapshot }) => ({ session, location: snapshot.location })),
      };
    },
    async cdrs(partner, page) {
      const found = await store.cdrs.list({ ...query(page), partnerId: partner.id, now: clock.now() });
      const items = found.items.flatMap(({ cdr, location }) =>
        isPriced(cdr) ? [{ cdr, location: location satisfies Location }] : [],
      );
      return { ...found, items };
    },

    async invoices(partner, page) {
      const found = await store.invoices.list({ ...query(page), partnerId: partner.id, sender: 'us' });
      return { ...found, items: found.items.map(({ record }) => record) };
    },
    invoice: async (partner, key) =>
      (await store.invoices.get({ ...key, partnerId: partner.id, sender: 'partner' }))?.record,
    putInvoice: (partner, record) =>
      store.invoices.put({ partnerId: partner.id, sender: 'partner', record }, []),
    removeInvoice: (partner, key) =>
      store.invoices.remove({ ...key, partnerId: partner.id, sender: 'partner' }, []),

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

function query(page: PartnerPage): ListQuery {
  return {
    offset: page.offset,
    limit: page.limit,
    ...(page.dateFrom === undefined ? {} : { dateFrom: page.dateFrom }),
    ...(page.dateTo === undefined ? {} : { dateTo: page.dateTo }),
    ...(page.after === undefined ? {} : { after: page.after }),
    ...(page.total === undefined ? {} : { total: page.total }),
  };
}
