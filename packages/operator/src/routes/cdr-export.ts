import type { OperatorEdge } from '@roambridge/core';
import { z } from 'zod';
import { type CsvCell, csv } from '../routing/csv.js';
import { everyPage } from '../routing/every-page.js';
import { noBody, none, type Route, route } from '../routing/route.js';
import { cdrFilters, cdrQuery } from '../schemas/charging-filters.js';
import { viewCdr } from '../views/cdr.js';

type ShownCdr = ReturnType<typeof viewCdr>;

/** Columns of the table, in their order. */
const COLUMNS = {
  id: ({ id }) => id,
  session_id: ({ session_id }) => session_id,
  partner: ({ partner_id }, names) => names.get(partner_id) ?? partner_id,
  station_id: ({ station_id }) => station_id,
  evse_uid: ({ cdr_location }) => cdr_location.evse_uid,
  start: ({ start_date_time }) => start_date_time,
  end: ({ end_date_time }) => end_date_time,
  contract_id: ({ cdr_token }) => cdr_token.contract_id,
  kwh: ({ total_energy }) => total_energy,
  hours: ({ total_time }) => total_time,
  currency: ({ currency }) => currency,
  excl_vat: ({ total_cost }) => total_cost?.excl_vat,
  incl_vat: ({ total_cost }) => total_cost?.incl_vat,
  credit_of: ({ credit_reference_id }) => credit_reference_id,
  state: ({ hold, delivery }) => (hold === undefined ? (delivery?.state ?? 'waiting') : `held: ${hold}`),
  acknowledged: ({ delivery }) => delivery?.acknowledged_at,
  reason: ({ reason }) => reason,
} as const satisfies Record<string, (cdr: ShownCdr, partnerNames: ReadonlyMap<string, string>) => CsvCell>;

/** The CDR list for a spreadsheet. */
export function cdrExportRoute(edge: OperatorEdge): Route {
  return route({
    method: 'get',
    path: '/exports/cdrs.csv',
    role: 'viewer',
    tag: 'cdrs',
    summary: 'CDRs as CSV, newest first',
    params: none,
    query: cdrFilters,
    body: noBody,
    answers: { 200: z.string() },
    problems: ['invalid-request'],
    handle: async ({ query }) => {
      const wanted = cdrQuery(query);
      const cdrs = await everyPage((page) => edge.cdrs({ ...page, ...wanted }));
      const names = new Map((await edge.partners()).map(({ id, name }) => [id, name]));
      const rows = cdrs.map((cdr) => Object.values(COLUMNS).map((column) => column(viewCdr(cdr), names)));
      return { status: 200, text: { type: 'text/csv', content: csv(Object.keys(COLUMNS), rows) } };
    },
  });
}
