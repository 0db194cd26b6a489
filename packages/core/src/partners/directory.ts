import type { Location } from '@roambridge/domain';
import type { Partner } from '../model/partner.js';
import type { Clock } from '../ports/clock.js';
import type { Store } from '../ports/store.js';
import type { Secrets } from '../secrets.js';

/** All partners, in memory; written through. */
export interface PartnerDirectory {
  load(): Promise<void>;
  all(): Partner[];
  get(id: string): Partner | undefined;
  put(partner: Partner): Promise<void>;
  remove(id: string): Promise<boolean>;
  /** By a token that the partner presents; also the replaced one during its grace period. */
  findByToken(token: string): Partner | undefined;
  /** Keeps the token that is being replaced valid for a while (CR-21). */
  keepToken(token: string, partnerId: string, forMs: number): void;
  /** Registered partners that may see the location (LO-20, LO-23). */
  audienceOf(location: Pick<Location, 'publish'>): Partner[];
  registered(): Partner[];
}

export function createPartnerDirectory(options: {
  store: Store;
  clock: Clock;
  secrets: Secrets;
}): PartnerDirectory {
  const { store, clock, secrets } = options;
  const partners = new Map<string, Partner>();
  const byToken = new Map<string, { partnerId: string; until: number }>();
  const registered = () => [...partners.values()].filter((partner) => partner.status === 'registered');

  function index(partner: Partner): void {
    const before = partners.get(partner.id);
    if (before && before.inboundToken !== partner.inboundToken) {
      const hash = secrets.hash(before.inboundToken);
      if (byToken.get(hash)?.until === Number.POSITIVE_INFINITY) byToken.delete(hash);
    }
    partners.set(partner.id, partner);
    if (partner.status === 'unregistered') byToken.delete(secrets.hash(partner.inboundToken));
    else
      byToken.set(secrets.hash(partner.inboundToken), {
        partnerId: partner.id,
        until: Number.POSITIVE_INFINITY,
      });
  }

  return {
    async load() {
      for (const partner of await store.partners.list()) index(partner);
    },
    all: () => [...partners.values()],
    get: (id) => partners.get(id),
    async put(partner) {
      await store.partners.put(partner);
      index(partner);
    },
    async remove(id) {
      const removed = await store.partners.remove(id);
      partners.delete(id);
      for (const [hash, entry] of byToken) if (entry.partnerId === id) byToken.delete(hash);
      return removed;
    },
    findByToken(token) {
      const entry = byToken.get(secrets.hash(token));
      if (!entry) return undefined;
      return entry.until > clock.now() ? partners.get(entry.partnerId) : undefined;
    },
    keepToken(token, partnerId, forMs) {
      for (const [hash, entry] of byToken) if (entry.until <= clock.now()) byToken.delete(hash);
      byToken.set(secrets.hash(token), { partnerId, until: clock.now() + forMs });
    },
    audienceOf: (location) => (location.publish ? registered() : []),
    registered,
  };
}
