import type { ReservationReport } from '@roambridge/core';
import { always, type Route } from '../routing.js';
import { need, readInteger, readWord } from '../validation/read.js';

type ReservationUpdateStatus = 'Expired' | 'Removed' | 'NoTransaction';

const MEANING = {
  Expired: 'expired',
  Removed: 'cancelled',
  // OCPP 2.1: the driver came, but nothing was charged in its time (C-205).
  NoTransaction: 'expired',
} as const satisfies Record<ReservationUpdateStatus, ReservationReport['status']>;

const STATUSES = Object.keys(MEANING) as ReservationUpdateStatus[];

/** ReservationStatusUpdate (D5-045). */
export const reservationStatusUpdate: Route = {
  messageClass: 'plain',
  repeatable: true,
  answersEmpty: always,
  async answer(payload, call) {
    const reservationId = need(readInteger(payload, 'reservationId', call), payload, 'reservationId');
    const status = need(
      readWord(payload, 'reservationUpdateStatus', STATUSES, call),
      payload,
      'reservationUpdateStatus',
      'value',
    );
    await call.edge.reportReservation(call.stationId, { reservationId, status: MEANING[status] }, call.frame);
    return {};
  },
};
