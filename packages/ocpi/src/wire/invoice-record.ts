import type { InvoiceRecord } from '@roambridge/domain';
import { z } from 'zod';
import { instant, scalar } from './fields.js';
import { project, type ShapeOf, type WireObject } from './project.js';
import { ciString, dateTime, read } from './schema.js';

/** OCPI IR-01 */
const RECORD = z.object({
  country_code: ciString(2),
  party_id: ciString(3),
  id: ciString(36),
  invoice_id: ciString(255),
  cdrs: z.array(ciString(36)).min(1, 'must not be empty'),
  last_updated: dateTime,
});

const SHAPE = {
  country_code: scalar,
  party_id: scalar,
  id: scalar,
  invoice_id: scalar,
  cdrs: scalar,
  last_updated: instant,
} satisfies ShapeOf<InvoiceRecord>;

/** InvoiceReconciliationRecord of OCPI 2.3.0; no other version has one. */
export const invoiceRecord = {
  toWire: (record: InvoiceRecord): WireObject => project(record, SHAPE),
  fromWire: (body: unknown): InvoiceRecord => read(RECORD, body),
};
