import { isPriced, type Price, type Tariff } from '@roambridge/domain';
import type { CdrRecord } from '../model/session.js';
import type { Comparison, WhatIf } from '../model/what-if.js';
import type { CursorPage, CursorQuery } from '../ports/store.js';
import { currentCdr } from './plan-correction.js';
import { completedSessionOf, type RevisePorts } from './revise.js';

/**
 * Prices the sessions that ended in a span of time by another tariff, out of their records; newest first. Nothing is
 * stored. A page looks at `limit` CDRs and has the sessions of the span among them.
 */
export async function whatIf(
  ports: RevisePorts,
  { from, to, tariff, ...page }: CursorQuery & WhatIf,
): Promise<CursorPage<Comparison>> {
  const { items, nextCursor } = await ports.store.cdrs.page(page);
  const compared: Comparison[] = [];
  for (const record of items) {
    const endedAt = Date.parse(record.cdr.end_date_time);
    if (endedAt < from || endedAt >= to || !(await isBill(ports, record))) continue;
    compared.push(await compare(ports, record, tariff));
  }
  // A CDR is made when its session is over: those made before the span are of sessions that ended before it.
  const oldest = items.at(-1);
  const more = nextCursor !== undefined && oldest !== undefined && oldest.createdAt >= from;
  return { items: compared, ...(more ? { nextCursor } : {}) };
}

/** The CDR that counts for its session: no credit, and not taken back. */
async function isBill({ store }: RevisePorts, { cdr }: CdrRecord): Promise<boolean> {
  if (cdr.credit) return false;
  return currentCdr(await store.cdrs.ofSession(cdr.session_id))?.cdr.id === cdr.id;
}

async function compare(ports: RevisePorts, record: CdrRecord, tariff: Tariff): Promise<Comparison> {
  const { cdr, stationId } = record;
  const comparison: Comparison = {
    cdrId: cdr.id,
    sessionId: cdr.session_id,
    stationId,
    endedAt: Date.parse(cdr.end_date_time),
    energyKwh: cdr.total_energy,
    ...(isPriced(cdr) ? { billed: { currency: cdr.currency, price: cdr.total_cost } } : {}),
  };
  const completed = await completedSessionOf(ports, record, { tariff });
  const pricing = completed?.facts.pricing;
  if (!pricing) return { ...comparison, unpriceable: 'the record of its transaction is not kept any more' };
  if (pricing.kind === 'unpriceable') return { ...comparison, unpriceable: pricing.detail };
  const price: Price = pricing.total_cost;
  return { ...comparison, whatIf: { currency: tariff.currency, price } };
}
