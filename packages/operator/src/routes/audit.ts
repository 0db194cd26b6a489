import type { AuditQuery, AuditRecord, OperatorEdge } from '@roambridge/core';
import { z } from 'zod';
import { csv } from '../routing/csv.js';
import { everyPage } from '../routing/every-page.js';
import { listQuery, listReply, pageOf } from '../routing/lists.js';
import { noBody, none, type Route, route } from '../routing/route.js';
import { dateTime } from '../schemas/text.js';
import { given, isoTime } from '../views/times.js';

const tag = 'audit';
const part = z.string().min(1).max(255).exactOptional();

const filters = z.object({
  actor: part.describe('Part of who did it'),
  object: part.describe('Part of the path of the object'),
  outcome: z.enum(['done', 'refused']).exactOptional(),
  from: dateTime.exactOptional(),
  to: dateTime.exactOptional().describe('Not included'),
});

const auditEntry = z
  .object({
    id: z.string(),
    at: z.string(),
    actor: z.string().describe('The token, or the console session and who its sign-in link was made for'),
    role: z.enum(['viewer', 'field', 'admin']),
    address: z.string().describe('From where'),
    action: z.string(),
    method: z.string(),
    object: z.string().describe('Path below /api/v1'),
    status: z.int().describe('HTTP status of the answer'),
    outcome: z.string().optional().describe('What the charger answered, or kind of the refusal'),
  })
  .meta({ id: 'AuditEntry' });

/** What was done by the operator API, by whom and from where. */
export function auditRoutes(edge: OperatorEdge): Route[] {
  return [
    route({
      method: 'get',
      path: '/audit',
      role: 'admin',
      tag,
      summary: 'Everything that was done by this API and the console, newest first; bodies are not kept',
      params: none,
      query: listQuery.extend(filters.shape),
      body: noBody,
      answers: { 200: pageOf(auditEntry) },
      problems: ['invalid-request'],
      handle: async ({ query: { limit, cursor, ...wanted } }) =>
        listReply(
          await edge.audit({ limit, ...(cursor === undefined ? {} : { cursor }), ...auditFilters(wanted) }),
          viewAudit,
        ),
    }),
    route({
      method: 'get',
      path: '/exports/audit.csv',
      role: 'admin',
      tag,
      summary: 'The audit log as CSV, newest first',
      params: none,
      query: filters,
      body: noBody,
      answers: { 200: z.string() },
      problems: ['invalid-request'],
      handle: async ({ query }) => {
        const wanted = auditFilters(query);
        const entries = await everyPage((page) => edge.audit({ ...page, ...wanted }));
        return { status: 200, text: { type: 'text/csv', content: csvOf(entries) } };
      },
    }),
  ];
}

function auditFilters({
  actor,
  object,
  outcome,
  from,
  to,
}: z.output<typeof filters>): Omit<AuditQuery, 'limit' | 'cursor'> {
  return {
    ...(actor === undefined ? {} : { actor }),
    ...(object === undefined ? {} : { path: object }),
    ...(outcome === undefined ? {} : { failed: outcome === 'refused' }),
    ...(from === undefined ? {} : { from: Date.parse(from) }),
    ...(to === undefined ? {} : { to: Date.parse(to) }),
  };
}

function viewAudit({
  at,
  path,
  outcome,
  ...record
}: AuditRecord & { id: string }): z.output<typeof auditEntry> {
  return { ...record, at: isoTime(at), object: path, ...given('outcome', outcome ?? undefined) };
}

function csvOf(entries: readonly AuditRecord[]): string {
  return csv(
    ['at', 'actor', 'role', 'address', 'action', 'method', 'object', 'status', 'outcome'],
    entries.map((entry) => [
      isoTime(entry.at),
      entry.actor,
      entry.role,
      entry.address,
      entry.action,
      entry.method,
      entry.path,
      entry.status,
      entry.outcome ?? undefined,
    ]),
  );
}
