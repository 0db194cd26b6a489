import type { EpochMs, IdToken } from '@roambridge/domain';
import type { DriverCommand } from './command.js';
import type { SessionRecord } from './session.js';

/** `rejected`: the charger refused it. The others end a reservation that was active. */
export type ReservationStatus = 'active' | 'used' | 'cancelled' | 'expired' | 'rejected';

/** A reservation at a station, made by a partner or by the operator. */
export interface Reservation {
  /** Our id. */
  id: string;
  /** What the charger calls it; unique among the active ones of a station (D5-040). */
  reservationId: number;
  stationId: string;
  /** Absent = any EVSE of the station; then no EVSE's status is changed by it (D1-051). */
  evseId?: number;
  /** Who may use it, as the charger was told. */
  idToken: IdToken;
  groupId?: string;
  /** Absent = the operator's own. */
  partnerId?: string;
  expiresAt: EpochMs;
  status: ReservationStatus;
  /** When the charger accepted or refused it. */
  madeAt: EpochMs;
  endedAt?: EpochMs;
  /** The transaction that used it. */
  transactionId?: string;
  /** What its partner knows of it; absent = the operator's own. */
  partner?: ReservationOfPartner;
}

/** A reservation as the partner that made it sees it. */
export interface ReservationOfPartner {
  /** The partner's own id of it; chargers never see it (CO-17). */
  reservationId: string;
  /** Its RESERVE_NOW: where an end that the partner did not ask for is told (CO-20). */
  command: Extract<DriverCommand, { kind: 'RESERVE_NOW' }>;
  /** Absent where the EVSE is at no location any more. */
  session?: SessionRecord;
}

/** What a charger says became of a reservation (OCPP 2.x ReservationStatusUpdate). */
export interface ReservationReport {
  reservationId: number;
  status: 'expired' | 'cancelled';
}
