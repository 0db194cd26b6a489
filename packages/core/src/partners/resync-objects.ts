import { type EpochMs, isPriced } from '@roambridge/domain';
import type { AsSeen } from '../catalog/as-seen.js';
import type { DeliveryKind } from '../model/delivery.js';
import type { Partner } from '../model/partner.js';
import type { ResyncModule } from '../model/resync.js';
import type { Notice } from '../ports/partner-link.js';
import type { Store } from '../ports/store.js';
import type { PartnerDirectory } from './directory.js';

/** Objects read from the database at a time. */
const PAGE = 100;

/** An object that a partner should have, and the notice that would tell it in full. */
export interface OwnObject {
  kind: DeliveryKind;
  key: string;
  lastUpdated: string;
  notice: Notice;
}

interface ObjectPorts {
  store: Store;
  partners: PartnerDirectory;
  asSeen: AsSeen;
}

type Compared = Exclude<ResyncModule, 'tokens'>;
type Page = { offset: number; limit: number };

/** All that the partner should have of a module, oldest first. */
export async function* objectsOf(
  ports: ObjectPorts,
  partner: Partner,
  module: Compared,
  options: { now: EpochMs; dateFrom: EpochMs },
): AsyncGenerator<OwnObject> {
  const read = READERS[module];
  for (let offset = 0; ; offset += PAGE) {
    const objects = await read(ports, partner, { offset, limit: PAGE }, options);
    yield* objects.found;
    if (objects.read < PAGE) return;
  }
}

type Reader = (
  ports: ObjectPorts,
  partner: Partner,
  page: Page,
  options: { now: EpochMs; dateFrom: EpochMs },
) => Promise<{ read: number; found: OwnObject[] }>;

const READERS = {
  async tariffs({ store, partners }, partner, page) {
    const { items } = await store.tariffs.list(page);
    const seen = items.filter((tariff) => partners.concerns(partner, tariff));
    return {
      read: items.length,
      found: seen.map((tariff) => ({
        kind: 'tariff',
        key: ownerKey(tariff),
        lastUpdated: tariff.last_updated,
        notice: { kind: 'tariff', tariff },
      })),
    };
  },
  async locations({ store, partners, asSeen }, partner, page) {
    const { items } = await store.locations.list({ ...page, published: true });
    const concerned = items.filter((location) => location.publish && partners.concerns(partner, location));
    const seen = await Promise.all(concerned.map((location) => asSeen(partner, location)));
    return {
      read: items.length,
      found: seen.map((location) => ({
        kind: 'location',
        key: ownerKey(location),
        lastUpdated: location.last_updated,
        notice: { kind: 'location', location },
      })),
    };
  },
  async sessions({ store }, partner, page, { dateFrom }) {
    const { items } = await store.sessions.list({ ...page, partnerId: partner.id, dateFrom });
    return {
      read: items.length,
      found: items.map(({ session, snapshot }) => ({
        kind: 'session',
        key: session.id,
        lastUpdated: session.last_updated,
        notice: { kind: 'session', session, location: snapshot.location },
      })),
    };
  },
  async cdrs({ store }, partner, page, { now, dateFrom }) {
    const { items } = await store.cdrs.list({ ...page, partnerId: partner.id, now, dateFrom });
    return {
      read: items.length,
      found: items.flatMap(({ cdr, location }) =>
        isPriced(cdr)
          ? [
              {
                kind: 'cdr' as const,
                key: cdr.id,
                lastUpdated: cdr.last_updated,
                notice: { kind: 'cdr' as const, cdr, location },
              },
            ]
          : [],
      ),
    };
  },
} satisfies Record<Compared, Reader>;

function ownerKey({
  country_code,
  party_id,
  id,
}: {
  country_code: string;
  party_id: string;
  id: string;
}): string {
  return `${country_code}/${party_id}/${id}`;
}
