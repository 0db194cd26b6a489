import { creditIdOf, type InvoiceRecord, type Location, type Tariff } from '@roambridge/domain';
import type { AsSeen } from '../catalog/as-seen.js';
import type { SessionProfile } from '../model/charging-profile.js';
import type { Command } from '../model/command.js';
import type { Delivery } from '../model/delivery.js';
import type { Partner } from '../model/partner.js';
import type { CdrRecord, SessionRecord } from '../model/session.js';
import type { Store } from '../ports/store.js';
import type { RecentDocuments } from './recent-documents.js';

type Key = { country_code: string; party_id: string; id: string };

/** The newest state of the objects of a batch of deliveries. */
export interface Sources {
  session(id: string): SessionRecord | undefined;
  cdr(id: string): CdrRecord | undefined;
  /** Whether the partner has yet to be told of this session. */
  isPending(sessionId: string): boolean;
  /** Whether the partner has yet to be told of a CDR that this one follows: the original of a credit, the credit. */
  awaitsCdr(record: CdrRecord): boolean;
  location(key: Key): Promise<Location | undefined>;
  tariff(key: Key): Promise<Tariff | undefined>;
  /** Of an invoice of ours. */
  invoice(key: Key): Promise<InvoiceRecord | undefined>;
  command(id: string): Promise<Command | undefined>;
  /** The partner's delivery of another object. */
  told(kind: Delivery['kind'], key: string): Promise<Delivery | undefined>;
  chargingProfile(sessionId: string): Promise<SessionProfile | undefined>;
}

/** Reads what a batch of one kind needs: a handful of statements, however many deliveries it has. */
export async function gatherSources(
  { store, recent, asSeen }: { store: Store; recent: RecentDocuments; asSeen: AsSeen },
  partner: Partner,
  kind: Delivery['kind'],
  deliveries: readonly Delivery[],
): Promise<Sources> {
  const partnerId = partner.id;
  const keys = deliveries.map(({ key }) => key);
  const sessions = kind === 'session' ? await gather(keys, recent.takeSession, store.sessions.getMany) : [];
  const cdrs = kind === 'cdr' ? await gather(keys, recent.takeCdr, store.cdrs.getMany) : [];
  const pending = await store.deliveries.pendingAmong(
    partnerId,
    'session',
    cdrs.map(({ cdr }) => cdr.session_id),
  );
  const pendingCdrs = await store.deliveries.pendingAmong(partnerId, 'cdr', cdrs.flatMap(predecessor));
  const sessionById = new Map(sessions.map((record) => [record.session.id, record]));
  const cdrById = new Map(cdrs.map((record) => [record.cdr.id, record]));
  return {
    session: (id) => sessionById.get(id),
    cdr: (id) => cdrById.get(id),
    isPending: (sessionId) => pending.has(sessionId),
    awaitsCdr: (record) => predecessor(record).some((id) => pendingCdrs.has(id)),
    location: once(async (key: Key) => {
      const location = await store.locations.get(key);
      return location && asSeen(partner, location);
    }),
    tariff: once((key: Key) => store.tariffs.get(key)),
    invoice: async (key) => (await store.invoices.get({ ...key, partnerId, sender: 'us' }))?.record,
    command: (id) => store.commands.get(id),
    told: (other, key) => store.deliveries.get(partnerId, other, key),
    chargingProfile: (sessionId) => store.chargingProfiles.get(sessionId),
  };
}

/** A credit follows what it takes back, and a corrected CDR the credit. */
function predecessor({ cdr, replaces }: CdrRecord): string[] {
  if (cdr.credit_reference_id !== undefined) return [cdr.credit_reference_id];
  return replaces === undefined ? [] : [creditIdOf(replaces)];
}

async function gather<T>(
  keys: readonly string[],
  take: (key: string) => T | undefined,
  read: (keys: readonly string[]) => Promise<T[]>,
): Promise<T[]> {
  const found: T[] = [];
  const missing: string[] = [];
  for (const key of keys) {
    const document = take(key);
    if (document) found.push(document);
    else missing.push(key);
  }
  return missing.length === 0 ? found : found.concat(await read(missing));
}

/** Many EVSEs of a batch stand at one location: it is read once. */
function once<T>(read: (key: Key) => Promise<T>): (key: Key) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (key) => {
    const name = `${key.country_code}/${key.party_id}/${key.id}`;
    const found = known.get(name) ?? read(key);
    known.set(name, found);
    return found;
  };
}
