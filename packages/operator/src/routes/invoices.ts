import type { OperatorEdge } from '@roambridge/core';
import { z } from 'zod';
import { keyedOcpiBody } from '../routing/keyed-body.js';
import { listQuery, listReply, pageOf } from '../routing/lists.js';
import { Problem } from '../routing/problem.js';
import { noBody, none, type Route, route } from '../routing/route.js';
import { ciString, countryCode, partyId } from '../schemas/text.js';
import { OBJECT_KEY_MEMBERS } from './object-key.js';

const tag = 'partners';
const partner = { partner_id: z.string().min(1).max(64) };
const key = z.object({ ...partner, country_code: countryCode, party_id: partyId, id: ciString(36) });
const path = '/partners/{partner_id}/invoices/{country_code}/{party_id}/{id}';

const invoiceInput = z
  .object({
    country_code: countryCode,
    party_id: partyId,
    id: ciString(36),
    invoice_id: ciString(255).describe('Number of the invoice'),
    cdrs: z.array(ciString(39)).min(1).describe('Ids of the CDRs that it is about'),
  })
  .meta({ id: 'Invoice', description: 'OCPI InvoiceReconciliationRecord, 2.3.0' });

const recordView = z.looseObject({
  country_code: z.string(),
  party_id: z.string(),
  id: z.string(),
  invoice_id: z.string(),
  cdrs: z.array(z.string()),
  last_updated: z.string(),
});
const invoiceView = recordView
  .extend({ sender: z.enum(['us', 'partner']).describe('Who wrote the invoice') })
  .meta({ id: 'StoredInvoice' });

/** Which CDRs an invoice is about, told to partners of OCPI 2.3.0. */
export function invoiceRoutes(edge: OperatorEdge): Route[] {
  return [
    route({
      method: 'put',
      path,
      role: 'admin',
      tag,
      summary: 'Tell a partner which CDRs an invoice of ours is about',
      params: key,
      query: none,
      body: invoiceInput,
      prepare: keyedOcpiBody(OBJECT_KEY_MEMBERS),
      answers: { 200: invoiceView, 201: invoiceView },
      problems: ['invalid-request', 'not-found'],
      handle: async ({ params, body }) => {
        const { created, record } = await edge.putInvoice(params.partner_id, body);
        return { status: created ? 201 : 200, body: { ...record, sender: 'us' as const } };
      },
    }),
    route({
      method: 'get',
      path: '/partners/{partner_id}/invoices',
      role: 'viewer',
      tag,
      summary: 'Invoices of and to a partner, newest first',
      params: z.object(partner),
      query: listQuery,
      body: noBody,
      answers: { 200: pageOf(invoiceView) },
      problems: ['invalid-request'],
      handle: async ({ params, query }) =>
        listReply(await edge.invoices({ ...query, partnerId: params.partner_id }), ({ sender, record }) => ({
          ...record,
          sender,
        })),
    }),
    route({
      method: 'delete',
      path,
      role: 'admin',
      tag,
      summary: 'Take the record of an invoice of ours back: it was a mistake',
      params: key,
      query: none,
      body: noBody,
      answers: { 204: null },
      problems: ['not-found'],
      handle: async ({ params: { partner_id, ...rest } }) => {
        if (!(await edge.removeInvoice({ partnerId: partner_id, ...rest })))
          throw new Problem('not-found', 'There is no such invoice.');
        return { status: 204 };
      },
    }),
  ];
}
