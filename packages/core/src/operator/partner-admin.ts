import type { TokenBook } from '../authorization/tokens.js';
import type { Lanes } from '../delivery/lanes.js';
import { type OperatorEdge, type PartnerView, RequestRefused } from '../edges/operator-edge.js';
import type { Feed } from '../feed.js';
import { newToken, randomUUID, stableId } from '../ids.js';
import type { Delivery } from '../model/delivery.js';
import type { Partner } from '../model/partner.js';
import type { PartnerDirectory } from '../partners/directory.js';
import type { ExchangeJournal } from '../partners/exchange-journal.js';
import type { Clock } from '../ports/clock.js';
import type { Store } from '../ports/store.js';

export interface PartnerAdminPorts {
  store: Store;
  clock: Clock;
  feed: Feed;
  tokens: TokenBook;
  partners: PartnerDirectory;
  lanes: Lanes;
  exchanges: ExchangeJournal;
  versionsUrl: () => string;
}

type PartnerAdmin = Pick<
  OperatorEdge,
  | 'createPartner'
  | 'partners'
  | 'partner'
  | 'removePartner'
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
      shown.map(async ({ inboundToken: _inbound, outboundToken: _outbound, ...partner }) => ({
        ...(await lastSuccess(partner)),
        ...partner,
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
    await store.attention.resolve(stableId(`parked:${partnerId}:${kind}:${key}`), clock.now());
    return store.deliveries.find(id);
  }

  return {
    async createPartner(name) {
      const partner: Partner = {
        id: randomUUID(),
        name,
        status: 'awaiting_registration',
        roles: [],
        endpoints: [],
        inboundToken: newToken(),
        createdAt: clock.now(),
      };
      await partners.put(partner);
      feed.publish('partner', { id: partner.id, status: partner.status });
      return { id: partner.id, registrationToken: partner.inboundToken, versionsUrl: ports.versionsUrl() };
    },
    partners: () => partnerViews(partners.all()),
    async partner(id) {
      const partner = partners.get(id);
      return partner && (await partnerViews([partner]))[0];
    },
    async removePartner(id) {
      lanes.drop(id);
      const removed = await partners.remove(id);
      await store.deliveries.removePartner(id);
      tokens.clear();
      feed.publish('partner', { id, removed });
      return removed;
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
