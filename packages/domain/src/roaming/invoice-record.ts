import type { PartyId } from './common.js';

/** Which CDRs one invoice is about (OCPI IR-01, InvoiceReconciliationRecord). `cdrs` are ids, at least one. */
export interface InvoiceRecord extends PartyId {
  id: string;
  invoice_id: string;
  cdrs: string[];
  last_updated: string;
}
