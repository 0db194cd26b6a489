import type { Reservation } from '@roambridge/core';
import { toDocument } from '../encoding/document.js';
import { collect, defineWriter, lastOfEach } from './writer.js';

export const reservations = defineWriter<Reservation>({
  table: 'reservations',
  columns: {
    id: ['text', (reservation) => reservation.id],
    station_id: ['text', (reservation) => reservation.stationId],
    partner_id: ['text', (reservation) => reservation.partnerId ?? null],
    partner_key: ['text', (reservation) => reservation.partner?.reservationId.toLowerCase() ?? null],
    status: ['text', (reservation) => reservation.status],
    document: ['document', toDocument],
  },
  rows: (group) =>
    lastOfEach(
      collect(group, (writes) => writes.reservations),
      (reservation) => reservation.id,
    ),
  statement: (rows) => `insert into reservations (id, station_id, partner_id, partner_key, status, document)
    select * from ${rows}
    on conflict (id) do update set status = excluded.status, document = excluded.document`,
});
