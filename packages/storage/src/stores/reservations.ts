import type { Reservation, Store } from '@roambridge/core';
import { sql } from 'kysely';
import { fromDocument } from '../encoding/document.js';
import type { StoreContext } from './context.js';
import { before, cursorPage, oneMore } from './paging.js';

/** Reservations at stations; written by group commits only. */
export function reservationStore({ tables }: Pick<StoreContext, 'tables'>): Store['reservations'] {
  return {
    async get(id) {
      const row = await tables
        .selectFrom('reservations')
        .select('document')
        .where('id', '=', id)
        .executeTakeFirst();
      return row && fromDocument<Reservation>(row.document);
    },
    async findByPartner(partnerId, partnerReservationId) {
      const row = await tables
        .selectFrom('reservations')
        .select('document')
        .where('partner_id', '=', partnerId)
        .where('partner_key', '=', partnerReservationId.toLowerCase())
        .orderBy(sql`status = 'active'`, 'desc')
        .orderBy('seq', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row && fromDocument<Reservation>(row.document);
    },
    async page(query) {
      let rows = tables
        .selectFrom('reservations')
        .select(['seq', 'document'])
        .where('seq', '<', before(query))
        .orderBy('seq', 'desc')
        .limit(oneMore(query));
      if (query.stationId !== undefined) rows = rows.where('station_id', '=', query.stationId);
      return cursorPage(
        await rows.execute(),
        query,
        (row) => row.seq,
        (row) => fromDocument<Reservation>(row.document),
      );
    },
  };
}
