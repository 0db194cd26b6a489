import type { MeterSample } from '../metering/normalize.js';
import type { SignedReading } from '../metering/signed-reading.js';
import type { TariffChange } from '../pricing/changed-tariff.js';
import type { ReservationFact } from '../pricing/reservation.js';
import type { EpochMs } from '../roaming/common.js';
import type { AuthMethod } from '../roaming/session.js';
import type { SignedData } from '../roaming/signed-data.js';
import type { CdrToken } from '../roaming/token.js';
import type { IdToken, RegisterWh } from '../station/identity.js';
import type { ChargingState } from '../station/status.js';
import type { EnergyFlow } from './energy-flow.js';
import type { LostClock } from './repair-times.js';

/** On whose account a transaction runs, decided when a token was accepted. */
export interface Grant {
  /** Absent for the operator's own tokens: internal, no partner is told (D2-002). */
  partnerId?: string;
  cdrToken?: CdrToken;
  authMethod: AuthMethod;
  authorizationReference?: string;
  groupId?: string;
  /** The START_SESSION that led here. */
  commandId?: string;
}

/** What the check of the meter's legal containers found (D3-022, D3-024). */
export const LEGAL_FLAGS = [
  /** A signature does not fit the container. */
  'SIGNATURE_INVALID',
  /** A legal meter's container could not be checked: no key, or an unknown format. */
  'SIGNATURE_UNVERIFIED',
  /** The signed registers tell another energy than the unsigned ones. */
  'LEGAL_METER_MISMATCH',
  /** A legal meter sent no container. */
  'SIGNED_DATA_MISSING',
  /** A container is longer than a CDR can carry. */
  'SIGNED_DATA_TOO_LONG',
] as const;
export type LegalFlag = (typeof LEGAL_FLAGS)[number];

/** Something odd about a transaction that its CDR tells in `remark`. */
export type TransactionFlag =
  | 'GAPS'
  | 'IMPLAUSIBLE_ENERGY'
  | LegalFlag
  | 'SEQ_REUSED'
  | 'STOP_ID_INFERRED'
  | 'SYNTHETIC_END'
  | 'TIME_REPAIRED';

/** From `at` on the vehicle was in `state`, by a charger's report. */
export interface StateReport {
  at: EpochMs;
  state: ChargingState;
  seqNo?: number;
}

/** First and last of sequence numbers that follow one another. */
export type SeqRange = readonly [first: number, last: number];

/**
 * A transaction as its events tell it. Immutable: every event makes a new one. What is not known yet is there as
 * undefined, so that all of them have one shape and are quick to copy.
 */
export interface Transaction {
  /** Our id. */
  id: string;
  stationId: string;
  ocppTransactionId: string;
  naturalKey: string | undefined;
  evseId: number | undefined;
  connectorId: number | undefined;
  /** First token presented for charging; a later one of the group may stop (C-051, D2-009). */
  idToken: IdToken | undefined;
  idTokenAt: EpochMs | undefined;
  grant: Grant | undefined;
  /** The last decision about a presented token was a refusal. */
  refused: boolean;
  startedAt: EpochMs;
  /** The Started event was seen (it may come late, D2-071). */
  startSeen: boolean;
  /** When the token that pays was accepted. */
  authorizedAt: EpochMs | undefined;
  /** When the charger first told of the vehicle. */
  pluggedAt: EpochMs | undefined;
  flow: EnergyFlow;
  /** When the vehicle was first there: by the charger's word, or because energy flowed (D2-010). */
  connectedAt: EpochMs | undefined;
  /** Both conditions met: the session begins (D2-010). */
  activeAt: EpochMs | undefined;
  /** Time of the Ended event. */
  endedAt: EpochMs | undefined;
  stoppedReason: string | undefined;
  /** It stopped, and its session goes on until the vehicle is gone (D2-005). */
  awaitsUnplug: true | undefined;
  /** When it was stopped, where the session went on: the register stands from then on. */
  stoppedAt: EpochMs | undefined;
  meterStartWh: RegisterWh | undefined;
  meterStopWh: RegisterWh | undefined;
  /** Ascending in time; those of one moment in the order of arrival (D2-027). */
  samples: readonly MeterSample[];
  /** Every report of a state, ascending in time. */
  states: readonly StateReport[];
  remoteStartId: number | undefined;
  reservationId: number | undefined;
  /** The reservation that this transaction used, where its time has a price (OCPI TA-30). */
  reservation: Pick<ReservationFact, 'from'> | undefined;
  /** The driver chose another profile, which has another tariff (OCPI SE-36); ascending in time. */
  tariffChanges: readonly TariffChange[] | undefined;
  /** Sequence numbers seen, as ascending ranges without gaps between their ends. */
  seqRanges: readonly SeqRange[];
  startSeqNo: number | undefined;
  endSeqNo: number | undefined;
  /** Some event was taken offline by the charger. */
  offline: boolean;
  flags: readonly TransactionFlag[];
  /** The meter's legal containers; absent where the charger sends none. */
  signedReadings: readonly SignedReading[] | undefined;
  /** What of them goes into the CDR, found out when the transaction is over. */
  signedData: SignedData | undefined;
  /** Energy that is billed whatever the registers say: by the legal meter, or by the operator's correction. */
  billedWh: number | undefined;
  /** By how much its repaired times may be wrong at most (D3-012). */
  timeErrorMs: number | undefined;
  /** Its charger tells times without the date (D2-061). */
  clock: LostClock | undefined;
  /** Time of the newest event. */
  lastEventAt: EpochMs;
  /** When the newest event came in. */
  heardAt: EpochMs;
  /** Number of events folded so far; the next event's ordinal. */
  events: number;
}

/** State of the vehicle by the newest report. */
export function chargingState(transaction: Transaction): ChargingState | undefined {
  return transaction.states.at(-1)?.state;
}

/** C-052: an ended transaction is complete when every sequence number between its ends was seen. */
export function isComplete(transaction: Transaction): boolean {
  if (transaction.endedAt === undefined || !transaction.startSeen || transaction.awaitsUnplug) return false;
  const { startSeqNo, endSeqNo } = transaction;
  if (startSeqNo === undefined || endSeqNo === undefined) return true;
  // A charger that counts anew within a transaction shows no gaps.
  if (endSeqNo <= startSeqNo) return true;
  return transaction.seqRanges.some(([first, last]) => first <= startSeqNo && endSeqNo <= last);
}
