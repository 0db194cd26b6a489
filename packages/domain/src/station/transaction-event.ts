import type { EpochMs } from '../roaming/common.js';
import type { IdToken, MeterValue, RegisterWh } from './identity.js';
import type { ChargingState } from './status.js';

/**
 * What a charger reports about one transaction, in the shape of the OCPP 2.x TransactionEvent.
 * StartTransaction, MeterValues and StopTransaction of OCPP 1.6 become Started, Updated and Ended.
 */
export interface TransactionEvent {
  eventType: 'Started' | 'Updated' | 'Ended';
  /** The charger's id; for OCPP 1.6 the integer that we gave, as text. */
  ocppTransactionId: string;
  /** Absent where the protocol has no sequence numbers. */
  seqNo?: number;
  /** When it happened, by the charger's clock after repair. */
  at: EpochMs;
  /** The charger's own time where it cannot be right (D2-063). */
  rawAt?: EpochMs;
  receivedAt: EpochMs;
  offline: boolean;
  triggerReason?: string;
  evseId?: number;
  connectorId?: number;
  idToken?: IdToken;
  chargingState?: ChargingState;
  stoppedReason?: string;
  remoteStartId?: number;
  reservationId?: number;
  /** Register at start or stop where the protocol carries it outside meter values (OCPP 1.6). */
  meterStartWh?: RegisterWh;
  meterStopWh?: RegisterWh;
  meterValues: MeterValue[];
}
