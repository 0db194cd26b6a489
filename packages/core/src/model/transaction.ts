import type { EpochMs, IdToken, TransactionEvent } from '@roambridge/domain';

/** The charger's record of a transaction. */
export interface TransactionRecord {
  /** Our id (UUID). */
  id: string;
  stationId: string;
  /** The charger's id; for OCPP 1.6 the integer that we gave, as text. */
  ocppTransactionId: string;
  /** Identifies a repeated start where the protocol has no id of its own (D2-051). */
  naturalKey?: string;
  evseId?: number;
  connectorId?: number;
  idToken?: IdToken;
  startedAt: EpochMs;
  stoppedAt?: EpochMs;
  stopReason?: string;
  energyWh: number;
  open: boolean;
  sessionId?: string;
  /** STOP_ID_INFERRED, GAPS, SYNTHETIC_END, … */
  flags: string[];
}

/** One event of a transaction as it was accepted; the events of an open transaction rebuild it after a restart. */
export interface TransactionEventRecord {
  transactionId: string;
  stationId: string;
  /** Order of arrival within the transaction, from 0. */
  ordinal: number;
  event: TransactionEvent;
  /** Of the message that brought it: with its time it leads to the frame. */
  messageId?: string;
  /** Facts about the transaction that are not in the event: authorization, command, reservation. */
  context?: Record<string, unknown>;
}

/** What the meter of a transaction showed at one moment. */
export interface CurvePoint {
  at: EpochMs;
  powerW?: number;
  /** Since the start of the transaction; absent where the register told nothing or went back. */
  energyWh?: number;
}
