import type { Reservation, Store } from '@roambridge/core';
import { sql } from 'kysely';
import { fromDocument } from '../encoding/document.js';
import type { StoreContext } from './context.js';
import { documentPage } from './document-page.js';

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
    page: (query) => documentPage<Reservation>(tables, 'reservations', query),
  };
}
