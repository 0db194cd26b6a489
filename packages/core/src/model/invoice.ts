import type { InvoiceRecord } from '@roambridge/domain';

/** Who wrote the invoice: we bill the partner, or it bills itself in our name (OCPI IR-01). */
export type InvoiceSender = 'us' | 'partner';

export interface StoredInvoice {
  partnerId: string;
  sender: InvoiceSender;
  record: InvoiceRecord;
}

/** Ids are compared ignoring case. */
export type InvoiceKey = Pick<StoredInvoice, 'partnerId' | 'sender'> &
  Pick<InvoiceRecord, 'country_code' | 'party_id' | 'id'>;
