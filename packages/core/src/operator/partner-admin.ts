import type { PartyId } from '@roambridge/domain';
import type { TokenBook } from '../authorization/tokens.js';
import type { Background } from '../background.js';
import { type Lanes, parkedId } from '../delivery/lanes.js';
import { type OperatorEdge, type PartnerView, RequestRefused } from '../edges/operator-edge.js';
import type { HostedParty } from '../edges/partner-edge.js';
import type { Feed } from '../feed.js';
import { newToken, randomUUID } from '../ids.js';
import type { Delivery } from '../model/delivery.js';
import type { Partner } from '../model/partner.js';
import type { PartnerDirectory } from '../partners/directory.js';
import { downgradeReport } from '../partners/downgrade.js';
import type { ExchangeJournal } from '../partners/exchange-journal.js';
import type { Registrar } from '../partners/registrar.js';
import type { Resync } from '../partners/resync.js';
import type { Clock } from '../ports/clock.js';
import type { PartnerLink } from '../ports/partner-link.js';
import type { Store } from '../ports/store.js';

export interface PartnerAdminPorts {
  store: Store;
  clock: Clock;
  feed: Feed;
  tokens: TokenBook;
  partners: PartnerDirectory;
  lanes: Lanes;
  exchanges: ExchangeJournal;
  registrar: Registrar;
  resync: Resync;
  background: Background;
  partnerLink: () => PartnerLink;
  hostedParties: readonly HostedParty[];
  versionsUrl: () => string;
}

type PartnerAdmin = Pick<
  OperatorEdge,
  | 'createPartner'
  | 'registerWith'
  | 'rotatePartner'
  | 'resyncPartner'
  | 'resyncs'
  | 'probePartner'
  | 'downgrades'
  | 'partners'
  | 'partner'
  | 'removePartner'
  | 'setAuthorizationPolicy'
  | 'pausePartner'
  | 'resumePartner'
  | 'exchanges'
  | 'deliveries'
  | 'retryDelivery'
  | 'discardDelivery'
>;

/** How long a paused partner stays paused. */
const PAUSE_MS = 10 * 365 * 24 * 3_600_000;

/** Partners, what they were told and what passed between them and us, as the operator sees and steers it. */
export function createPartnerAdmin(ports: PartnerAdminPorts): PartnerAdmin {
  const { store, clock, feed, tokens, partners, lanes, exchanges } = ports;

  async function partnerViews(shown: Partner[]): Promise<PartnerView[]> {
    const backlog = new Map<string, number>();
    for (const { partnerId, count } of await store.deliveries.backlog()) {
      backlog.set(partnerId, (backlog.get(partnerId) ?? 0) + count);
    }
    return Promise.all(
      shown.map(async (partner) => ({
        ...(await lastSuccess(partner)),
        ...withoutSecrets(partner),
        rotating: partner.nextInboundToken !== undefined,
        paused: (partner.pausedUntil ?? 0) > clock.now(),
        backlog: backlog.get(partner.id) ?? 0,
        lane: lanes.stateOf(partner.id),
      })),
    );
  }

  /** What this process does not remember is in the journal. */
  async function lastSuccess({
    id,
    lastSuccessAt,
    lastInboundAt,
  }: Pick<Partner, 'id' | 'lastSuccessAt' | 'lastInboundAt'>) {
    if (lastSuccessAt !== undefined && lastInboundAt !== undefined) return {};
    const found = await store.exchanges.lastSuccess(id);
    return {
      ...(found.out === undefined ? {} : { lastSuccessAt: found.out }),
      ...(found.in === undefined ? {} : { lastInboundAt: found.in }),
    };
  }

  async function view(partner: Partner): Promise<PartnerView> {
    const [shown] = await partnerViews([partner]);
    if (!shown) throw new Error(`no view of partner ${partner.id}`);
    return shown;
  }

  function requireHosted(party: PartyId | undefined): void {
    const isHosted = ({ country_code, party_id }: PartyId) =>
      country_code === party?.country_code && party_id === party.party_id;
    if (party && !ports.hostedParties.some(isHosted)) {
      throw new RequestRefused(422, 'is not a party of this platform (PARTIES)', '/party');
    }
  }

  async function pause(id: string, until: number | undefined): Promise<boolean> {
    const partner = partners.get(id);
    if (!partner) return false;
    const { pausedUntil: _, ...rest } = partner;
    await partners.put(until === undefined ? rest : { ...rest, pausedUntil: until });
    lanes.wakePartner(id);
    feed.publish('partner', { id, paused_until: until ?? null });
    return true;
  }

  async function decide(id: string, act: () => Promise<boolean>): Promise<Delivery | undefined> {
    const before = await store.deliveries.find(id);
    if (!before) return undefined;
    if (!(await act())) {
      throw new RequestRefused(
        409,
        `the partner was told already (${before.state}); a resync tells what it misses`,
      );
    }
    // What a person decided about needs no attention any more.
    const { partnerId, kind, key } = before;
    const parked = parkedId(partnerId, kind, key);
    if (await store.attention.resolve(parked, clock.now())) feed.publish('attention', { id: parked });
    return store.deliveries.find(id);
  }

  return {
    async createPartner(name, party) {
      requireHosted(party);
      const partner: Partner = {
        id: randomUUID(),
        name,
        status: 'awaiting_registration',
        roles: [],
        endpoints: [],
        inboundToken: newToken(),
        ...(party ? { party } : {}),
        createdAt: clock.now(),
      };
      await partners.put(partner);
      feed.publish('partner', { id: partner.id, status: partner.status });
      return { id: partner.id, registrationToken: partner.inboundToken, versionsUrl: ports.versionsUrl() };
    },
    async registerWith(input) {
      requireHosted(input.party);
      return view(await ports.registrar.register(input));
    },
    async rotatePartner(id) {
      const partner = await ports.registrar.rotate(id);
      return partner && view(partner);
    },
    resyncPartner: (id, module, dateFrom) => ports.resync.run(id, module, dateFrom),
    resyncs: async (id) => (partners.get(id) ? await ports.resync.reports(id) : undefined),
    async probePartner(id) {
      const partner = partners.get(id);
      return partner && ports.partnerLink().probe(partner);
    },
    async downgrades(id) {
      const partner = partners.get(id);
      return partner && downgradeReport(ports, partner);
    },
    partners: () => partnerViews(partners.all()),
    async partner(id) {
      const partner = partners.get(id);
      return partner && view(partner);
    },
    async removePartner(id) {
      await lanes.drop(id);
      const partner = partners.get(id);
      // CR-23: both sides stop; the partner is told as far as it can be reached.
      if (partner?.status === 'registered') {
        ports.background.run(ports.partnerLink().endCredentials(partner), 'partner not told of its removal');
      }
      const removed = await partners.remove(id);
      await store.deliveries.removePartner(id);
      tokens.clear();
      feed.publish('partner', { id, removed });
      return removed;
    },
    async setAuthorizationPolicy(id, authorizationPolicy) {
      const partner = partners.get(id);
      if (!partner) return false;
      await partners.put({ ...partner, authorizationPolicy });
      feed.publish('partner', { id, status: partner.status });
      return true;
    },
    pausePartner: (id) => pause(id, clock.now() + PAUSE_MS),
    resumePartner: (id) => pause(id, undefined),

    async exchanges(query) {
      if (!partners.get(query.partnerId)) return undefined;
      await exchanges.flush();
      return store.exchanges.page(query);
    },
    deliveries: (query) => store.deliveries.page(query),
    async retryDelivery(id) {
      const delivery = await decide(id, () => store.deliveries.retry(id, clock.now()));
      // A lane that waits for a partner to answer again does not make the operator wait.
      if (delivery) lanes.wakePartner(delivery.partnerId);
      return delivery;
    },
    discardDelivery: (id) => decide(id, () => store.deliveries.discard(id)),
  };
}

function withoutSecrets({
  inboundToken: _inbound,
  outboundToken: _outbound,
  nextInboundToken: _next,
  previousInboundToken: _previous,
  ...partner
}: Partner) {
  return partner;
}
