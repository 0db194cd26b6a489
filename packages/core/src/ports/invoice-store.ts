import type { DirtyMark } from '../model/delivery.js';
import type { InvoiceKey, StoredInvoice } from '../model/invoice.js';
import type { CursorPage, CursorQuery, ListPage, ListQuery } from './store.js';

/** Records of invoices (OCPI IR-01); ids are compared ignoring case. */
export interface InvoiceStore {
  put(invoice: StoredInvoice, dirty: DirtyMark[]): Promise<{ created: boolean }>;
  get(key: InvoiceKey): Promise<StoredInvoice | undefined>;
  remove(key: InvoiceKey, dirty: DirtyMark[]): Promise<boolean>;
  list(query: ListQuery & Pick<StoredInvoice, 'partnerId' | 'sender'>): Promise<ListPage<StoredInvoice>>;
  page(query: CursorQuery & { partnerId: string }): Promise<CursorPage<StoredInvoice>>;
}
