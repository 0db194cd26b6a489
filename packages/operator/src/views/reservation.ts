import type { Reservation } from '@roambridge/core';
import { z } from 'zod';
import { given, isoTime } from './times.js';

export const reservationView = z
  .object({
    id: z.string(),
    reservation_id: z.int().describe('What the charger calls it'),
    station_id: z.string(),
    evse_id: z.int().optional().describe('Absent: any EVSE of the station'),
    id_token: z.string(),
    id_token_type: z.string(),
    partner_id: z.string().optional().describe("Absent: the operator's own"),
    expires_at: z.string(),
    status: z.enum(['active', 'used', 'cancelled', 'expired', 'rejected']),
    made_at: z.string(),
    ended_at: z.string().optional(),
    transaction_id: z.string().optional(),
  })
  .meta({ id: 'Reservation' });

export function viewReservation(reservation: Reservation): z.output<typeof reservationView> {
  return {
    id: reservation.id,
    reservation_id: reservation.reservationId,
    station_id: reservation.stationId,
    ...given('evse_id', reservation.evseId),
    id_token: reservation.idToken.idToken,
    id_token_type: reservation.idToken.type,
    ...given('partner_id', reservation.partnerId),
    expires_at: isoTime(reservation.expiresAt),
    status: reservation.status,
    made_at: isoTime(reservation.madeAt),
    ...(reservation.endedAt === undefined ? {} : { ended_at: isoTime(reservation.endedAt) }),
    ...given('transaction_id', reservation.transactionId),
  };
}
