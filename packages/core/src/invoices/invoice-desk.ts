import { type InvoiceRecord, isPriced, type PartyId } from '@roambridge/domain';
import type { Lanes } from '../delivery/lanes.js';
import { RequestRefused } from '../edges/operator-edge.js';
import type { DirtyMark } from '../model/delivery.js';
import type { InvoiceKey, StoredInvoice } from '../model/invoice.js';
import type { PartnerDirectory } from '../partners/directory.js';
import type { Clock } from '../ports/clock.js';
import type { Store } from '../ports/store.js';

/** Longest id of a CDR that a record can name; that of a credit may be longer (OCPI IR-03). */
const CDR_ID_MAX_CHARS = 36;

export interface InvoiceDeskPorts {
  store: Store;
  clock: Clock;
  lanes: Lanes;
  partners: PartnerDirectory;
  /** The CPO parties that this platform hosts. */
  parties: readonly PartyId[];
}

/** Records of invoices, both ours and those of partners. */
export interface InvoiceDesk {
  /** An invoice of ours to a partner, which is told of it. Refuses CDRs that the partner was not sent. */
  put(
    partnerId: string,
    input: Omit<InvoiceRecord, 'last_updated'>,
  ): Promise<{ created: boolean; record: InvoiceRecord }>;
  /** The record was a mistake; false = there is none. */
  remove(key: Omit<InvoiceKey, 'sender'>): Promise<boolean>;
}

export function createInvoiceDesk({ store, clock, lanes, partners, parties }: InvoiceDeskPorts): InvoiceDesk {
  function mark(
    partnerId: string,
    { country_code, party_id, id }: Omit<InvoiceKey, 'sender' | 'partnerId'>,
  ): DirtyMark[] {
    return [{ partnerId, kind: 'invoice', key: `${country_code}/${party_id}/${id}`, dueAt: clock.now() }];
  }

  /** IR-04: the list alone says what the invoice is about, so each of it has to be a CDR that the partner knows. */
  async function requireCdrs(partnerId: string, ids: readonly string[]): Promise<void> {
    const found = new Map((await store.cdrs.getMany(ids)).map((record) => [record.cdr.id, record]));
    for (const [index, id] of ids.entries()) {
      const record = found.get(id);
      const refuse = (why: string) => new RequestRefused(422, `CDR ${id} ${why}`, `/cdrs/${index}`);
      if (id.length > CDR_ID_MAX_CHARS)
        throw refuse('has an id that is too long for a record: a credit goes without');
      if (record?.partnerId !== partnerId) throw refuse('is none of this partner');
      if (record.hold !== undefined || !isPriced(record.cdr) || record.releaseAt > clock.now())
        throw refuse('was not sent yet');
    }
  }

  return {
    async put(partnerId, input) {
      if (!partners.get(partnerId)) throw new RequestRefused(404, `there is no partner ${partnerId}`);
      const { country_code, party_id } = input;
      if (!parties.some((party) => party.country_code === country_code && party.party_id === party_id)) {
        throw new RequestRefused(
          422,
          `${country_code}*${party_id} is not a party of this platform`,
          '/party_id',
        );
      }
      await requireCdrs(partnerId, input.cdrs);
      const invoice: StoredInvoice = {
        partnerId,
        sender: 'us',
        record: { ...input, last_updated: new Date(clock.now()).toISOString() },
      };
      const dirty = mark(partnerId, input);
      const { created } = await store.invoices.put(invoice, dirty);
      lanes.wake(dirty);
      return { created, record: invoice.record };
    },
    async remove(key) {
      const dirty = mark(key.partnerId, key);
      const removed = await store.invoices.remove({ ...key, sender: 'us' }, dirty);
      if (removed) lanes.wake(dirty);
      return removed;
    },
  };
}
