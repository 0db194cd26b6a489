import type { Background } from '../background.js';
import type { Lanes } from '../delivery/lanes.js';
import type { DirtyMark } from '../model/delivery.js';
import type { Partner } from '../model/partner.js';
import type { Clock } from '../ports/clock.js';
import type { Store } from '../ports/store.js';
import type { PartnerDirectory } from './directory.js';
import type { HubDesk } from './hub-desk.js';
import type { TokenPull } from './pull-tokens.js';

/** Objects marked at a time. */
const PAGE = 200;

export interface WelcomePorts {
  store: Store;
  clock: Clock;
  background: Background;
  partners: PartnerDirectory;
  tokenPull: TokenPull;
  lanes: Lanes;
  hubs: HubDesk;
  settings: { pushLingerMs: number };
}

/** CR-27: a partner that has just registered is told all that it may see, and its tokens are read. */
export function createWelcome(ports: WelcomePorts): (partner: Partner) => void {
  const { store, clock, partners, lanes, settings } = ports;

  /** LO-06, LO-14: tariffs before locations. */
  async function markEverything(partner: Partner): Promise<void> {
    await markAll(partner, 'tariff', (page) => store.tariffs.list(page));
    await markAll(partner, 'location', (page) => store.locations.list({ ...page, published: true }));
    lanes.wakePartner(partner.id);
  }

  async function markAll(
    partner: Partner,
    kind: 'tariff' | 'location',
    list: (page: { offset: number; limit: number }) => Promise<{ items: Owned[] }>,
  ): Promise<void> {
    const dueAt = clock.now() + settings.pushLingerMs;
    for (let offset = 0, more = true; more; offset += PAGE) {
      const { items } = await list({ offset, limit: PAGE });
      const marks = items
        .filter((object) => object.publish !== false && partners.concerns(partner, object))
        .map(({ country_code, party_id, id }): DirtyMark => {
          return { partnerId: partner.id, kind, key: `${country_code}/${party_id}/${id}`, dueAt };
        });
      if (marks.length > 0) await store.deliveries.mark(marks);
      more = items.length === PAGE;
    }
  }

  return (partner) => {
    // Told once the partner has its answer and can be called.
    clock.after(settings.pushLingerMs, () => {
      const fields = { partner: partner.id };
      ports.hubs.pull(partner);
      ports.background.persist(() => markEverything(partner), 'first push not prepared', fields);
      ports.background.run(ports.tokenPull.pull(partner, 'add'), 'tokens could not be read', fields);
    });
  };
}

interface Owned {
  country_code: string;
  party_id: string;
  id: string;
  publish?: boolean;
}
