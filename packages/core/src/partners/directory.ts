import type { Location, PartyId } from '@roambridge/domain';
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
  /** Its replaced token ends at once, and then in the store. */
  endReplacedToken(id: string): Promise<void>;
  /** By a token that the partner presents; also an offered one, and a replaced one during its grace period. */
  findByToken(token: string): Partner | undefined;
  /** Registered partners that may see the location (LO-20, LO-23). */
  audienceOf(location: Pick<Location, 'publish' | 'country_code' | 'party_id'>): Partner[];
  registered(): Partner[];
  /** Whether the connection is about this party of ours: one of 2.1.1 is about a single one (CR-02). */
  concerns(partner: Partner, party: PartyId): boolean;
  /** The party that a connection is about; undefined = all that are hosted. */
  partyOf(partner: Partner): PartyId | undefined;
}

export function createPartnerDirectory(options: {
  store: Store;
  clock: Clock;
  secrets: Secrets;
  hostedParties: readonly PartyId[];
  /** Whether the version of the connection has room for a single party of ours. */
  hasOneParty: (partner: Partner) => boolean;
}): PartnerDirectory {
  const { store, clock, secrets } = options;
  const partners = new Map<string, Partner>();
  const byToken = new Map<string, { partnerId: string; until: number }>();
  const registered = () => [...partners.values()].filter((partner) => partner.status === 'registered');

  function forgetTokens(partnerId: string): void {
    for (const [hash, entry] of byToken) if (entry.partnerId === partnerId) byToken.delete(hash);
  }

  function index(partner: Partner): void {
    forgetTokens(partner.id);
    partners.set(partner.id, partner);
    if (partner.status === 'unregistered') return;
    const { inboundToken, nextInboundToken, previousInboundToken, previousInboundUntil = 0 } = partner;
    const add = (token: string | undefined, until: number) => {
      if (token !== undefined) byToken.set(secrets.hash(token), { partnerId: partner.id, until });
    };
    add(previousInboundToken, previousInboundUntil);
    add(nextInboundToken, Number.POSITIVE_INFINITY);
    add(inboundToken, Number.POSITIVE_INFINITY);
  }

  function partyOf(partner: Partner): PartyId | undefined {
    return options.hasOneParty(partner) ? (partner.party ?? options.hostedParties[0]) : undefined;
  }

  function concerns(partner: Partner, { country_code, party_id }: PartyId): boolean {
    const party = partyOf(partner);
    return party === undefined || (party.country_code === country_code && party.party_id === party_id);
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
      forgetTokens(id);
      return removed;
    },
    async endReplacedToken(id) {
      const partner = partners.get(id);
      if (!partner) return;
      const {
        answerOpen: _open,
        previousInboundToken: _token,
        previousInboundUntil: _until,
        ...rest
      } = partner;
      index(rest);
      await store.partners.put(rest);
    },
    findByToken(token) {
      const entry = byToken.get(secrets.hash(token));
      if (!entry) return undefined;
      return entry.until > clock.now() ? partners.get(entry.partnerId) : undefined;
    },
    audienceOf: (location) =>
      location.publish ? registered().filter((partner) => concerns(partner, location)) : [],
    registered,
    concerns,
    partyOf,
  };
}
