import type { Delivery, Store } from '@roambridge/core';
import { sql } from 'kysely';
import type { StoreContext } from './context.js';
import { DELIVERY_COLUMNS, type ReadDelivery, toDelivery } from './delivery-rows.js';
import { updateDeliveries } from './delivery-updates.js';
import { before, cursorPage, oneMore } from './paging.js';

/** Longest time that a claimed row is not given out again when its worker says nothing. */
const LEASE_MS = 600_000;

/** States of what a partner was not told. */
const UNTOLD = ['pending', 'parked'];

/** The dirty sets: what each partner still has to be told (C5). */
export function deliveryStore({
  tables,
  commit,
}: Pick<StoreContext, 'tables' | 'commit'>): Store['deliveries'] {
  return {
    async due(partnerId, now, limit) {
      // What was asked for so far is what this claim tells; marks that come later are counted anew.
      const { rows } = await sql<ReadDelivery>`
        with claimed as materialized (
          select seq from deliveries
          where partner_id = ${partnerId} and state = 'pending' and due_at <= ${now}
            and (leased_until is null or leased_until <= ${now})
          order by due_at, seq limit ${limit} for update skip locked)
        update deliveries set leased_until = ${now + LEASE_MS}, urgent_at = null, paced_at = null,
          min_interval_ms = null
        from claimed where deliveries.seq = claimed.seq
        returning deliveries.*`.execute(tables);
      return rows.sort((a, b) => a.due_at - b.due_at || a.seq - b.seq).map(toDelivery);
    },
    async nextDueAt(partnerId) {
      const { rows } = await sql<{ at: number | null }>`select least(
        (select due_at from deliveries where partner_id = ${partnerId} and state = 'pending'
          and leased_until is null order by due_at limit 1),
        (select min(leased_until) from deliveries where partner_id = ${partnerId} and state = 'pending'
          and leased_until is not null)) as at`.execute(tables);
      return rows[0]?.at ?? undefined;
    },
    async get(partnerId, kind, key) {
      const row = await tables
        .selectFrom('deliveries')
        .select(DELIVERY_COLUMNS)
        .where('partner_id', '=', partnerId)
        .where('kind', '=', kind)
        .where('key', '=', key)
        .executeTakeFirst();
      return row && toDelivery(row);
    },
    async find(id) {
      const row = await tables
        .selectFrom('deliveries')
        .select(DELIVERY_COLUMNS)
        .where('seq', '=', sequenceOf(id))
        .executeTakeFirst();
      return row && toDelivery(row);
    },
    async retry(id, at) {
      // Nobody knows what the partner has: with an attempt counted, it is told in full (OF-05).
      const { numUpdatedRows } = await tables
        .updateTable('deliveries')
        .set((eb) => ({
          state: 'pending',
          due_at: at,
          leased_until: null,
          attempts: eb.fn<number>('greatest', ['attempts', eb.val(1)]),
        }))
        .where('seq', '=', sequenceOf(id))
        .where('state', 'in', UNTOLD)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async hasten(partnerId, at) {
      await tables
        .updateTable('deliveries')
        .set({ due_at: at })
        .where('partner_id', '=', partnerId)
        .where('state', '=', 'pending')
        .where('attempts', '>', 0)
        .where('due_at', '>', at)
        .where('leased_until', 'is', null)
        .execute();
    },
    async resend(partnerId, kind, key, at) {
      await sql`insert into deliveries as d (partner_id, kind, key, state, version, due_at, urgent_at, attempts)
        values (${partnerId}, ${kind}, ${key}, 'pending', 1, ${at}, ${at}, 1)
        on conflict (partner_id, kind, key) do update set
          state = 'pending',
          version = d.version + 1,
          due_at = excluded.due_at,
          urgent_at = excluded.urgent_at,
          attempts = greatest(d.attempts, 1)`.execute(tables);
    },
    async discard(id) {
      const { numUpdatedRows } = await tables
        .updateTable('deliveries')
        .set({
          state: 'discarded',
          leased_until: null,
          urgent_at: null,
          paced_at: null,
          min_interval_ms: null,
        })
        .where('seq', '=', sequenceOf(id))
        .where('state', 'in', UNTOLD)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async backlog() {
      const rows = await tables
        .selectFrom('deliveries')
        .select((eb) => ['partner_id', 'kind', eb.fn.countAll<number>().as('count')])
        .where('state', '=', 'pending')
        .groupBy(['partner_id', 'kind'])
        .execute();
      return rows.map(({ partner_id, kind, count }) => ({
        partnerId: partner_id,
        kind: kind as Delivery['kind'],
        count,
      }));
    },
    async pendingAmong(partnerId, kind, keys) {
      if (keys.length === 0) return new Set();
      const rows = await tables
        .selectFrom('deliveries')
        .select('key')
        .where('partner_id', '=', partnerId)
        .where('kind', '=', kind)
        .where('key', 'in', [...keys])
        .where('state', '=', 'pending')
        .execute();
      return new Set(rows.map(({ key }) => key));
    },
    mark: (marks) => commit({ stationId: '', dirty: marks }),
    update: (updates) => updateDeliveries(tables, updates),
    async page(query) {
      let rows = tables
        .selectFrom('deliveries')
        .select(DELIVERY_COLUMNS)
        .where('seq', '<', before(query))
        .orderBy('seq', 'desc')
        .limit(oneMore(query));
      if (query.partnerId !== undefined) rows = rows.where('partner_id', '=', query.partnerId);
      if (query.states !== undefined) rows = rows.where('state', 'in', [...query.states]);
      if (query.kind !== undefined) rows = rows.where('kind', '=', query.kind);
      return cursorPage(
        await rows.execute(),
        query,
        (row): number => row.seq,
        (row): Delivery => toDelivery(row),
      );
    },
    async removePartner(partnerId) {
      await tables.deleteFrom('deliveries').where('partner_id', '=', partnerId).execute();
    },
  };
}

/** An id that is not one of ours is that of no row. */
function sequenceOf(id: string): number {
  return /^[1-9]\d{0,14}$/.test(id) ? Number(id) : 0;
}
