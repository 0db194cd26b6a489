import type { PartyId } from '@roambridge/domain';
import type { Background } from '../background.js';
import type { Feed } from '../feed.js';
import type { HubClient } from '../model/hub-client.js';
import type { Partner } from '../model/partner.js';
import type { Log } from '../ports/log.js';
import type { PartnerLink } from '../ports/partner-link.js';
import type { PartnerDirectory } from './directory.js';
import { isHub, MAX_HUB_CLIENTS, withClient } from './hubs.js';
import { createPageWatch } from './page-watch.js';

/** A list that never ends is given up after so many pages. */
const MAX_PAGES = 1_000;

export interface HubDeskPorts {
  log: Log;
  feed: Feed;
  background: Background;
  partners: PartnerDirectory;
  partnerLink: () => PartnerLink;
}

/** Who is behind our hubs, and whether they can be told (HU-01 to HU-05). */
export interface HubDesk {
  /** Reads the lists of all hubs, because they may have changed while we were away (HU-05). */
  start(): void;
  /** Reads the list of a hub; nothing where the partner is none. */
  pull(partner: Partner): void;
  /** undefined = the partner is no hub, or has more parties than are kept. */
  put(partnerId: string, client: HubClient): Promise<{ created: boolean } | undefined>;
  find(partner: Partner, party: PartyId): HubClient | undefined;
}

export function createHubDesk(ports: HubDeskPorts): HubDesk {
  const { log, feed, background, partners } = ports;

  async function store(
    partnerId: string,
    told: readonly HubClient[],
  ): Promise<{ created: boolean } | undefined> {
    const partner = partners.get(partnerId);
    if (!partner || !isHub(partner)) return undefined;
    let clients: HubClient[] = partner.hubClients ?? [];
    let created = false;
    for (const client of told) ({ clients, created } = withClient(clients, client));
    if (clients.length > MAX_HUB_CLIENTS) return undefined;
    await partners.put({ ...partner, hubClients: clients });
    for (const { country_code, party_id, role, status } of told) {
      const party = `${country_code}*${party_id}`;
      feed.publish('partner', { id: partnerId, party, role, status });
      // HU-03: a party that is planned or suspended is a matter of contracts.
      if (status === 'PLANNED' || status === 'SUSPENDED') {
        log.info({ partner: partnerId, party, role, status }, 'party behind a hub changed');
      }
    }
    return { created };
  }

  async function readAll(partner: Partner): Promise<void> {
    const found: HubClient[] = [];
    const watch = createPageWatch(MAX_PAGES);
    let next: string | undefined;
    for (;;) {
      const page = await ports.partnerLink().hubClients(partner, next);
      if (page.kind !== 'page') {
        if (page.kind === 'unreachable')
          log.warn({ partner: partner.id, detail: page.detail }, 'parties behind a hub not read');
        return;
      }
      found.push(...page.clients);
      next = page.next;
      if (next === undefined || found.length > MAX_HUB_CLIENTS) break;
      const fault = watch({ next, news: page.clients.length });
      if (fault === undefined) continue;
      log.warn({ partner: partner.id, detail: fault }, 'parties behind a hub not read to the end');
      break;
    }
    await store(partner.id, found.slice(0, MAX_HUB_CLIENTS));
  }

  function pull(partner: Partner): void {
    if (isHub(partner))
      background.run(readAll(partner), 'parties behind a hub not read', { partner: partner.id });
  }

  return {
    start() {
      for (const partner of partners.registered()) pull(partner);
    },
    pull,
    put: (partnerId, client) => store(partnerId, [client]),
    find: ({ hubClients = [] }, { country_code, party_id }) =>
      hubClients.find(
        (client) =>
          client.country_code.toUpperCase() === country_code.toUpperCase() &&
          client.party_id.toUpperCase() === party_id.toUpperCase(),
      ),
  };
}
